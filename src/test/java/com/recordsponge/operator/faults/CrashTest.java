package com.recordsponge.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kills the operator before and after each of its writes in an environment's lifetime, and restarts it. */
@Tag("faults")
class CrashTest {

    @Test
    void operatorRecoversFromACrashAtAnyWrite() throws IOException {
        var plane = ControlPlane.get();
        assertThat(plane.baseline().writes().get(Phase.DELETE)).isEmpty();
        var run = new CrashRun(plane);
        try (var keys = new SessionKeyRecorder(plane.client())) {
            run.execute();
            System.out.println(run);
            run.unreached().forEach(point -> System.out.println("Not reached: " + point));

            assertThat(run.failures())
                    .as("end states that differ from the baseline")
                    .isEmpty();
            assertThat(run.unreached()).allMatch(CrashPoint::isStatusOrEvent);
            assertThat(keys.keys()).isNotEmpty().allSatisfy((namespace, generated) -> assertThat(generated)
                    .as("generated keys in %s", namespace)
                    .hasSize(1));
        }
    }
}
