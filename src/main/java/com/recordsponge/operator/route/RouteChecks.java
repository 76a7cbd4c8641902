package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.IngressSpec;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.Reference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the cluster must offer for an environment's route and certificate. */
public final class RouteChecks {

    private RouteChecks() {}

    public static List<Blocker> problems(RecordSpongeEnvironment environment, PlanInput observation) {
        var problems = new ArrayList<Blocker>();
        certificate(environment, observation).ifPresent(problems::add);
        ingressClass(environment, observation).ifPresent(problems::add);
        middlewares(environment, observation).ifPresent(problems::add);
        basicAuth(environment, observation).ifPresent(problems::add);
        return problems;
    }

    private static Optional<Blocker> certificate(RecordSpongeEnvironment environment, PlanInput observation) {
        var tls = environment.getSpec().tls();
        if (tls == null || tls.issuerRef() == null || observation.capabilities().certManager()) {
            return Optional.empty();
        }
        return Optional.of(
                new Blocker(
                        Component.CERTIFICATE,
                        "CertManagerMissing",
                        "tls.issuerRef needs cert-manager, which this cluster does not have; install it, or bring a certificate in tls.secretName."));
    }

    private static Optional<Blocker> ingressClass(RecordSpongeEnvironment environment, PlanInput observation) {
        if (observation.capabilities().ingressController() != null) {
            return Optional.empty();
        }
        return Optional.of(new Blocker(
                Component.ROUTE,
                "IngressClassMissing",
                "IngressClass %s does not exist; install its ingress controller or set ingress.className."
                        .formatted(environment.getSpec().ingressClass())));
    }

    /** Protection that was asked for and cannot be had is refused, never left out. */
    private static Optional<Blocker> middlewares(RecordSpongeEnvironment environment, PlanInput observation) {
        var asked = new ArrayList<String>();
        if (environment.getSpec().aliases() != null
                && !environment.getSpec().aliases().isEmpty()) {
            asked.add("aliases");
        }
        ingress(environment).map(IngressSpec::hsts).ifPresent(_ -> asked.add("ingress.hsts"));
        ingress(environment)
                .map(IngressSpec::basicAuth)
                .filter(l -> !l.isEmpty())
                .ifPresent(_ -> asked.add("ingress.basicAuth"));
        ingress(environment).map(IngressSpec::timeout).ifPresent(_ -> asked.add("ingress.timeout"));
        if (asked.isEmpty() || observation.capabilities().middlewares()) {
            return Optional.empty();
        }
        return Optional.of(new Blocker(
                Component.ROUTE,
                "MiddlewareUnsupported",
                "%s need Traefik with its CRDs as the controller of the IngressClass; the route stays as it was."
                        .formatted(String.join(", ", asked))));
    }

    private static Optional<Blocker> basicAuth(RecordSpongeEnvironment environment, PlanInput observation) {
        return ingress(environment).map(IngressSpec::basicAuth).orElse(List.of()).stream()
                .map(auth -> new Reference(
                        Kind.SECRET,
                        environment.getMetadata().getNamespace(),
                        auth.secretRef().name()))
                .flatMap(reference -> usersProblem(reference, observation).stream())
                .findFirst();
    }

    private static Optional<Blocker> usersProblem(Reference reference, PlanInput observation) {
        var data = observation.of(reference);
        if (data.isEmpty()) {
            return Optional.of(new Blocker(
                    Component.ROUTE,
                    "SecretNotFound",
                    "%s of ingress.basicAuth does not exist; create it with the key users: htpasswd lines."
                            .formatted(reference)));
        }
        if (!data.get().containsKey("users")) {
            return Optional.of(new Blocker(
                    Component.ROUTE,
                    "SecretKeyMissing",
                    "%s of ingress.basicAuth has no key users; add htpasswd lines under it.".formatted(reference)));
        }
        return Htpasswd.flaw(data.get())
                .map(flaw -> new Blocker(
                        Component.ROUTE,
                        "SecretInvalid",
                        "%s of ingress.basicAuth %s; its paths stay closed until it is corrected."
                                .formatted(reference, flaw)));
    }

    private static Optional<IngressSpec> ingress(RecordSpongeEnvironment environment) {
        return Optional.ofNullable(environment.getSpec().ingress());
    }
}
