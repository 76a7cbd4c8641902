package com.recordsponge.operator.support;

import static com.recordsponge.operator.support.ApiTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestTraefikApiTest {

    private static final TestApiServer SERVER = TestApiServer.get();

    @Test
    void traefikServesAStubByItsIngressAlsoAfterARestart() throws Exception {
        SERVER.installTraefik();
        var namespace = SERVER.namespace("test-traefik");
        SERVER.apply("""
            apiVersion: v1
            kind: Service
            metadata: {name: site, namespace: test-traefik}
            spec: {selector: {app: none}, ports: [{name: http, port: 80, targetPort: http}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: site, namespace: test-traefik}
            spec:
              ingressClassName: traefik
              rules:
                - host: site.test
                  http:
                    paths:
                      - {path: /, pathType: Prefix, backend: {service: {name: site, port: {number: 80}}}}
            """);
        try (var pods = StubPods.answering(SERVER.client(), namespace, "site", "hello");
                var traefik = new TestTraefik(SERVER, namespace)) {
            eventually(() ->
                    assertThat(traefik.visitor().http("site.test", "/").body()).isEqualTo("hello"));
            assertThat(traefik.visitor().https("site.test", "/").certificateNames())
                    .first()
                    .asString()
                    .endsWith("traefik.default");
            traefik.restart();
            eventually(() -> assertThat(traefik.visitor().http("site.test", "/").status())
                    .isEqualTo(200));
        }
    }
}
