package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.host.HostConflicts;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Check;
import com.recordsponge.operator.plan.Feature;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.runtime.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The certificate of a site: issued by cert-manager, or provided by its owner. */
@Singleton
public class CertificateFeature implements Feature<CertificatePlan> {

    private final IssuedCertificate issued;
    private final Duration capabilityRecheck;

    public CertificateFeature(IssuerLookup issuers, IssuanceLookup issuances, Settings settings) {
        this.issued = new IssuedCertificate(issuers, issuances);
        this.capabilityRecheck = settings.capabilityRecheck();
    }

    @Override
    public Component component() {
        return CERTIFICATE;
    }

    @Override
    public Set<Reference> references(RecordSpongeEnvironment environment) {
        var tls = environment.getSpec().tls();
        if (tls == null) {
            return Set.of();
        }
        return Set.of(Reference.secret(
                environment,
                tls.secretName() == null
                        ? CertificatePlan.issuedSecret(environment.getMetadata().getName())
                        : tls.secretName()));
    }

    @Override
    public Optional<CertificatePlan> plan(PlanInput input) {
        return CertificatePlan.of(input);
    }

    @Override
    public List<Check<CertificatePlan>> checks() {
        return List.of(CertificateFeature::certManager, CertificateFeature::host, CertificateFeature::secret);
    }

    private static Stream<Blocker> certManager(CertificatePlan plan, PlanInput input) {
        return plan.issuer().isEmpty() || input.capabilities().certManager()
                ? Stream.empty()
                : Stream.of(
                        new Blocker(
                                CERTIFICATE,
                                Reason.CERT_MANAGER_NOT_INSTALLED,
                                "tls.issuerRef requires cert-manager, which this cluster does not have; install it, or provide a certificate in tls.secretName."));
    }

    private static Stream<Blocker> host(CertificatePlan plan, PlanInput input) {
        return plan.issuer().isEmpty()
                ? Stream.empty()
                : HostConflicts.blocker(CERTIFICATE, input).filter(blocker -> !blocker.partial()).stream();
    }

    /** cert-manager overwrites the Secret that a Certificate names, whoever created it. */
    private static Stream<Blocker> secret(CertificatePlan plan, PlanInput input) {
        var secret = input.secret(plan.secretName());
        var owner = input.certificateOf(secret);
        if (plan.issuer().isEmpty()
                || !input.exists(secret)
                || owner.filter(input.name()::equals).isPresent()) {
            return Stream.empty();
        }
        var message = owner.isPresent()
                ? "%s belongs to Certificate %s, and cert-manager would overwrite it; delete both, or rename the environment."
                        .formatted(secret, ForeignText.shorten(owner.get()))
                : "%1$s exists and cert-manager did not create it for this environment, but would overwrite it. To use it, set tls.secretName to %2$s; otherwise delete or rename it."
                        .formatted(secret, plan.secretName());
        return Stream.of(new Blocker(CERTIFICATE, Reason.CONFLICTING_OBJECT, message));
    }

    @Override
    public Finding finding(CertificatePlan plan, ReconciliationState state) {
        return plan.issuer().isPresent() ? issued.finding(plan, state) : ProvidedCertificate.finding(plan, state.now());
    }

    @Override
    public void status(CertificatePlan plan, ReconciliationState state, EnvironmentStatus.Builder status) {
        status(plan, state).ifPresent(status::certificate);
    }

    /** No event reports that a certificate becomes valid or expires, nor why an issuance takes long. */
    @Override
    public Optional<Duration> recheck(CertificatePlan plan, ReconciliationState state) {
        if (state.plan().waitsFor(Reason.CERT_MANAGER_NOT_INSTALLED)) {
            return Optional.of(capabilityRecheck);
        }
        var change = nextChange(plan, state)
                .map(time -> Duration.between(state.now(), time).plusSeconds(1))
                .filter(Duration::isPositive);
        var issuance = plan.issuer().flatMap(_ -> IssuedCertificate.recheck(state));
        return Stream.concat(change.stream(), issuance.stream()).min(Duration::compareTo);
    }

    private static Optional<Instant> nextChange(CertificatePlan plan, ReconciliationState state) {
        return plan.issuer().isPresent()
                ? IssuedCertificate.status(state).map(certificate -> Instant.parse(certificate.notAfter()))
                : ProvidedCertificate.nextChange(plan, state.now());
    }

    private static Optional<EnvironmentStatus.Certificate> status(CertificatePlan plan, ReconciliationState state) {
        return plan.issuer().isPresent() ? IssuedCertificate.status(state) : ProvidedCertificate.status(plan);
    }
}
