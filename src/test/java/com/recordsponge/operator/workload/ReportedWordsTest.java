package com.recordsponge.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Another server's words in a condition: informative, the same each time, and without credentials. */
class ReportedWordsTest {

    @Test
    void whatOnlyRepeatsTheImageIsLeftOut() {
        assertThat(
                        ReportedWords.of(
                                "Back-off pulling image \"a:b\": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image \"docker.io/library/a:b\": failed to resolve reference \"docker.io/library/a:b\": docker.io/library/a:b: not found"))
                .isEqualTo("docker.io/library/a:b: not found");
    }

    @Test
    void onlyWaitingHasNoWords() {
        assertThat(ReportedWords.of("Back-off pulling image \"a:b\"")).isEmpty();
        assertThat(ReportedWords.of(null)).isEmpty();
    }

    @Test
    void thePortOfAConnectionChangesEachTime() {
        assertThat(ReportedWords.of("read tcp 10.42.0.5:43120->192.0.2.1:443: i/o timeout"))
                .isEqualTo("read tcp 192.0.2.1:443: i/o timeout");
    }

    @Test
    void credentialsAreLeftOut() {
        assertThat(
                        ReportedWords.of(
                                "Get \"https://user:pa55word@registry.example.org/v2/?X-Amz-Signature=abc&token=def\": Bearer eyJhbGciOiJ"))
                .isEqualTo("Get 'https://registry.example.org/v2/': Bearer ...");
    }

    @Test
    void controlCharactersAndLengthAreBounded() {
        assertThat(ReportedWords.of("a\n\u001b[31mb")).isEqualTo("a [31mb");
        assertThat(ReportedWords.of("x".repeat(1000))).hasSize(ReportedWords.LONGEST + 3);
    }

    /** What was done begins a message of the kubelet, and what went wrong ends it. */
    @Test
    void aLongMessageIsCutInTheMiddle() {
        assertThat(ReportedWords.of("failed to write " + "x".repeat(1000) + ": input/output error"))
                .startsWith("failed to write xxx")
                .contains("xxx...xxx")
                .endsWith("xxx: input/output error");
        assertThat(ReportedWords.of("\uD83D\uDE00".repeat(1000))).matches("(\uD83D\uDE00)+\\.\\.\\.(\uD83D\uDE00)+");
    }
}
