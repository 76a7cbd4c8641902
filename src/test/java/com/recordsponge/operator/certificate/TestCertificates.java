package com.recordsponge.operator.certificate;

import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Certificates of recordsponge.test from openssl: a root, an intermediate of it, and sites' certificates of either. All are
 * valid for ten years from now, but for {@code short-intermediate}, which is valid for a day.
 */
public final class TestCertificates {

    public static final TestCertificates ALL = create();

    private static final String CA = "basicConstraints=critical,CA:TRUE";
    private static final String NAMES = "subjectAltName=DNS:recordsponge.test,DNS:www.recordsponge.test,IP:192.0.2.1,"
            + "otherName:1.3.6.1.4.1.311.20.2.3;UTF8:somebody@recordsponge.test";
    private static final String FETCHABLE = "\nauthorityInfoAccess=caIssuers;URI:http://ca.test/intermediate.crt";

    private final Path folder;

    private TestCertificates(Path folder) {
        this.folder = folder;
    }

    private static TestCertificates create() {
        try {
            var all = new TestCertificates(Files.createTempDirectory("certificates"));
            all.keys();
            all.selfSigned("root", CA);
            all.selfSigned("self-signed", NAMES);
            all.selfSigned("wildcard", "subjectAltName=DNS:*.recordsponge.test");
            all.issued("intermediate", "root", CA, 3650);
            all.issued("short-intermediate", "root", CA, 1);
            all.issued("public", "intermediate", NAMES + FETCHABLE, 3650);
            all.issued("private", "root", NAMES, 3650);
            all.issued("short-lived-issuer", "short-intermediate", NAMES, 3650);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keys() throws IOException {
        for (var name : new String[] {
            "root",
            "intermediate",
            "short-intermediate",
            "self-signed",
            "wildcard",
            "public",
            "private",
            "short-lived-issuer",
            "other"
        }) {
            openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", name + ".key");
        }
    }

    private void selfSigned(String name, String extension) throws IOException {
        openssl(
                "req",
                "-x509",
                "-new",
                "-key",
                name + ".key",
                "-subj",
                "/CN=" + name,
                "-days",
                "3650",
                "-addext",
                extension,
                "-out",
                name + ".crt");
    }

    private void issued(String name, String issuer, String extensions, int days) throws IOException {
        Files.writeString(folder.resolve(name + ".ext"), extensions);
        openssl("req", "-new", "-key", name + ".key", "-subj", "/CN=" + name, "-out", name + ".csr");
        openssl(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                issuer + ".crt",
                "-CAkey",
                issuer + ".key",
                "-CAcreateserial",
                "-days",
                Integer.toString(days),
                "-extfile",
                name + ".ext",
                "-out",
                name + ".crt");
    }

    /** Runs openssl in the folder of the files. */
    public void openssl(String... arguments) throws IOException {
        var command = new String[arguments.length + 4];
        command[0] = "env";
        command[1] = "--chdir=" + folder;
        command[2] = "LC_ALL=C";
        command[3] = "openssl";
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        Command.run(command);
    }

    /** The data of a Secret with one site's certificate, the certificates of its issuers, and its key. */
    public Map<String, byte[]> secret(String site, String... issuers) {
        var chain = file(site + ".crt");
        for (var issuer : issuers) {
            chain = concat(chain, file(issuer + ".crt"));
        }
        return Map.of("tls.crt", chain, "tls.key", file(site + ".key"));
    }

    static byte[] concat(byte[] first, byte[] second) {
        var both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Writes a file beside those of the certificates. */
    public void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    /** A certificate in PEM. */
    public String text(String certificate) {
        return new String(file(certificate + ".crt"), StandardCharsets.US_ASCII);
    }

    public byte[] file(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
