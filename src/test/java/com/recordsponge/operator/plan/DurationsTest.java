package com.recordsponge.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"90s, 90", "5m, 300", "8760h, 31536000", "1h30m, 5400", "1h2m3s, 3723", "0s, 0", "'', 0"})
    void hoursMinutesAndSecondsAddUp(String text, long seconds) {
        assertThat(Durations.parse(text)).hasSeconds(seconds);
    }
}
