package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.EnvironmentSpec;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Reference.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that a plan is computed from.
 *
 * @param referenced the referenced Secrets and ConfigMaps
 * @param capabilities what the cluster offers
 * @param taken DNS names that another environment owns, each with that environment as namespace/name
 * @param withheld DNS names that no other environment owns, but that this one cannot have
 * @param others who else has a DNS name; empty also if that is an environment with the same provided Secret
 * @param owned the environment's objects before the plan is applied
 * @param now the time of the plan
 */
public record PlanInput(
        RecordSpongeEnvironment environment,
        References referenced,
        Capabilities capabilities,
        Map<String, String> taken,
        Map<String, WithheldHost> withheld,
        Function<String, Optional<NameHolder>> others,
        OwnedObjects owned,
        Instant now) {

    public String namespace() {
        return environment.getMetadata().getNamespace();
    }

    /** The environment's name. */
    public String name() {
        return environment.getMetadata().getName();
    }

    public EnvironmentSpec spec() {
        return environment.getSpec();
    }

    /** A Secret of the environment's namespace. */
    public Reference secret(String secret) {
        return new Reference(Kind.SECRET, namespace(), secret);
    }

    /** Whether an object belongs to the environment: a label is no proof. */
    public boolean owns(HasMetadata object) {
        return object.getOwnerReferenceFor(environment).isPresent();
    }

    /** Whether a referenced object exists. */
    public boolean exists(Reference reference) {
        return referenced.version(reference).isPresent();
    }

    /** The digest of a referenced object's data, if it exists. Unlike {@link #data}, it never reads the object. */
    public Optional<String> digest(Reference reference) {
        return referenced.version(reference).map(ReferencedVersion::digest);
    }

    /** The type of a referenced Secret, if it exists. */
    public Optional<String> type(Reference reference) {
        return referenced.version(reference).flatMap(ReferencedVersion::type);
    }

    /** The data of a referenced object, if it exists. */
    public Optional<Map<String, byte[]>> data(Reference reference) {
        return referenced.data(reference);
    }
}
