package com.recordsponge.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RememberedAnswersTest {

    private final MutableClock clock = new MutableClock(Instant.EPOCH);
    private final List<String> asked = new ArrayList<>();
    private final RememberedAnswers<String, String> answers =
            new RememberedAnswers<>(clock, Duration.ofSeconds(10), Duration.ofSeconds(5));

    private void ask(String question, String version, boolean exists) {
        answers.get(question, version, () -> {
            asked.add(question + version);
            return exists ? Optional.of("answer") : Optional.empty();
        });
    }

    @Test
    void anAnswerIsUsedForItsTime() {
        ask("found", "1", true);
        ask("missing", "1", false);
        clock.pass(Duration.ofSeconds(6));
        ask("found", "1", true);
        ask("missing", "1", false);
        assertThat(asked).containsExactly("found1", "missing1", "missing1");
    }

    /** Otherwise an issuance that has just failed would be reported as one that has not. */
    @Test
    void anAnswerAboutAnotherVersionIsNotUsed() {
        ask("certificate", "1", true);
        ask("certificate", "2", true);
        ask("certificate", "2", true);
        assertThat(asked).containsExactly("certificate1", "certificate2");
    }
}
