package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.dependent.PlannedDependentResource;

/** cert-manager's Certificate. */
public class CertificateDependentResource extends PlannedDependentResource<Certificate> {

    public CertificateDependentResource() {
        super(Certificate.class, Component.CERTIFICATE, Certificates::certificates);
    }
}
