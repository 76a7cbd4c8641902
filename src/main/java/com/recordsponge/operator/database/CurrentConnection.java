package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.SecretData;
import com.recordsponge.operator.plan.SecretsInUse;
import com.recordsponge.operator.plan.UniqueName;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The connection that the Deployment's present template gives to its pods.
 *
 * @param secret the connection Secret
 * @param ca the volume with the CA certificate; empty unless the server is verified
 * @param connection what both of them contain; empty if somebody has edited it
 */
record CurrentConnection(Secret secret, Optional<Volume> ca, Optional<DatabaseConnection> connection) {

    static Optional<CurrentConnection> of(PlanInput input) {
        return input.owned()
                .named(Deployment.class, input.name())
                .filter(input::owns)
                .map(deployment -> deployment.getSpec().getTemplate().getSpec())
                .flatMap(pod -> secret(pod, input).map(secret -> of(secret, ca(pod), input)));
    }

    private static CurrentConnection of(Secret secret, Optional<Volume> ca, PlanInput input) {
        return new CurrentConnection(secret, ca, RecordedConnection.read(secret, ca, input));
    }

    /** Whether the environment's pods connect to no database. */
    static boolean isNone(PlanInput input) {
        return input.owned()
                .named(Deployment.class, input.name())
                .filter(input::owns)
                .map(Deployment::getSpec)
                .filter(deployment -> deployment.getReplicas() > 0)
                .filter(deployment -> SecretsInUse.names(
                                deployment.getTemplate().getSpec())
                        .noneMatch(name -> UniqueName.isVersion(name, input.name(), ConnectionSecrets.SUFFIX)))
                .isPresent();
    }

    private static Optional<Secret> secret(PodSpec pod, PlanInput input) {
        return pod.getContainers().stream()
                .flatMap(container -> container.getEnvFrom().stream())
                .filter(source -> source.getSecretRef() != null)
                .map(source -> source.getSecretRef().getName())
                .filter(name -> UniqueName.isVersion(name, input.name(), ConnectionSecrets.SUFFIX))
                .flatMap(name -> input.owned().named(Secret.class, name).stream())
                .filter(input::owns)
                .findFirst();
    }

    private static Optional<Volume> ca(PodSpec pod) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(ConnectionPods.CA_VOLUME))
                .findFirst();
    }

    String name() {
        return secret.getMetadata().getName();
    }

    /** What its user name and password came from, in {@link PodData#SOURCE}; null if somebody has removed that. */
    String source() {
        return Objects.requireNonNullElse(secret.getMetadata().getAnnotations(), Map.<String, String>of())
                .get(PodData.SOURCE);
    }

    /** Whether its user name and password came from a Secret. */
    boolean isFrom(Reference credentials) {
        return PodData.isCopyOf(credentials, secret);
    }

    /** One of its environment variables. */
    Optional<String> variable(String name) {
        return SecretData.text(secret, name);
    }

    /** Without the data of the Secret. */
    @Override
    public String toString() {
        return "CurrentConnection[" + name() + "]";
    }
}
