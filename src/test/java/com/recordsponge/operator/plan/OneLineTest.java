package com.recordsponge.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void whatIsNotPrintableBecomesOneSpace() {
        assertThat(OneLine.of(" a\r\n\tb\u0000\u202ec\u2028\u00a0d ")).isEqualTo("a b c d");
    }

    @Test
    void onlyALongerLineIsCut() {
        assertThat(OneLine.cut("12345", 5, "…")).isEqualTo("12345");
        assertThat(OneLine.cut("123456", 5, "…")).isEqualTo("1234…");
        assertThat(OneLine.cut("123456", 5, "...")).isEqualTo("12...");
    }

    @Test
    void aCutSplitsNoCharacter() {
        assertThat(OneLine.cut("123😀56", 5, "…")).isEqualTo("123…");
    }
}
