package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.ROUTE;
import static com.recordsponge.operator.certificate.TestCertificates.ALL;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.certificate.CertificateObjects;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A certificate that clients accept gives way only to one that they accept as well. */
class CertificateTrustTest {

    private static final Instant NOW = Instant.now().plus(Duration.ofDays(2));

    /** What the Secret of a certificate holds. */
    enum Content {
        TRUSTED("self-signed", "self-signed"),
        UNTRUSTED("private", null),
        EXPIRED("short-lived-issuer", "root", "short-intermediate");

        private final Map<String, byte[]> files;

        Content(String certificate, String authority, String... issuers) {
            files = new HashMap<>(ALL.secret(certificate, issuers));
            if (authority != null) {
                files.put("ca.crt", ALL.file(authority + ".crt"));
            }
        }
    }

    private static EnvironmentFixture site(String tls) {
        return environment().at(NOW).with("tls", tls);
    }

    /** A site that was served with one certificate, and requests another one, which is there. */
    private static EnvironmentFixture changed(
            EnvironmentFixture former, Content served, EnvironmentFixture wanted, Content content) {
        wanted.owns(served(former, served));
        wanted.owns(List.of(CertificateObjects.secret(wanted.plan(), content.files)));
        return wanted.owns(Middlewares.middlewares(wanted.plan()));
    }

    private static List<HasMetadata> served(EnvironmentFixture site, Content content) {
        var plan = site.plan();
        var objects = new ArrayList<HasMetadata>(Middlewares.middlewares(plan));
        Ingresses.ingresses(plan, plan.get(RoutePlan.class).wanted()).stream()
                .map(ControllerWrites::admitted)
                .forEach(objects::add);
        objects.add(CertificateObjects.secret(plan, content.files));
        return objects;
    }

    private static String secret(EnvironmentFixture site) {
        return site.plan().get(RoutePlan.class).next().orElseThrow().tlsSecret().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # former                  |           | requested                  |           | serves
            {issuerRef: {name: acme}} | TRUSTED   | {issuerRef: {name: other}} | UNTRUSTED | former
            {secretName: mine}        | TRUSTED   | {issuerRef: {name: other}} | UNTRUSTED | former
            {issuerRef: {name: acme}} | TRUSTED   | {issuerRef: {name: other}} | TRUSTED   | requested
            {issuerRef: {name: acme}} | TRUSTED   | {secretName: mine}         | UNTRUSTED | requested
            {issuerRef: {name: acme}} | UNTRUSTED | {issuerRef: {name: other}} | UNTRUSTED | requested
            {issuerRef: {name: acme}} | EXPIRED   | {issuerRef: {name: other}} | UNTRUSTED | requested
            {issuerRef: {name: acme}} | UNTRUSTED | {issuerRef: {name: acme}}  | UNTRUSTED | requested
            """)
    void aTrustedCertificateServesUntilTheRequestedOneIsTrusted(
            String formerTls, Content former, String requestedTls, Content requested, String serves) {
        var before = site(formerTls);
        var site = changed(before, former, site(requestedTls), requested);
        assertThat(secret(site))
                .isEqualTo(CertificateObjects.secretName((serves.equals("former") ? before : site).plan()));
    }

    @Test
    void aFreshSiteIsServedWithWhatTheIssuerIssues() {
        var site = site("{issuerRef: {name: other}}");
        site.owns(List.of(CertificateObjects.secret(site.plan(), Content.UNTRUSTED.files)));
        site.owns(Middlewares.middlewares(site.plan()));
        assertThat(secret(site)).isEqualTo(CertificateObjects.secretName(site.plan()));
    }

    private static EnvironmentFixture withAnotherIssuer(EnvironmentFixture wanted) {
        return changed(site("{issuerRef: {name: acme}}"), Content.TRUSTED, wanted, Content.UNTRUSTED);
    }

    @Test
    void theRouteReportsTheIssuer() {
        var site = withAnotherIssuer(site("{issuerRef: {name: other}}"));
        assertThat(site.finding(ROUTE, site.owned().all(HasMetadata.class).toArray(HasMetadata[]::new)))
                .isEqualTo(Finding.failing(
                        ROUTE,
                        Reason.UNTRUSTED_CERTIFICATE,
                        "Clients do not accept the certificate of ClusterIssuer other: neither ca.crt of Secret %s nor the operator's CA bundle nor the system trusts it; use an issuer that clients trust, or add its authority to the chart's ingressController.caConfigMap. Until then, recordsponge.test is served as before."
                                .formatted(CertificateObjects.secretName(site.plan()))));
    }

    @Test
    void whatElseChangesTakesEffect() {
        var site = withAnotherIssuer(site("{issuerRef: {name: other}}")
                .with("aliases", "[www.recordsponge.test]")
                .with("ingress.hsts", "{}"));
        var route = site.plan().get(RoutePlan.class);
        assertThat(route.next().orElseThrow().aliases())
                .as("names without a certificate")
                .isEmpty();
        assertThat(route.middlewares(route.next().get()).hsts()).isPresent();
    }
}
