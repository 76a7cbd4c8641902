package com.recordsponge.operator.route;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Set;

/**
 * What the ingress controller has loaded of the objects to which Ingresses and the Service refer by name: Middlewares,
 * ServersTransports and the Secret of the certificate, each as kind/name.
 *
 * @param named to which an Ingress or the Service refers now
 * @param settled to which none has referred for as long as the ingress controller needs to load a change
 */
record Loaded(Set<String> named, Set<String> settled) {

    static String middleware(String name) {
        return "Middleware/" + name;
    }

    static String transport(String name) {
        return "ServersTransport/" + name;
    }

    static String secret(String name) {
        return "Secret/" + name;
    }

    /** Whether an Ingress or the Service can refer to an object: the ingress controller has loaded it. */
    boolean permits(String object) {
        return named.contains(object) || settled.contains(object);
    }

    /** Whether the ingress controller can still use an object. */
    boolean isInUse(HasMetadata object) {
        return !settled.contains(object.getKind() + "/" + object.getMetadata().getName());
    }
}
