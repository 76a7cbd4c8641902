package com.recordsponge.operator.api.v1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.Annotations;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One RecordSponge site: its workload, route, certificate and connection to an external PostgreSQL database. */
@Annotations("helm.sh/resource-policy=keep") // uninstalling the release must not delete the environments
@Group("recordsponge.com")
@Version("v1")
@Plural("recordspongeenvironments")
@ShortNames({"recordsponge", "rse"})
@AdditionalPrinterColumn(name = "Tier", jsonPath = ".spec.tier")
@AdditionalPrinterColumn(name = "Image", jsonPath = ".status.image.requested")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url")
@AdditionalPrinterColumn(name = "Database", jsonPath = ".status.conditions[?(@.type==\"DatabaseReady\")].status")
@AdditionalPrinterColumn(name = "Certificate", jsonPath = ".status.conditions[?(@.type==\"CertificateReady\")].status")
@AdditionalPrinterColumn(name = "Digest", jsonPath = ".status.image.digest", priority = 1)
@AdditionalPrinterColumn(name = "Expires", jsonPath = ".status.certificate.notAfter", priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$')",
        message =
                "metadata.name becomes part of Service names: at most 50 lower-case letters, digits and hyphens, beginning with a letter")
@ValidationRule(
        value =
                "!has(self.spec.release) || !has(self.spec.release.promoteFrom) || has(self.spec.release.promoteFrom.namespace) || self.spec.release.promoteFrom.name != self.metadata.name",
        fieldPath = ".spec.release.promoteFrom.name",
        message = "release.promoteFrom must name another environment")
@ValidationRule(
        value =
                "!has(self.spec.sessions) || !has(oldSelf.spec.sessions) || quantity(self.spec.sessions.storage).compareTo(quantity(oldSelf.spec.sessions.storage)) >= 0 || (has(oldSelf.status) && has(oldSelf.status.sessions) && quantity(self.spec.sessions.storage).compareTo(quantity(oldSelf.status.sessions.capacity)) >= 0)",
        fieldPath = ".spec.sessions.storage",
        message = "sessions.storage cannot be less than the size of the volume: a volume cannot shrink")
public class RecordSpongeEnvironment extends CustomResource<EnvironmentSpec, EnvironmentStatus> implements Namespaced {

    @Override
    @Required
    public EnvironmentSpec getSpec() {
        return super.getSpec();
    }

    /** Present from the start: kstatus considers a resource without a status to be current. */
    @Override
    @Default("{\"observedGeneration\": -1}")
    public EnvironmentStatus getStatus() {
        return super.getStatus();
    }

    @Override
    protected EnvironmentSpec initSpec() {
        return null;
    }

    @Override
    protected EnvironmentStatus initStatus() {
        return null;
    }
}
