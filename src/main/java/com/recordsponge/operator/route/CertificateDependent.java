package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Step;
import com.recordsponge.operator.platform.PlannedDependents;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** The Certificate that cert-manager issues. */
public class CertificateDependent extends PlannedDependents<Certificate> {

    public CertificateDependent() {
        super(Certificate.class, Step.CERTIFICATE);
    }

    @Override
    protected List<Certificate> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return Certificates.certificates(plan);
    }
}
