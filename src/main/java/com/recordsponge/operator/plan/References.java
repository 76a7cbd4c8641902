package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.DatabaseSpec;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Reference.Kind;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which Secrets and ConfigMaps an environment names. */
public final class References {

    private References() {}

    /** Everything whose change must be noticed. */
    public static Set<Reference> of(RecordSpongeEnvironment environment) {
        var spec = environment.getSpec();
        var found = new LinkedHashSet<>(consumedByPods(environment));
        var namespace = environment.getMetadata().getNamespace();
        if (spec.database() != null) {
            found.add(secret(namespace, spec.database().credentialsSecretRef().name()));
        }
        if (spec.tls() != null && spec.tls().secretName() != null) {
            found.add(secret(namespace, spec.tls().secretName()));
        }
        if (spec.ingress() != null && spec.ingress().basicAuth() != null) {
            spec.ingress()
                    .basicAuth()
                    .forEach(
                            auth -> found.add(secret(namespace, auth.secretRef().name())));
        }
        return found;
    }

    /** Those whose data the pods read, directly or as a mounted file; a change rolls the pods. */
    public static Set<Reference> consumedByPods(RecordSpongeEnvironment environment) {
        var spec = environment.getSpec();
        var found = new LinkedHashSet<Reference>();
        var namespace = environment.getMetadata().getNamespace();
        if (spec.secretKeyRef() != null) {
            found.add(secret(namespace, spec.secretKeyRef().name()));
        }
        if (spec.envFrom() != null) {
            for (var source : spec.envFrom()) {
                found.add(
                        source.secretRef() != null
                                ? secret(namespace, source.secretRef().name())
                                : new Reference(
                                        Kind.CONFIG_MAP,
                                        namespace,
                                        source.configMapRef().name()));
            }
        }
        if (verifiesServer(spec.database())) {
            found.add(secret(namespace, spec.database().caSecretRef().name()));
        }
        return found;
    }

    private static boolean verifiesServer(DatabaseSpec database) {
        return database != null && database.caSecretRef() != null;
    }

    private static Reference secret(String namespace, String name) {
        return new Reference(Kind.SECRET, namespace, name);
    }
}
