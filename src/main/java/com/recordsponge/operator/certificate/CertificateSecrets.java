package com.recordsponge.operator.certificate;

import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import jakarta.inject.Singleton;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds the Secret that holds a certificate, among those of all environments. */
@Singleton
public class CertificateSecrets {

    private volatile Supplier<Stream<Secret>> all = Stream::empty;

    /** @param secrets the Secrets of all environments as last observed */
    public void readFrom(Supplier<Stream<Secret>> secrets) {
        all = secrets;
    }

    /** The Secret with a certificate and its environment, for a message; empty if no environment has one. */
    public Optional<String> describe(X509Certificate certificate) {
        var der = encoded(certificate);
        return all.get()
                .filter(secret -> "kubernetes.io/tls".equals(secret.getType()))
                .filter(secret -> StoredCertificate.of(secret)
                        .filter(stored -> stored.is(der))
                        .isPresent())
                .map(CertificateSecrets::describe)
                .min(String::compareTo);
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String describe(Secret secret) {
        var metadata = secret.getMetadata();
        return "Secret %s of environment %s/%s"
                .formatted(
                        metadata.getName(),
                        metadata.getNamespace(),
                        metadata.getLabels().get(Labels.ENVIRONMENT));
    }
}
