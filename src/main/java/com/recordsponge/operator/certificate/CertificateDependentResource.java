package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.cluster.ReferencedObjects;
import com.recordsponge.operator.dependent.ForeignObjectException;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.VersionedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Reference;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** cert-manager's Certificates. */
public class CertificateDependentResource extends VersionedDependentResource<Certificate> {

    /** The annotation of a Secret that cert-manager wrote, with the name of its Certificate. */
    private static final String CERTIFICATE = "cert-manager.io/certificate-name";

    public CertificateDependentResource() {
        super(Certificate.class, Component.CERTIFICATE, Certificates::certificates);
    }

    /** cert-manager overwrites the Secret that a Certificate names, whoever created it. */
    @Override
    public Certificate create(
            Certificate desired, RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        var name = desired.getMetadata().getName();
        existing(Reference.secret(environment, name), context)
                .filter(secret -> !isOf(name, secret))
                .ifPresent(secret -> {
                    throw new ForeignObjectException(
                            "Secret %s exists and cert-manager did not create it for this environment, but would overwrite it; delete or rename it."
                                    .formatted(name));
                });
        return super.create(desired, environment, context);
    }

    private static Optional<Secret> existing(Reference secret, Context<RecordSpongeEnvironment> context) {
        return ReferencedObjects.exists(secret, context)
                ? Optional.ofNullable(context.getClient()
                        .secrets()
                        .inNamespace(secret.namespace())
                        .withName(secret.name())
                        .get())
                : Optional.empty();
    }

    private static boolean isOf(String certificate, Secret secret) {
        return certificate.equals(
                Objects.requireNonNullElse(secret.getMetadata().getAnnotations(), Map.<String, String>of())
                        .get(CERTIFICATE));
    }

    @Override
    protected Duration grace() {
        return CertificateVersions.GRACE;
    }

    @Override
    protected boolean isInUse(Certificate version, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return CertificateVersions.isInUse(version.get("spec", "secretName"), plan, PlanContext.owned(context));
    }
}
