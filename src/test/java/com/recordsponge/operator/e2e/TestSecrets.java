package com.recordsponge.operator.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.support.Command;
import com.recordsponge.operator.support.SecretSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** Secrets of every type that an environment can reference, with their values added to a search. */
final class TestSecrets {

    private final ClusterTest test;
    private final TestEnvironment environment;
    private final SecretSearch search;

    TestSecrets(ClusterTest test, TestEnvironment environment, SecretSearch search) {
        this.test = test;
        this.environment = environment;
        this.search = search;
    }

    /** A value that is unique, and that every escaping changes. */
    String value(String kind) {
        var value = "p%%\"\\/ &'%s$+{}?#@:".formatted(uniqueText());
        search.add(kind, value);
        return value;
    }

    private static String uniqueText() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** A Secret with the users of basic auth. */
    String users() {
        var hash = "$apr1$salt$" + uniqueText().substring(0, 22);
        search.add("user's password hash", hash);
        return test.secret(environment.name() + "-users", Map.of("users", "access:" + hash));
    }

    /** A Secret with an environment variable of the application. */
    String variables() {
        return test.secret(environment.name() + "-variables", Map.of("API_TOKEN", value("variable of envFrom")));
    }

    /** A Secret with credentials of an image registry. */
    String registry() {
        var password = uniqueText();
        search.add("registry's password", password);
        var login = Base64.getEncoder().encodeToString(("puller:" + password).getBytes(UTF_8));
        var configuration = "{\"auths\": {\"registry.example.org\": {\"auth\": \"%s\", \"password\": \"%s\"}}}";
        return test.secret(
                environment.name() + "-registry",
                "kubernetes.io/dockerconfigjson",
                Map.of(".dockerconfigjson", configuration.formatted(login, password)));
    }

    /** A Secret with a certificate for the environment's host. */
    String certificate(Path folder) throws IOException {
        var key = folder.resolve("tls.key");
        var certificate = folder.resolve("tls.crt");
        Command.runWithErrors(
                Map.of(),
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=" + environment.name(),
                "-addext",
                "subjectAltName=DNS:" + environment.host(),
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        search.add("private key of the certificate", Files.readString(key));
        return test.secret(
                environment.name() + "-certificate",
                "kubernetes.io/tls",
                Map.of("tls.crt", Files.readString(certificate), "tls.key", Files.readString(key)));
    }
}
