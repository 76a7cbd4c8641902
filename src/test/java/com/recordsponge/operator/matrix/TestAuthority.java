package com.recordsponge.operator.matrix;

import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A certificate authority of openssl. */
public final class TestAuthority {

    private final Path folder =
            Files.createTempDirectory(Path.of("target"), "authority").toAbsolutePath();

    /** A new one. */
    public TestAuthority() throws IOException {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=matrix",
                "-addext",
                "keyUsage=critical,keyCertSign,digitalSignature",
                "-keyout",
                "ca.key",
                "-out",
                "ca.crt");
    }

    /** One that exists already, in PEM. */
    public TestAuthority(String certificate, String key) throws IOException {
        Files.writeString(folder.resolve("ca.crt"), certificate);
        Files.writeString(folder.resolve("ca.key"), key);
    }

    /** Its own certificate. */
    public X509Certificate certificate() {
        try (var file = Files.newInputStream(folder.resolve("ca.crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same in PEM. */
    public String pem() throws IOException {
        return Files.readString(folder.resolve("ca.crt"));
    }

    /** The data of a Secret with a certificate that is valid for a week. */
    Map<String, String> issue(List<String> names) throws IOException {
        return issue(names, 7);
    }

    /** The same for a certificate that has expired. */
    Map<String, String> issueExpired(List<String> names) throws IOException {
        return issue(names, -1);
    }

    private Map<String, String> issue(List<String> names, int days) throws IOException {
        var name = UUID.randomUUID().toString();
        openssl(
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=" + name.substring(0, 8),
                "-addext",
                "subjectAltName=DNS:" + String.join(",DNS:", names),
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr");
        openssl(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                "ca.crt",
                "-CAkey",
                "ca.key",
                "-days",
                Integer.toString(days),
                "-copy_extensions",
                "copyall",
                "-out",
                name + ".crt");
        return Map.of(
                "tls.crt", Files.readString(folder.resolve(name + ".crt")),
                "tls.key", Files.readString(folder.resolve(name + ".key")),
                "ca.crt", pem());
    }

    /** Runs openssl in the folder of the files. */
    private void openssl(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("env", "--chdir=" + folder, "openssl"));
        command.addAll(List.of(arguments));
        Command.runWithErrors(Map.of(), command.toArray(String[]::new));
    }
}
