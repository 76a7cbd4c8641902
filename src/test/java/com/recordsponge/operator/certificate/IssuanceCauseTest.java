package com.recordsponge.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.certificate.IssuanceCause.Source;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of causes, each with a text that cert-manager 1.11.5 writes. */
class IssuanceCauseTest {

    @ParameterizedTest
    @EnumSource(IssuanceCause.class)
    void aRowExplainsItsExample(IssuanceCause row) {
        assertThat(IssuanceCause.of(row.source(), row.example())).isEqualTo(row);
        assertThat(row.sentence(row.example()))
                .startsWith(row.cause().replace("`", "") + "; ")
                .contains(". cert-manager: ")
                .doesNotContain("`");
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void everyTextIsExplained(Source source) {
        assertThat(IssuanceCause.of(source, "a text that nobody has seen"))
                .isEqualTo(Arrays.stream(IssuanceCause.values())
                        .filter(row -> row.source() == source)
                        .reduce((_, last) -> last)
                        .orElseThrow());
    }

    @Test
    void withoutATextThereIsNoQuotation() {
        assertThat(IssuanceCause.OTHER_OF_ORDER.sentence(" ")).doesNotContain("cert-manager:");
    }

    /** Let's Encrypt's words of other failures. */
    @Test
    void wordsOfTheAuthorityAreUnderstood() {
        assertThat(challenge(
                        "400 urn:ietf:params:acme:error:connection: Timeout during connect (likely firewall problem)"))
                .isEqualTo(IssuanceCause.PORT_80_CLOSED);
        assertThat(challenge("403 urn:ietf:params:acme:error:unauthorized: Invalid response from http://a: 404"))
                .isEqualTo(IssuanceCause.OTHER_SERVER);
        assertThat(
                        challenge(
                                "Waiting for HTTP-01 challenge propagation: failed to perform self check GET request: dial tcp: lookup a on 10.43.0.10:53: no such host"))
                .isEqualTo(IssuanceCause.NAME_NOT_RESOLVED);
        assertThat(challenge(
                        "DNS problem: SERVFAIL looking up CAA for a - the domain's nameservers may be malfunctioning"))
                .isEqualTo(IssuanceCause.NAME_NOT_RESOLVED);
    }

    private static IssuanceCause challenge(String text) {
        return IssuanceCause.of(Source.CHALLENGE, text);
    }

    @Test
    void whatAnotherServerSentIsCutAndFiltered() {
        assertThat(ForeignText.shorten("a\r\n\tb\u0000\u202ec  d" + "x".repeat(400)))
                .startsWith("a b c dx")
                .hasSize(301)
                .endsWith("…");
        assertThat(
                        ForeignText.shorten(
                                "did not get expected response when querying endpoint, expected \"token.key\" but got: <html>login"))
                .isEqualTo("did not get expected response when querying endpoint");
        assertThat(ForeignText.shorten("The key did not match this challenge \"token.key\" != \"<html>login\""))
                .isEqualTo("The key did not match this challenge");
        assertThat(ForeignText.shorten("Invalid response from http://a.test/x: \"<html>login\""))
                .isEqualTo("Invalid response from http://a.test/x");
        assertThat(ForeignText.shorten("Invalid response from http://a.test/x: 404"))
                .isEqualTo("Invalid response from http://a.test/x: 404");
    }

    /** cert-manager tries every 10 s, from another port; the status must not change each time. */
    @Test
    void theSameFailureIsTheSameText() {
        var text = "lookup a on 10.43.0.10:53: read udp %s->10.43.0.10:53: i/o timeout";
        assertThat(ForeignText.shorten(text.formatted("10.42.0.9:53211")))
                .isEqualTo(ForeignText.shorten(text.formatted("10.42.0.9:41007")))
                .isEqualTo(ForeignText.shorten(text.formatted("[fd00::9]:41007")))
                .isEqualTo("lookup a on 10.43.0.10:53: read udp 10.43.0.10:53: i/o timeout");
    }
}
