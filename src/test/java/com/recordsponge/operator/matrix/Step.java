package com.recordsponge.operator.matrix;

import java.util.Optional;

/**
 * One change of a site.
 *
 * @param spec the spec after the change
 * @param serves the spec whose form the site takes; empty if it keeps its form
 * @param content what happens to the object that the field names
 * @param interrupts whether the change itself interrupts the site
 */
public record Step(
        Kind kind,
        String description,
        Spec spec,
        Optional<Spec> serves,
        Optional<Content> content,
        boolean interrupts) {

    /** What is expected of a change. */
    public enum Kind {
        /** The site takes the new form. */
        WORKS,
        /** The site keeps its form. */
        CANNOT_WORK,
        /** Something still cannot work; the site takes the form of what else is edited. */
        BESIDES,
        /** The new value works, but no new pod can start: the pods keep their form. */
        BLOCKED,
        /** The API server refuses the change. */
        REFUSED
    }

    /**
     * New data of a Secret or ConfigMap of the site.
     *
     * @param source the object of the site that has this data; {@value #DELETED} deletes the object
     */
    public record Content(String kind, String name, String source) {

        public static final String DELETED = "deleted";
    }

    static Step of(Kind kind, String description, Spec spec) {
        var serves = kind == Kind.WORKS ? Optional.of(spec) : Optional.<Spec>empty();
        return new Step(kind, description, spec, serves, Optional.empty(), false);
    }

    static Step besides(String description, Spec spec, Spec serves) {
        return new Step(Kind.BESIDES, description, spec, Optional.of(serves), Optional.empty(), false);
    }

    Step interrupting() {
        return new Step(kind, description, spec, serves, content, true);
    }

    Step with(Content changed) {
        return new Step(kind, description, spec, serves, Optional.of(changed), interrupts);
    }

    @Override
    public String toString() {
        return description;
    }
}
