package com.recordsponge.operator.e2e;

import com.recordsponge.operator.e2e.Traffic.Peer;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The connections that policies should allow or deny, between existing and hypothetical pods. */
final class ExpectedTraffic {

    private static final String TCP = "TCP";
    private static final String UDP = "UDP";
    private static final int SITE_PORT = 5000;
    private static final Map<String, String> ANYTHING = Map.of("app", "anything");

    private final TestCluster cluster;
    private final List<Traffic> connections = new ArrayList<>();

    private final Peer controller;
    private final Peer dns;
    private final Peer otherPod;
    private final Peer internet = Peer.outside("203.0.113.7");
    private final Peer database;

    ExpectedTraffic(TestCluster cluster) {
        this.cluster = cluster;
        controller = running("app.kubernetes.io/name", "traefik");
        dns = running("k8s-app", "kube-dns");
        otherPod = pod(cluster.namespace(), ANYTHING, "10.42.0.201");
        database = Peer.outside(cluster.databaseHost());
    }

    /**
     * All connections to check.
     *
     * @param site a running environment with a database at an IP address
     * @param named an environment with a database at a DNS name
     * @param bare an environment without a database
     */
    List<Traffic> of(TestEnvironment site, TestEnvironment named, TestEnvironment bare) {
        var sitePod = Peer.pod(cluster, site.pods().getFirst());
        var namedPod = podOf(named, "10.42.0.202");
        var barePod = podOf(bare, "10.42.0.203");
        requests(sitePod, namedPod);
        dns(sitePod);
        databases(sitePod, namedPod, barePod);
        internet(sitePod);
        cluster(sitePod, namedPod);
        others(barePod);
        return connections;
    }

    private void requests(Peer site, Peer other) {
        var impostor = pod(cluster.namespace(), controller.labels(), "10.42.0.204");
        allowed("the ingress controller reaches the site", controller, site, TCP, SITE_PORT);
        denied("the ingress controller reaches another port of the site's pod", controller, site, TCP, 8080);
        denied("the ingress controller reaches the site's port over UDP", controller, site, UDP, SITE_PORT);
        denied("a pod in the same namespace reaches the site", otherPod, site, TCP, SITE_PORT);
        denied(
                "a pod in another namespace reaches the site",
                pod("default", ANYTHING, "10.42.0.205"),
                site,
                TCP,
                SITE_PORT);
        denied("another pod in the ingress controller's namespace reaches the site", dns, site, TCP, SITE_PORT);
        denied(
                "a pod with the ingress controller's labels in another namespace reaches the site",
                impostor,
                site,
                TCP,
                SITE_PORT);
        denied("the internet reaches the site past the ingress controller", internet, site, TCP, SITE_PORT);
        denied("another site reaches the site", other, site, TCP, SITE_PORT);
        denied("the site reaches itself on another pod", site, site, TCP, SITE_PORT);
    }

    private void dns(Peer site) {
        allowed("the site queries the cluster's DNS", site, dns, UDP, 53);
        allowed("the site queries the cluster's DNS over TCP", site, dns, TCP, 53);
        denied("the site reads the metrics of the cluster's DNS", site, dns, TCP, 9153);
        denied("the site queries another pod as a DNS server", site, otherPod, UDP, 53);
        denied("the site queries a DNS server on the internet", site, internet, UDP, 53);
    }

    private void databases(Peer site, Peer named, Peer bare) {
        allowed("the site reaches its database at an IP address", site, database, TCP, 5432);
        allowed("a site reaches its database at a DNS name", named, database, TCP, 5432);
        denied("the site reaches another port of its database server", site, database, TCP, 5433);
        denied("the site reaches the kubelet on its database server", site, database, TCP, 10250);
        denied("the site reaches its database's port over UDP", site, database, UDP, 5432);
        denied("the site reaches another database server", site, Peer.outside("10.42.0.2"), TCP, 5432);
        denied("the site reaches a database on the internet", site, internet, TCP, 5432);
        denied("the site reaches a database in a pod", site, otherPod, TCP, 5432);
        denied("a site without a database reaches another site's database", bare, database, TCP, 5432);
    }

    private void internet(Peer site) {
        var internet6 = Peer.outside("2001:db8::7");
        allowed("the site reaches a service on the internet", site, internet, TCP, 443);
        allowed("the site reaches a service on the internet over IPv6", site, internet6, TCP, 443);
        denied("the site reaches the internet without TLS", site, internet, TCP, 80);
        denied("the site reaches the internet without TLS over IPv6", site, internet6, TCP, 80);
        denied("the site reaches the internet over QUIC", site, internet, UDP, 443);
        denied("the site sends mail", site, internet, TCP, 25);
        denied("the site opens an SSH connection", site, internet, TCP, 22);
        denied("the site reads the cloud's metadata service", site, Peer.outside("169.254.169.254"), TCP, 80);
    }

    private void cluster(Peer site, Peer other) {
        allowed("the site reaches a pod that serves HTTPS", site, otherPod, TCP, 443);
        denied("the site reaches a pod that serves HTTP", site, otherPod, TCP, 80);
        denied("the site reaches another site", site, other, TCP, SITE_PORT);
        denied(
                "the site reaches the API server at the port of k3s",
                site,
                Peer.outside(cluster.databaseHost()),
                TCP,
                6443);
    }

    private void others(Peer bare) {
        var solver = pod(cluster.namespace(), Map.of("acme.cert-manager.io/http01-solver", "true"), "10.42.0.206");
        allowed("the ingress controller reaches a site without a database", controller, bare, TCP, SITE_PORT);
        allowed("a site without a database queries the cluster's DNS", bare, dns, UDP, 53);
        allowed("the ingress controller reaches cert-manager's HTTP-01 solver", controller, solver, TCP, 8089);
        allowed("a pod that is not a site reaches the internet without TLS", otherPod, internet, TCP, 80);
    }

    private void allowed(String description, Peer from, Peer to, String protocol, int port) {
        connections.add(new Traffic(description, from, to, protocol, port, true));
    }

    private void denied(String description, Peer from, Peer to, String protocol, int port) {
        connections.add(new Traffic(description, from, to, protocol, port, false));
    }

    /** A running pod of a component that k3s has as well. */
    private Peer running(String label, String value) {
        return Peer.pod(
                cluster,
                cluster.client()
                        .resources(Pod.class)
                        .inNamespace("kube-system")
                        .withLabel(label, value)
                        .list()
                        .getItems()
                        .getFirst());
    }

    private Peer podOf(TestEnvironment environment, String ip) {
        return pod(cluster.namespace(), Labels.of(environment.name()), ip);
    }

    private Peer pod(String namespace, Map<String, String> labels, String ip) {
        return Peer.pod(cluster, namespace, labels, ip);
    }
}
