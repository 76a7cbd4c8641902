package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
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
import java.util.stream.Stream;

/**
 * The connection that the Deployment's present template gives to its pods. If somebody has deleted the Deployment, it is the
 * last one: the pods that come back get it until they get the requested one.
 *
 * @param secret the connection Secret
 * @param ca the volume with the CA certificate; empty unless the server is verified
 * @param connection what both of them contain; empty if somebody has edited it
 */
record CurrentConnection(Secret secret, Optional<Volume> ca, Optional<DatabaseConnection> connection) {

    static Optional<CurrentConnection> of(PlanInput input) {
        var deployment = input.owned().named(Deployment.class, input.name()).filter(input::owns);
        return deployment.isPresent()
                ? deployment
                        .map(found -> found.getSpec().getTemplate().getSpec())
                        .flatMap(pod -> secret(pod, input).map(secret -> of(secret, ca(pod), input)))
                : last(input);
    }

    /** An environment that never served has none: nobody has used what its first values lead to. */
    private static Optional<CurrentConnection> last(PlanInput input) {
        return Optional.ofNullable(input.environment().getStatus())
                .map(EnvironmentStatus::history)
                .filter(history -> !history.isEmpty())
                .flatMap(_ -> secrets(input, ConnectionSecrets.SUFFIX)
                        .sorted(PodData.OLDEST_FIRST.reversed())
                        .flatMap(secret -> intact(secret, input))
                        .findFirst());
    }

    private static Stream<Secret> secrets(PlanInput input, String suffix) {
        return input.owned()
                .all(Secret.class)
                .filter(input::owns)
                .filter(secret -> UniqueName.isVersion(secret.getMetadata().getName(), input.name(), suffix));
    }

    /** The connection of a Secret, if its objects exist and nobody has edited them. */
    private static Stream<CurrentConnection> intact(Secret secret, PlanInput input) {
        var authorities = secrets(input, PodData.SUFFIX).flatMap(ConnectionPods::ca);
        return Stream.concat(Stream.of(Optional.<Volume>empty()), authorities.map(Optional::of))
                .map(ca -> of(secret, ca, input))
                .filter(found -> found.connection()
                        .filter(read -> ConnectionObjects.exist(read, input.environment(), input.owned()))
                        .isPresent());
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
