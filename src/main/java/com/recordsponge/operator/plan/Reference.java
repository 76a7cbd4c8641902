package com.recordsponge.operator.plan;

/** A Secret or ConfigMap that an environment names but does not own. */
public record Reference(Kind kind, String namespace, String name) {

    /** The kinds that can be named. */
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

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
