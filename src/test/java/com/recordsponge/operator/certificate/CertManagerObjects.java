package com.recordsponge.operator.certificate;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/** Creates the objects of an issuance as cert-manager 1.11.5 does, with statuses that it writes. */
public final class CertManagerObjects {

    private final KubernetesClient client;

    public CertManagerObjects(KubernetesClient client) {
        this.client = client;
    }

    /** An Issuer of a namespace, for an ACME server. */
    public HasMetadata issuer(String namespace, String name, String status) {
        return create("""
            apiVersion: cert-manager.io/v1
            kind: Issuer
            metadata: {namespace: %s, name: %s}
            spec:
              acme:
                server: https://acme.test/directory
                privateKeySecretRef: {name: account}
                solvers: [{http01: {ingress: {class: traefik}}}]
            """.formatted(namespace, name), status);
    }

    /** The CertificateRequest of a Certificate's revision. */
    public HasMetadata request(HasMetadata certificate, int revision, String status) {
        return owned(
                certificate,
                "%s-%d".formatted(certificate.getMetadata().getName(), revision),
                """
            apiVersion: cert-manager.io/v1
            kind: CertificateRequest
            metadata: {annotations: {cert-manager.io/certificate-name: %s, cert-manager.io/certificate-revision: "%d"}}
            spec: {issuerRef: {name: letsencrypt, kind: Issuer, group: cert-manager.io}, request: cmVxdWVzdA==}
            """.formatted(certificate.getMetadata().getName(), revision),
                status);
    }

    /** The Order of a CertificateRequest. */
    public HasMetadata order(HasMetadata request, String status) {
        return owned(request, request.getMetadata().getName() + "-4058671432", """
            apiVersion: acme.cert-manager.io/v1
            kind: Order
            metadata: {}
            spec: {issuerRef: {name: letsencrypt, kind: Issuer, group: cert-manager.io}, request: cmVxdWVzdA==}
            """, status);
    }

    /** The Challenge of an Order for one name. */
    public HasMetadata challenge(HasMetadata order, String host, String status) {
        var challenge = owned(
                order,
                order.getMetadata().getName() + "-" + Integer.toUnsignedString(host.hashCode()),
                """
            apiVersion: acme.cert-manager.io/v1
            kind: Challenge
            metadata: {}
            spec:
              authorizationURL: https://acme.test/authorization/1
              dnsName: %s
              issuerRef: {name: letsencrypt, kind: Issuer, group: cert-manager.io}
              key: token.key
              solver: {http01: {ingress: {class: traefik}}}
              token: token
              type: HTTP-01
              url: https://acme.test/challenge/1
            """.formatted(host),
                status);
        return challenge;
    }

    private HasMetadata owned(HasMetadata owner, String name, String yaml, String status) {
        var object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        var metadata = object.getMetadata();
        metadata.setNamespace(owner.getMetadata().getNamespace());
        metadata.setName(name);
        if (!object.getKind().equals("Challenge")) {
            metadata.setLabels(owner.getMetadata().getLabels());
        }
        metadata.setOwnerReferences(List.of(new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build()));
        return create(object, status);
    }

    private HasMetadata create(String yaml, String status) {
        return create(Serialization.unmarshal(yaml, GenericKubernetesResource.class), status);
    }

    private HasMetadata create(GenericKubernetesResource object, String status) {
        return status(client.resource(object).create(), status);
    }

    /** Writes a status, in YAML. */
    public HasMetadata status(HasMetadata object, String status) {
        var written = Serialization.clone((GenericKubernetesResource) object);
        written.setAdditionalProperty(
                "status",
                Serialization.unmarshal("status:\n" + status.indent(2), Map.class)
                        .get("status"));
        return client.resource(written).updateStatus();
    }
}
