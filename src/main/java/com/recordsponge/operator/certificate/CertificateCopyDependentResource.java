package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.VersionedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;

/** Copies of provided certificates. */
public class CertificateCopyDependentResource extends VersionedDependentResource<Secret> {

    public CertificateCopyDependentResource() {
        super(Secret.class, Component.CERTIFICATE, CertificatePlan.SUFFIX, CertificateCopies::secrets);
    }

    @Override
    protected Duration grace() {
        return CertificateVersions.GRACE;
    }

    @Override
    protected boolean isInUse(Secret version, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return CertificateVersions.isInUse(version.getMetadata().getName(), plan, PlanContext.owned(context));
    }
}
