package com.recordsponge.operator.support;

import java.io.IOException;
import java.nio.file.Path;

/** The programs and manifests of the development cluster, built once into a cache. */
public final class ClusterParts {

    private ClusterParts() {}

    /** Folder of kube-apiserver, etcd and kubectl. */
    public static Path kubernetes() throws IOException {
        return part("kubernetes");
    }

    /** Folder of helm. */
    public static Path helm() throws IOException {
        return part("helm");
    }

    /** Folder of Traefik, with traefik-crds.yaml. */
    public static Path traefik() throws IOException {
        return part("traefik");
    }

    /** Folder of cert-manager, with cert-manager-crds.yaml. */
    public static Path certManager() throws IOException {
        return part("cert-manager");
    }

    /** Folder of pebble, an ACME server, and pebble-challtestsrv, its DNS server. */
    public static Path pebble() throws IOException {
        return part("pebble");
    }

    /** Folder of actionlint. */
    public static Path actionlint() throws IOException {
        return part("actionlint");
    }

    /** Folder of cyclonus, which simulates NetworkPolicies. */
    public static Path cyclonus() throws IOException {
        return part("cyclonus");
    }

    /** Folder of Argo CD, with kustomize and a program that computes the health of resources. */
    public static Path argoCd() throws IOException {
        return part("argocd");
    }

    private static Path part(String module) throws IOException {
        return Path.of(Command.run("k8s-dev/tools/build.sh", module).strip());
    }
}
