package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerServiceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kube-system/traefik | traefik.kube-system.svc | 80 | 443",
                "ingress/proxy:8080,8443 | proxy.ingress.svc | 8080 | 8443",
                "127.0.0.1:9443 | 127.0.0.1 | 9443 | 9443",
                "proxy.example.org | proxy.example.org | 80 | 443",
            })
    void aServiceOrAHostHasTwoPorts(String text, String host, int http, int https) {
        assertThat(ControllerService.parse(text)).hasValueSatisfying(service -> {
            assertThat(service.host()).isEqualTo(host);
            assertThat(service.port(false)).isEqualTo(http);
            assertThat(service.port(true)).isEqualTo(https);
        });
    }

    @Test
    void messagesNameTheService() {
        assertThat(ControllerService.parse("kube-system/traefik").orElseThrow().description())
                .isEqualTo("Service traefik in namespace kube-system");
    }

    @Test
    void noneMeansNotToAsk() {
        assertThat(ControllerService.parse("none")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/traefik", "a/b/c", "kube-system/traefik:", "http://traefik", "Traefik", "a:b"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ControllerService.parse(text))
                .withMessageContaining("'" + text + "' names no ingress controller: write namespace/name");
    }
}
