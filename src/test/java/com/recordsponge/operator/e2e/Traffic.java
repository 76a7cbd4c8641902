package com.recordsponge.operator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/**
 * One way that a connection might go.
 *
 * @param sentence what would happen then, as a person says it
 * @param port of the pod or server where it arrives, after any Service
 */
record Traffic(String sentence, Peer from, Peer to, String protocol, int port, boolean allowed) {

    /**
     * One end of it.
     *
     * @param namespace null outside the cluster's pods
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

        /** A pod that need not be there. */
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
        return (allowed ? "allowed: " : "denied: ") + sentence;
    }
}
