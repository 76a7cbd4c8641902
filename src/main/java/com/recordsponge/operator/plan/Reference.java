package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;

/** A Secret or ConfigMap that an environment references but does not own. */
public record Reference(Kind kind, String namespace, String name) {

    /** The kinds that can be referenced. */
    public enum Kind {
        SECRET("Secret"),
        CONFIG_MAP("ConfigMap");

        private final String text;

        Kind(String text) {
            this.text = text;
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
