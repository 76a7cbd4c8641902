package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.SslMode;
import com.recordsponge.operator.plan.Digest;
import com.recordsponge.operator.plan.IpAddresses;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a login requires.
 *
 * @param namespace the environment's, in which pods resolve a name
 * @param host IP address or DNS name of the server, as in the spec
 * @param clientHost what pods connect to: the operator's Service for an address, else the host itself
 * @param caCertificate PEM of the CA that signed the server's certificate; null unless the server is verified
 */
public record DatabaseConnection(
        String namespace,
        String host,
        String clientHost,
        int port,
        String name,
        SslMode sslMode,
        String caCertificate,
        String username,
        String password) {

    /** Path of the CA certificate in the pods. */
    static final String CA_FILE = "/etc/recordsponge/database/ca.crt";

    /** The operator's Service through which pods connect to a server at an address; its EndpointSlice has the same name. */
    Optional<String> service() {
        return clientHost.equals(host)
                ? Optional.empty()
                : Optional.of(clientHost.substring(0, clientHost.indexOf('.')));
    }

    /** Whether the host is a DNS name: the operator must look up its addresses. */
    boolean isNamed() {
        return !IpAddresses.isAddress(host);
    }

    /** host:port for messages. */
    String endpoint() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Variables of the libpq environment (PostgreSQL documentation, 34.15), and DATABASE_URL. */
    Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("PGHOST", clientHost);
        variables.put("PGPORT", Integer.toString(port));
        variables.put("PGDATABASE", name);
        variables.put("PGUSER", username);
        variables.put("PGPASSWORD", password);
        variables.put("PGSSLMODE", sslMode.libpq());
        if (caCertificate != null) {
            variables.put("PGSSLROOTCERT", CA_FILE);
        }
        variables.put("DATABASE_URL", url());
        return variables;
    }

    /** Digest of everything that decides whether a login succeeds. */
    String digest() {
        var values = new LinkedHashMap<>(variables());
        values.put("host", host);
        values.put("ca", Objects.requireNonNullElse(caCertificate, ""));
        return Digest.of(values);
    }

    private String url() {
        var urlHost = clientHost.contains(":") ? "[" + clientHost + "]" : clientHost;
        return "postgresql://%s:%s@%s:%d/%s?sslmode=%s%s"
                .formatted(
                        encode(username),
                        encode(password),
                        urlHost,
                        port,
                        encode(name),
                        sslMode.libpq(),
                        caCertificate == null ? "" : "&sslrootcert=" + encode(CA_FILE));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Without the password, which must not reach a log by accident. */
    @Override
    public String toString() {
        return "DatabaseConnection[" + username + "@" + endpoint() + "/" + name + "]";
    }
}
