package com.recordsponge.operator.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures the change matrix forgives if they do not come again. */
class ChangeMatrixTest {

    private static final String BEGIN = "[ingress.hsts: absent] ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.test/api/hello: java.net.SocketTimeoutException: Read timed out (2 times until 1), from 0",
                "https://a.test/access/ with password: javax.net.ssl.SSLHandshakeException: Remote host terminated",
                "https://a.test/: java.io.EOFException",
                "https://a.test/api/db: 502 Bad Gateway",
                "no Ready after PT2M; Ready [site waits]",
                "never answered: https://a.test/"
            })
    void aMissingAnswerMayBeThatOfABusyMachine(String failure) {
        assertThat(ChangeMatrix.isOfABusyMachine(BEGIN + failure)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.test/api/hello: 404 404 page not found",
                "https://a.test/api/hello: 503 no available server",
                "https://a.test/api/db: 500 database gone",
                "https://a.test/access/: open without a password: 200 hello",
                "https://a.test/: certificate of TRAEFIK DEFAULT CERT",
                "accepted"
            })
    void aWrongAnswerIsAFault(String failure) {
        assertThat(ChangeMatrix.isOfABusyMachine(BEGIN + failure)).isFalse();
    }
}
