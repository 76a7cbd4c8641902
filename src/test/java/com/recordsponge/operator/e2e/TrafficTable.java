package com.recordsponge.operator.e2e;

import com.recordsponge.operator.e2e.Traffic.Peer;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What may pass and what may not, between pods of the cluster as they are and some that could be there. */
final class TrafficTable {

    private static final String TCP = "TCP";
    private static final String UDP = "UDP";
    private static final int SITE_PORT = 5000;
    private static final Map<String, String> ANYTHING = Map.of("app", "anything");

    private final TestCluster cluster;
    private final List<Traffic> rows = new ArrayList<>();

    private final Peer controller;
    private final Peer dns;
    private final Peer neighbour;
    private final Peer internet = Peer.outside("203.0.113.7");
    private final Peer database;

    TrafficTable(TestCluster cluster) {
        this.cluster = cluster;
        controller = running("app.kubernetes.io/name", "traefik");
        dns = running("k8s-app", "kube-dns");
        neighbour = pod(cluster.namespace(), ANYTHING, "10.42.0.201");
        database = Peer.outside(cluster.databaseHost());
    }

    /**
     * @param site runs, with the test's database at its address
     * @param named has the database at a name
     * @param bare has none
     */
    List<Traffic> rows(TestEnvironment site, TestEnvironment named, TestEnvironment bare) {
        var sitePod = Peer.pod(cluster, site.pods().getFirst());
        var namedPod = podOf(named, "10.42.0.202");
        var barePod = podOf(bare, "10.42.0.203");
        requests(sitePod, namedPod);
        dns(sitePod);
        databases(sitePod, namedPod, barePod);
        internet(sitePod);
        cluster(sitePod, namedPod);
        others(barePod);
        return rows;
    }

    private void requests(Peer site, Peer other) {
        var impostor = pod(cluster.namespace(), controller.labels(), "10.42.0.204");
        allowed("the ingress controller reaches the site", controller, site, TCP, SITE_PORT);
        denied("the ingress controller reaches another port of the site's pod", controller, site, TCP, 8080);
        denied("the ingress controller reaches the site's port over UDP", controller, site, UDP, SITE_PORT);
        denied("a pod of the same namespace reaches the site", neighbour, site, TCP, SITE_PORT);
        denied(
                "a pod of another namespace reaches the site",
                pod("default", ANYTHING, "10.42.0.205"),
                site,
                TCP,
                SITE_PORT);
        denied("another pod of the ingress controller's namespace reaches the site", dns, site, TCP, SITE_PORT);
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
        allowed("the site asks the cluster's DNS", site, dns, UDP, 53);
        allowed("the site asks the cluster's DNS for a long answer", site, dns, TCP, 53);
        denied("the site reads the metrics of the cluster's DNS", site, dns, TCP, 9153);
        denied("the site asks another pod as if it were DNS", site, neighbour, UDP, 53);
        denied("the site asks a DNS server of the internet", site, internet, UDP, 53);
    }

    private void databases(Peer site, Peer named, Peer bare) {
        allowed("the site reaches its database at an address", site, database, TCP, 5432);
        allowed("a site reaches its database at the address behind a name", named, database, TCP, 5432);
        denied("the site reaches another port of its database's host", site, database, TCP, 5433);
        denied("the site reaches the kubelet of its database's host", site, database, TCP, 10250);
        denied("the site reaches its database's port over UDP", site, database, UDP, 5432);
        denied("the site reaches a database beside its own", site, Peer.outside("10.42.0.2"), TCP, 5432);
        denied("the site reaches a database on the internet", site, internet, TCP, 5432);
        denied("the site reaches a database in a pod", site, neighbour, TCP, 5432);
        denied("a site without a database reaches another site's", bare, database, TCP, 5432);
    }

    private void internet(Peer site) {
        var internet6 = Peer.outside("2001:db8::7");
        allowed("the site calls a service of the internet", site, internet, TCP, 443);
        allowed("the site calls a service of the internet over IPv6", site, internet6, TCP, 443);
        denied("the site calls without TLS", site, internet, TCP, 80);
        denied("the site calls without TLS over IPv6", site, internet6, TCP, 80);
        denied("the site calls over QUIC", site, internet, UDP, 443);
        denied("the site sends mail", site, internet, TCP, 25);
        denied("the site opens a shell elsewhere", site, internet, TCP, 22);
        denied("the site reads the cloud's metadata", site, Peer.outside("169.254.169.254"), TCP, 80);
    }

    private void cluster(Peer site, Peer other) {
        allowed("the site calls a pod that serves HTTPS", site, neighbour, TCP, 443);
        denied("the site calls a pod that serves HTTP", site, neighbour, TCP, 80);
        denied("the site calls another site", site, other, TCP, SITE_PORT);
        denied(
                "the site calls the API server at the port of k3s",
                site,
                Peer.outside(cluster.databaseHost()),
                TCP,
                6443);
    }

    private void others(Peer bare) {
        var solver = pod(cluster.namespace(), Map.of("acme.cert-manager.io/http01-solver", "true"), "10.42.0.206");
        allowed("the ingress controller reaches a site without a database", controller, bare, TCP, SITE_PORT);
        allowed("a site without a database asks the cluster's DNS", bare, dns, UDP, 53);
        allowed(
                "the ingress controller reaches the pod that proves a host to Let's Encrypt",
                controller,
                solver,
                TCP,
                8089);
        allowed("a pod that is no site's goes where it wants", neighbour, internet, TCP, 80);
    }

    private void allowed(String sentence, Peer from, Peer to, String protocol, int port) {
        rows.add(new Traffic(sentence, from, to, protocol, port, true));
    }

    private void denied(String sentence, Peer from, Peer to, String protocol, int port) {
        rows.add(new Traffic(sentence, from, to, protocol, port, false));
    }

    /** A pod of k3s' own that this cluster has too. */
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
