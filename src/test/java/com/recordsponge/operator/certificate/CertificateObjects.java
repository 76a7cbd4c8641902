package com.recordsponge.operator.certificate;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** The objects of the certificate feature, for tests outside the package. */
public final class CertificateObjects {

    private CertificateObjects() {}

    public static List<HasMetadata> of(EnvironmentPlan plan) {
        return List.copyOf(Certificates.certificates(plan));
    }
}
