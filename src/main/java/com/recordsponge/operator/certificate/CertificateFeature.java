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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The certificate of a site: issued by cert-manager, or provided by its owner. */
@Singleton
public class CertificateFeature implements Feature<CertificatePlan> {

    /** No event reports that another environment no longer uses a name which this one does not request. */
    private static final Duration CONFLICT_RECHECK = Duration.ofMinutes(1);

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
        return tls == null || tls.secretName() == null
                ? Set.of()
                : Set.of(Reference.secret(environment, tls.secretName()));
    }

    @Override
    public Optional<CertificatePlan> plan(PlanInput input) {
        return CertificatePlan.of(input);
    }

    @Override
    public List<Check<CertificatePlan>> checks() {
        return List.of(CertificateFeature::certManager, CertificateFeature::host);
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
        return plan.issuer().isEmpty() ? Stream.empty() : HostConflicts.host(CERTIFICATE, input);
    }

    @Override
    public Finding finding(CertificatePlan plan, ReconciliationState state) {
        return state.plan().blocker(CERTIFICATE).map(Finding::of).orElseGet(() -> plan.provided()
                .map(provided -> CertificateCopies.finding(plan, provided, state))
                .orElseGet(() -> issued.finding(plan, state)));
    }

    @Override
    public void status(CertificatePlan plan, ReconciliationState state, EnvironmentStatus.Builder status) {
        status(plan, state).ifPresent(status::certificate);
    }

    private static Optional<EnvironmentStatus.Certificate> status(CertificatePlan plan, ReconciliationState state) {
        return plan.provided().isEmpty()
                ? IssuedCertificate.status(plan, state)
                : contents(plan, state)
                        .flatMap(content -> content.notAfter().stream())
                        .findFirst()
                        .map(notAfter -> new EnvironmentStatus.Certificate(notAfter.toString(), null));
    }

    /** What the Secret of the Ingresses holds, then what the owner provides. */
    private static Stream<CertificateContent> contents(CertificatePlan plan, ReconciliationState state) {
        return Stream.concat(
                CertificatePlan.stored(plan.secretName(), state.owned()).stream(),
                plan.provided().flatMap(ProvidedCertificate::content).stream());
    }

    /** No event reports that a certificate becomes valid or expires, nor why an issuance takes long. */
    @Override
    public Optional<Duration> recheck(CertificatePlan plan, ReconciliationState state) {
        if (state.plan().waitsFor(Reason.CERT_MANAGER_NOT_INSTALLED)) {
            return Optional.of(capabilityRecheck);
        }
        var changes = contents(plan, state)
                .flatMap(content -> content.nextChange(state.now()).stream())
                .map(time -> Duration.between(state.now(), time).plusSeconds(1));
        var issuance = plan.issuer().flatMap(_ -> IssuedCertificate.recheck(plan, state));
        var conflict = plan.provided()
                .filter(provided -> provided.finding().reason() == Reason.HOST_CONFLICT)
                .map(_ -> CONFLICT_RECHECK);
        return Stream.of(changes, issuance.stream(), conflict.stream(), becameUsable(plan, state).stream())
                .flatMap(durations -> durations)
                .min(Duration::compareTo);
    }

    /** The SDK drops the event of a copy that this reconciliation created. */
    private static Optional<Duration> becameUsable(CertificatePlan plan, ReconciliationState state) {
        return CertificatePlan.stored(plan.secretName(), state.owned())
                .filter(content -> !plan.usable() && content.isUsable(plan.names(), state.now()))
                .map(_ -> Duration.ZERO);
    }
}
