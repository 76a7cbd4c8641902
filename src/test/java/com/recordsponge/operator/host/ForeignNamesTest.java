package com.recordsponge.operator.host;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.certificate.TestCertificates.ALL;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.certificate.CertificateObjects;
import com.recordsponge.operator.plan.Finding.Kind;
import com.recordsponge.operator.plan.HostRules;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A provided certificate is also for a name that another environment claims. */
class ForeignNamesTest {

    private static final String NAME = "www.recordsponge.test";
    private static final Instant NOW = Instant.now().plus(Duration.ofHours(1));
    private static final HostRelease RELEASE = new HostRelease("prod/site", Optional.of(NOW.minusSeconds(60)));

    /** How another environment can claim a name, and whether it has it by that. */
    enum Claim {
        REQUESTS(claim(Set.of(NAME), Set.of(), Map.of()), true),
        WAITS(claim(Set.of(NAME), Set.of(), Map.of(NAME, RELEASE)), false),
        IS_NOT_ALLOWED(claim(Set.of(NAME), Set.of(), Map.of()), "prod=" + NAME, false),
        SERVES(claim(Set.of(NAME), Set.of(NAME), Map.of()), true),
        SERVES_WITHOUT_REQUEST(claim(Set.of(), Set.of(NAME), Map.of()), true),
        SERVES_WHAT_IS_NO_LONGER_ALLOWED(claim(Set.of(NAME), Set.of(NAME), Map.of()), "prod=" + NAME, true);

        private final HostClaim claim;
        private final HostRules rules;
        private final boolean has;

        Claim(HostClaim claim, boolean has) {
            this(claim, HostRules.NONE, has);
        }

        Claim(HostClaim claim, String rules, boolean has) {
            this(claim, HostRules.parse(rules), has);
        }

        Claim(HostClaim claim, HostRules rules, boolean has) {
            this.claim = claim;
            this.rules = rules;
            this.has = has;
        }

        private static HostClaim claim(Set<String> requested, Set<String> served, Map<String, HostRelease> waiting) {
            return new HostClaim("dev/site", "2026-01-01T00:00:00Z", requested, served, waiting);
        }

        EnvironmentFixture site() {
            var site = environment().with("tls", "{secretName: provided}").at(NOW);
            new HostRulebook(rules, Duration.ofMinutes(10))
                    .holder(NAME, List.of(claim), Map.of(), NOW)
                    .ifPresent(holder -> site.elsewhere(NAME, holder.environment()));
            return site;
        }
    }

    private static boolean copies(EnvironmentFixture site) {
        return !CertificateObjects.of(site.plan()).isEmpty();
    }

    /** Lets the ingress controller serve a copy of a certificate. */
    private static Secret serve(EnvironmentFixture site, Map<String, byte[]> files) {
        var copy = CertificateObjects.secret(site.plan(), files);
        copy.getMetadata().setAnnotations(Map.of(PodData.SOURCE, "Secret/provided"));
        site.finds(List.of(
                copy,
                new IngressBuilder()
                        .withMetadata(site.plan().metadata("route"))
                        .withNewSpec()
                        .addNewTl()
                        .withHosts("recordsponge.test")
                        .withSecretName(copy.getMetadata().getName())
                        .endTl()
                        .endSpec()
                        .build()));
        return copy;
    }

    @ParameterizedTest
    @EnumSource
    void aRenewalIsCopiedWhoeverClaimsAName(Claim claim) {
        var site = claim.site();
        var copy = serve(site, ALL.secret("self-signed"));
        site.files("provided", ALL.secret("public", "intermediate"));
        assertThat(copies(site)).isTrue();
        var finding = site.finding(CERTIFICATE, copy);
        assertThat(finding.kind()).isEqualTo(claim.has ? Kind.WARNING : Kind.READY);
        assertThat(finding.reason()).isEqualTo(claim.has ? Reason.HOST_CONFLICT : Reason.PROVIDED);
    }

    @ParameterizedTest
    @EnumSource
    void aNewCertificateIsRefusedOnlyForANameThatAnotherHas(Claim claim) {
        var site = claim.site().files("provided", ALL.secret("self-signed"));
        assertThat(copies(site)).isEqualTo(!claim.has);
        assertThat(site.finding(CERTIFICATE).reason()).isEqualTo(claim.has ? Reason.HOST_CONFLICT : Reason.PROVIDED);
    }

    @ParameterizedTest
    @EnumSource
    void aRenewalForOneMoreNameThatAnotherHasIsRefused(Claim claim) {
        var site = claim.site();
        serve(site, ALL.secret("self-signed"));
        site.files("provided", ALL.secret("public", "intermediate")).elsewhere("public", "shop/prod");
        assertThat(copies(site)).isFalse();
    }

    /** The names of a certificate that no Ingress names are not served yet. */
    @ParameterizedTest
    @EnumSource
    void onlyWhatServesExcusesARenewal(Claim claim) {
        var site = claim.site();
        site.finds(List.of(CertificateObjects.secret(site.plan(), ALL.secret("self-signed"))))
                .files("provided", ALL.secret("public", "intermediate"));
        assertThat(copies(site)).isEqualTo(!claim.has);
    }

    @ParameterizedTest
    @EnumSource
    void aRenewalMustBeGoodOtherwise(Claim claim) {
        var site = claim.site();
        serve(site, ALL.secret("self-signed"));
        site.files("provided", ALL.secret("public"));
        assertThat(copies(site)).as("without the certificate of its issuer").isFalse();
        assertThat(site.finding(CERTIFICATE).reason()).isEqualTo(Reason.CHAIN_INCOMPLETE);
    }

    @ParameterizedTest
    @EnumSource
    void aCopyForFormerNamesIsRenewedInTheSameWay(Claim claim) {
        var site = claim.site();
        var former = serve(site, ALL.secret("self-signed"));
        site.with("aliases", "[new.test]").files("provided", ALL.secret("public", "intermediate"));
        assertThat(CertificateObjects.of(site.plan()))
                .singleElement()
                .extracting(copy -> copy.getMetadata().getName())
                .isEqualTo(former.getMetadata().getName());
    }
}
