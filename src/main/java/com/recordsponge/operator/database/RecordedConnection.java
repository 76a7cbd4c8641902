package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.SslMode;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.SecretData;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a connection back from the objects that the operator created for it, so that it can guard what pods use after the
 * spec has changed. The name of the connection Secret has a hash of the connection, which proves that nothing was edited.
 */
final class RecordedConnection {

    private RecordedConnection() {}

    static Optional<DatabaseConnection> read(Secret secret, Optional<Volume> ca, PlanInput input) {
        var name = secret.getMetadata().getName();
        return hosts(secret, input)
                .flatMap(host -> connection(host, secret, certificate(ca, input), input).stream())
                .filter(connection ->
                        ConnectionSecrets.name(input.name(), connection).equals(name))
                .findFirst();
    }

    /** Where the server can be: as recorded, or behind the Service that pods connect to. */
    private static Stream<String> hosts(Secret secret, PlanInput input) {
        var clientHost = ConnectionSecrets.clientHost(secret).orElse("");
        var behindService = input.owned()
                .all(EndpointSlice.class)
                .filter(input::owns)
                .filter(slice -> clientHost.startsWith(slice.getMetadata().getName() + "."))
                .flatMap(slice -> slice.getEndpoints().stream())
                .flatMap(endpoint -> endpoint.getAddresses().stream());
        return Stream.concat(ConnectionSecrets.host(secret).stream(), behindService);
    }

    private static Optional<DatabaseConnection> connection(
            String host, Secret secret, String certificate, PlanInput input) {
        var sslMode = variable(secret, "PGSSLMODE");
        return Arrays.stream(SslMode.values())
                .filter(mode -> mode.libpq().equals(sslMode))
                .filter(_ -> variable(secret, "PGPORT").matches("[0-9]{1,5}"))
                .map(mode -> new DatabaseConnection(
                        input.namespace(),
                        host,
                        variable(secret, "PGHOST"),
                        Integer.parseInt(variable(secret, "PGPORT")),
                        variable(secret, "PGDATABASE"),
                        mode,
                        certificate,
                        variable(secret, "PGUSER"),
                        variable(secret, "PGPASSWORD")))
                .findFirst();
    }

    private static String variable(Secret secret, String name) {
        return SecretData.text(secret, name).orElse("");
    }

    /** Null without one. */
    private static String certificate(Optional<Volume> ca, PlanInput input) {
        return ca.map(Volume::getSecret)
                .flatMap(source -> source.getItems().stream().findFirst().flatMap(item -> input.owned()
                        .named(Secret.class, Objects.requireNonNullElse(source.getSecretName(), ""))
                        .filter(input::owns)
                        .flatMap(copy -> SecretData.text(copy, item.getKey()))))
                .orElse(null);
    }
}
