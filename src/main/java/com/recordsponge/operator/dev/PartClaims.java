package com.recordsponge.operator.dev;

import com.recordsponge.operator.plan.Claims;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds the claims of the parts: node_modules, and PostgreSQL's data. */
final class PartClaims {

    /** react-scripts and its modules take about 300 MiB. */
    private static final String MODULES = "2Gi";

    private PartClaims() {}

    /** None while suspended: scaling to zero must not depend on storage. */
    static List<PersistentVolumeClaim> claims(EnvironmentPlan plan) {
        return plan.find(DevPlan.class).stream()
                .filter(_ -> !plan.suspended())
                .flatMap(dev -> Stream.concat(
                        dev.frontend().stream().map(_ -> claim(plan, FrontendPods.modulesClaim(plan.name()), MODULES)),
                        dev.postgres().stream()
                                .map(postgres -> claim(plan, PostgresPods.name(plan.name()), postgres.storage()))))
                .toList();
    }

    /** Creates and grows nothing: only the owner of each claim follows the storage policy. */
    static PersistentVolumeClaim kept(EnvironmentPlan plan, PersistentVolumeClaim existing) {
        return claim(
                        plan,
                        existing.getMetadata().getName(),
                        Claims.requested(existing).toString())
                .edit()
                .editSpec()
                .withAccessModes(existing.getSpec().getAccessModes())
                .endSpec()
                .build();
    }

    static List<String> names(String environment) {
        return List.of(FrontendPods.modulesClaim(environment), PostgresPods.name(environment));
    }

    private static PersistentVolumeClaim claim(EnvironmentPlan plan, String name, String storage) {
        return new PersistentVolumeClaimBuilder()
                .withMetadata(retained(plan, name))
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .withRequests(Map.of(Claims.STORAGE, new Quantity(storage)))
                .endResources()
                .endSpec()
                .build();
    }

    /** Metadata of an object that the garbage collector deletes only if the storage policy says so. */
    static ObjectMeta retained(EnvironmentPlan plan, String name) {
        var metadata = plan.metadata(name);
        plan.find(DevPlan.class)
                .flatMap(DevPlan::owner)
                .ifPresent(owner -> metadata.setOwnerReferences(List.of(owner)));
        return metadata;
    }

    static boolean matches(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return Claims.hasLabels(actual, desired) && sameOwner(actual, desired) && !Claims.grows(actual, desired);
    }

    /** Whether the same environment owns both, or none. */
    static boolean sameOwner(HasMetadata actual, HasMetadata desired) {
        return owners(actual).equals(owners(desired));
    }

    private static List<String> owners(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .sorted()
                .toList();
    }

    /** The existing claim with the changes that Kubernetes allows. */
    static PersistentVolumeClaim changed(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return desired.edit()
                .editSpec()
                .withAccessModes(actual.getSpec().getAccessModes())
                .editResources()
                .withRequests(
                        Map.of(Claims.STORAGE, Claims.requested(Claims.grows(actual, desired) ? desired : actual)))
                .endResources()
                .endSpec()
                .build();
    }
}
