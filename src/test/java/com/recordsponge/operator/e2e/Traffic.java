package com.recordsponge.operator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/**
 * A connection, and whether the policies should allow it.
 *
 * @param description the connection as a sentence
 * @param port the port of the target pod or server, after any Service
 */
record Traffic(String description, Peer from, Peer to, String protocol, int port, boolean allowed) {

    /**
     * The source or target of a connection.
     *
     * @param namespace null if it is not a pod
     */
    record Peer(String ip, String namespace, Map<String, String> namespaceLabels, Map<String, String> labels) {

        static Peer outside(String ip) {
            return new Peer(ip, null, Map.of(), Map.of());
        }

        static Peer pod(TestCluster cluster, Pod pod) {
            return pod(
                    cluster,
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getLabels(),
                    pod.getStatus().getPodIP());
        }

        /** A pod that does not have to exist. */
        static Peer pod(TestCluster cluster, String namespace, Map<String, String> labels, String ip) {
            var namespaceLabels = cluster.client()
                    .namespaces()
                    .withName(namespace)
                    .get()
                    .getMetadata()
                    .getLabels();
            return new Peer(ip, namespace, namespaceLabels, labels);
        }
    }

    @Override
    public String toString() {
        return (allowed ? "allowed: " : "denied: ") + description;
    }
}
