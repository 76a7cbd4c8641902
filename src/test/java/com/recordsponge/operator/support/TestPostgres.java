package com.recordsponge.operator.support;

import static com.recordsponge.operator.support.Patience.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real PostgreSQL server for one test, with a database and its owner, a role of the same name. */
public final class TestPostgres implements AutoCloseable {

    /** The name of the database and its role. */
    public static final String NAME = "application";

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    /** PostgreSQL refuses to run as root. */
    private static final List<String> AS_POSTGRES =
            List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--reset-env");

    private final Path programs;
    private final Path directory = Files.createTempDirectory("postgres");
    private final String address = MachineAddress.ipv4();
    private final int port = FreePort.find();
    private final Process process;

    public TestPostgres() throws IOException {
        try (var versions = Files.list(VERSIONS)) {
            programs = versions.max(Comparator.comparing(Path::toString))
                    .orElseThrow()
                    .resolve("bin");
        }
        Command.run("chown", "postgres:", directory.toString());
        var data = directory.resolve("data");
        Command.run(asPostgres("initdb", "--pgdata=" + data, "--auth=trust", "--no-sync"));
        Files.writeString(
                data.resolve("pg_hba.conf"),
                "local all all trust\nhost %1$s,absent %1$s,+%1$s samehost scram-sha-256\n".formatted(NAME));
        process = new ProcessBuilder(asPostgres(
                        "postgres",
                        "-D" + data,
                        "-clisten_addresses=" + String.join(",", addresses()),
                        "-cport=" + port,
                        "-cunix_socket_directories=" + directory,
                        "-cmax_connections=400"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        await().ignoreExceptions().until(() -> Command.run(
                        programs.resolve("pg_isready").toString(), "--host=" + directory, "--port=" + port)
                .contains("accepting"));
        sql("CREATE ROLE %s LOGIN".formatted(NAME));
        sql("CREATE DATABASE %1$s OWNER %1$s".formatted(NAME));
    }

    private String[] asPostgres(String program, String... options) {
        return Stream.of(
                        AS_POSTGRES.stream(),
                        Stream.of(programs.resolve(program).toString()),
                        Stream.of(options))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    private List<String> addresses() throws IOException {
        return Stream.concat(Stream.of(address), MachineAddress.ipv6().stream()).toList();
    }

    /** Adds a role that can do what the owner of the database can. */
    public void addRole(String role, String password) throws IOException {
        sql("CREATE ROLE %s LOGIN PASSWORD '%s' IN ROLE %s".formatted(role, password, NAME));
    }

    /** Sets the role's password. */
    public void setPassword(String password) throws IOException {
        sql("ALTER ROLE %s PASSWORD '%s'".formatted(NAME, password));
    }

    /** Runs a statement as the superuser. */
    public void sql(String statement) throws IOException {
        Command.run(
                "psql",
                "--no-psqlrc",
                "--quiet",
                "--set=ON_ERROR_STOP=1",
                "--host=" + directory,
                "--port=" + port,
                "--username=postgres",
                "--dbname=postgres",
                "--command=" + statement);
    }

    /** Lets the server offer TLS under a certificate for its address, and returns that certificate, which is its own CA, in PEM. */
    public String offerTls() throws IOException {
        var certificate = directory.resolve("server.crt");
        var key = directory.resolve("server.key");
        TestCertificate.write(key, certificate, "/CN=database", "IP:" + address);
        Command.run("chown", "postgres:", key.toString(), certificate.toString());
        sql("ALTER SYSTEM SET ssl_cert_file = '%s'".formatted(certificate));
        sql("ALTER SYSTEM SET ssl_key_file = '%s'".formatted(key));
        sql("ALTER SYSTEM SET ssl = on");
        sql("SELECT pg_reload_conf()");
        return Files.readString(certificate);
    }

    public String address() {
        return address;
    }

    public int port() {
        return port;
    }

    /** Stops the server and deletes its data. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        try {
            Command.run("rm", "-r", directory.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
