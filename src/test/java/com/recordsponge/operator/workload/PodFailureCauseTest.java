package com.recordsponge.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.workload.PodFailureCause.Source;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each failure of the list is told from its words, and has a remedy. */
class PodFailureCauseTest {

    @ParameterizedTest
    @EnumSource(PodFailureCause.class)
    void itsExampleIsRecognized(PodFailureCause cause) {
        assertThat(PodFailureCause.of(cause.source(), cause.example())).isEqualTo(cause);
    }

    @ParameterizedTest
    @EnumSource(PodFailureCause.class)
    void itsRemedyIsASentence(PodFailureCause cause) {
        assertThat(cause.remedy()).matches("[A-Z].*\\.");
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void everySourceHasARowForWhatNobodyKnowsYet(Source source) {
        assertThat(PodFailureCause.of(source, "never seen before").isGeneral()).isTrue();
    }
}
