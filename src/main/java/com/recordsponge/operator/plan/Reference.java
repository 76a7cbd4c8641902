package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;

/** A Secret or ConfigMap that an environment references but does not own. */
public record Reference(Kind kind, String namespace, String name) {

    /** The kinds that can be referenced. */
    public enum Kind {
        SECRET("Secret", Reason.SECRET_NOT_FOUND, Reason.SECRET_INCOMPLETE, Reason.SECRET_INVALID),
        CONFIG_MAP("ConfigMap", Reason.CONFIG_MAP_NOT_FOUND, Reason.CONFIG_MAP_INCOMPLETE, Reason.CONFIG_MAP_INVALID);

        private final String text;
        private final Reason notFound;
        private final Reason incomplete;
        private final Reason invalid;

        Kind(String text, Reason notFound, Reason incomplete, Reason invalid) {
            this.text = text;
            this.notFound = notFound;
            this.incomplete = incomplete;
            this.invalid = invalid;
        }

        /** The reason while the object does not exist. */
        Reason notFound() {
            return notFound;
        }

        /** The reason while it lacks a key. */
        Reason incomplete() {
            return incomplete;
        }

        /** The reason while the value of a key cannot be used. */
        Reason invalid() {
            return invalid;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A Secret of an environment's namespace. */
    public static Reference secret(RecordSpongeEnvironment environment, String name) {
        return new Reference(Kind.SECRET, environment.getMetadata().getNamespace(), name);
    }

    /** A ConfigMap of an environment's namespace. */
    public static Reference configMap(RecordSpongeEnvironment environment, String name) {
        return new Reference(Kind.CONFIG_MAP, environment.getMetadata().getNamespace(), name);
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
