package com.recordsponge.operator.route;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** Traefik's ServersTransport, untyped except for its metadata. */
@Group("traefik.io")
@Version("v1alpha1")
@Kind("ServersTransport")
@Plural("serverstransports")
public class ServersTransport extends GenericKubernetesResource implements Namespaced {

    private static final long serialVersionUID = 1L;

    public ServersTransport() {
        setApiVersion("traefik.io/v1alpha1");
        setKind("ServersTransport");
    }
}
