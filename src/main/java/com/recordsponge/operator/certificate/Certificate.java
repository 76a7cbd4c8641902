package com.recordsponge.operator.certificate;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** cert-manager's Certificate, untyped except for its metadata. */
@Group("cert-manager.io")
@Version("v1")
@Kind("Certificate")
@Plural("certificates")
public class Certificate extends GenericKubernetesResource implements Namespaced {

    private static final long serialVersionUID = 1L;

    public Certificate() {
        setApiVersion("cert-manager.io/v1");
        setKind("Certificate");
    }
}
