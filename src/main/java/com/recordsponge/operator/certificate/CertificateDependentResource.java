package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** The Certificate that cert-manager issues. */
public class CertificateDependentResource extends PlannedDependentResource<Certificate> {

    public CertificateDependentResource() {
        super(Certificate.class, Component.CERTIFICATE);
    }

    @Override
    protected List<Certificate> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return Certificates.certificates(plan);
    }
}
