package com.recordsponge.operator.api.v1;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How server-side apply merges a list: the schema's {@code x-kubernetes-list-type} and {@code
 * x-kubernetes-list-map-keys}, for which fabric8's CRD generator has no annotation.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface ListType {

    /** {@code set}, {@code map} or {@code atomic}. */
    String value();

    /** The fields that identify an entry of a {@code map}. */
    String[] keys() default {};
}
