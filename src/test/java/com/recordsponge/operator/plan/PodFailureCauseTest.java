package com.recordsponge.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.PodFailureCause.Source;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
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
    @EnumSource(PodFailureCause.class)
    void itsRemedyTellsItFromTheOthersOfItsSource(PodFailureCause cause) {
        var condition = new ConditionBuilder()
                .withReason(cause.source().reason().toString())
                .withMessage("Pod staging-1: \"words\". %s More.".formatted(cause.remedy()))
                .build();
        assertThat(PodFailureCause.told(condition)).contains(cause);
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void everySourceHasARowForWhatNobodyKnowsYet(Source source) {
        assertThat(PodFailureCause.of(source, "never seen before").isGeneral()).isTrue();
    }
}
