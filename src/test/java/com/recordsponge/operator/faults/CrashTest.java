package com.recordsponge.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator, killed before and after each of its writes in the life of an environment, and started again. */
@Tag("faults")
class CrashTest {

    @Test
    void anOperatorThatIsKilledAtAnyWriteGoesOnToTheSameEnd() throws IOException {
        var plane = ControlPlane.get();
        assertThat(plane.undisturbed().writes().get(Phase.DELETE)).isEmpty();
        var crashes = new Crashes(plane);
        try (var keys = new KeyWatch(plane.client())) {
            crashes.run();
            System.out.println(crashes);
            crashes.unreached().forEach(point -> System.out.println("Not reached: " + point));

            assertThat(crashes.failures())
                    .as("ends unlike those of undisturbed lives")
                    .isEmpty();
            assertThat(crashes.unreached()).allMatch(CrashPoint::isOfAReport);
            assertThat(keys.keys()).isNotEmpty().allSatisfy((life, ofLife) -> assertThat(ofLife)
                    .as("generated keys of %s", life)
                    .hasSize(1));
        }
    }
}
