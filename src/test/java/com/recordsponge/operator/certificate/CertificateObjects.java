package com.recordsponge.operator.certificate;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The objects of the certificate feature, for tests outside the package. */
public final class CertificateObjects {

    private CertificateObjects() {}

    public static List<HasMetadata> of(EnvironmentPlan plan) {
        return Stream.<HasMetadata>concat(
                        Certificates.certificates(plan).stream(), CertificateCopies.secrets(plan).stream())
                .toList();
    }

    /** The name of the Secret that the Ingresses are to name. */
    public static String secretName(EnvironmentPlan plan) {
        return plan.get(CertificatePlan.class).secretName();
    }

    /** That Secret, as the operator observes it. */
    public static Secret secret(EnvironmentPlan plan, Map<String, byte[]> files) {
        return secret(plan, secretName(plan), files);
    }

    /** The Secret of another version. */
    static Secret secret(EnvironmentPlan plan, String name, Map<String, byte[]> files) {
        var data = new TreeMap<String, String>();
        files.forEach((file, content) -> data.put(file, Base64.getEncoder().encodeToString(content)));
        return new SecretBuilder()
                .withMetadata(plan.metadata(name))
                .withType("kubernetes.io/tls")
                .withData(data)
                .build();
    }
}
