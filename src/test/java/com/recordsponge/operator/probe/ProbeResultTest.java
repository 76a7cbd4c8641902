package com.recordsponge.operator.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a restarted operator reads from the condition that it wrote. */
class ProbeResultTest {

    private static final SiteRequest REQUEST =
            new SiteRequest("recordsponge.test", Optional.empty(), Optional.of("id"), false, "form", "content");

    private static Condition condition(Reason reason, String message) {
        return new ConditionBuilder()
                .withReason(reason.toString())
                .withMessage(message)
                .build();
    }

    @Test
    void anAnswerIsReadBack() {
        var answer = ProbeResult.answered(REQUEST, " With a remark.");
        assertThat(ProbeResult.reported(condition(answer.reason(), answer.message()), REQUEST))
                .contains(answer);
    }

    @Test
    void aFailureIsReadBack() {
        var failure = ProbeResult.failed(Reason.WRONG_SITE, "Another environment answers.");
        assertThat(ProbeResult.reported(condition(failure.reason(), failure.message()), REQUEST))
                .contains(failure);
    }

    @Test
    void aRouteThatWasNotAskedHasNoAnswer() {
        assertThat(ProbeResult.reported(
                        condition(Reason.ROUTED, "IngressClass traefik serves recordsponge.test."), REQUEST))
                .isEmpty();
        assertThat(ProbeResult.reported(
                        condition(Reason.PENDING, "The site answers at http://recordsponge.test."), REQUEST))
                .isEmpty();
    }

    @Test
    void theAnswerAtAnotherUrlDoesNotCount() {
        assertThat(ProbeResult.reported(
                        condition(Reason.ROUTED, "The site answers at https://recordsponge.test."), REQUEST))
                .isEmpty();
    }
}
