package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.IngressSpec;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Reference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the cluster must offer for an environment's route and certificate. */
final class RouteRules {

    private RouteRules() {}

    static List<Problem> problems(RecordSpongeEnvironment environment, Observation observation) {
        var problems = new ArrayList<Problem>();
        certificate(environment, observation).ifPresent(problems::add);
        ingressClass(environment, observation).ifPresent(problems::add);
        middlewares(environment, observation).ifPresent(problems::add);
        basicAuth(environment, observation).ifPresent(problems::add);
        return problems;
    }

    private static Optional<Problem> certificate(RecordSpongeEnvironment environment, Observation observation) {
        var tls = environment.getSpec().tls();
        if (tls == null || tls.issuerRef() == null || observation.capabilities().certManager()) {
            return Optional.empty();
        }
        return Optional.of(
                new Problem(
                        Step.CERTIFICATE,
                        "CertManagerMissing",
                        "tls.issuerRef needs cert-manager, which this cluster does not have; install it, or bring a certificate in tls.secretName."));
    }

    private static Optional<Problem> ingressClass(RecordSpongeEnvironment environment, Observation observation) {
        if (observation.capabilities().ingressController() != null) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                Step.ROUTE,
                "IngressClassMissing",
                "IngressClass %s does not exist; install its ingress controller or set ingress.className."
                        .formatted(environment.getSpec().ingressClass())));
    }

    /** Protection that was asked for and cannot be had is refused, never left out. */
    private static Optional<Problem> middlewares(RecordSpongeEnvironment environment, Observation observation) {
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
        return Optional.of(new Problem(
                Step.ROUTE,
                "MiddlewareUnsupported",
                "%s need Traefik with its CRDs as the controller of the IngressClass; the route stays as it was."
                        .formatted(String.join(", ", asked))));
    }

    private static Optional<Problem> basicAuth(RecordSpongeEnvironment environment, Observation observation) {
        return ingress(environment).map(IngressSpec::basicAuth).orElse(List.of()).stream()
                .map(auth -> new Reference(
                        Kind.SECRET,
                        environment.getMetadata().getNamespace(),
                        auth.secretRef().name()))
                .flatMap(reference -> usersProblem(reference, observation).stream())
                .findFirst();
    }

    private static Optional<Problem> usersProblem(Reference reference, Observation observation) {
        var data = observation.of(reference);
        if (data.isEmpty()) {
            return Optional.of(new Problem(
                    Step.ROUTE,
                    "SecretNotFound",
                    "%s of ingress.basicAuth does not exist; create it with the key users: htpasswd lines."
                            .formatted(reference)));
        }
        if (!data.get().containsKey("users")) {
            return Optional.of(new Problem(
                    Step.ROUTE,
                    "SecretKeyMissing",
                    "%s of ingress.basicAuth has no key users; add htpasswd lines under it.".formatted(reference)));
        }
        return Htpasswd.flaw(data.get())
                .map(flaw -> new Problem(
                        Step.ROUTE,
                        "SecretInvalid",
                        "%s of ingress.basicAuth %s; its paths stay closed until it is corrected."
                                .formatted(reference, flaw)));
    }

    private static Optional<IngressSpec> ingress(RecordSpongeEnvironment environment) {
        return Optional.ofNullable(environment.getSpec().ingress());
    }
}
