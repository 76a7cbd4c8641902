package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Part;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.workload.LiteralText;
import com.recordsponge.operator.workload.PodSecurity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HostAliasBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Builds the Deployment of the front end's development server and its watchers. */
final class FrontendPods {

    static final String PART = "frontend";
    static final int PORT = 3000;

    private static final String PATH = "/src/frontend";
    private static final String CA_PATH = "/etc/recordsponge/npm";
    private static final String MODULES = "node-modules";

    /** The host that the tree's package.json proxies to; the supervisor forwards connections from there. */
    private static final String PROXIED_HOST = "expungeservice";

    private FrontendPods() {}

    static String name(String environment) {
        return environment + "-" + PART;
    }

    static String modulesClaim(String environment) {
        return environment + "-" + MODULES;
    }

    static Optional<Deployment> deployment(EnvironmentPlan plan) {
        var dev = plan.get(DevPlan.class);
        return dev.frontend()
                .map(frontend -> PartDeployments.deployment(plan, name(plan.name()), PART, pod(plan, dev, frontend)));
    }

    private static PodSpec pod(EnvironmentPlan plan, DevPlan dev, DevPlan.Frontend frontend) {
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(15L)
                .withSecurityContext(PodSecurity.pod(PodSecurity.NOBODY))
                .withHostAliases(new HostAliasBuilder()
                        .withIp("127.0.0.1")
                        .withHostnames(PROXIED_HOST)
                        .build())
                .withContainers(containers(plan, dev, frontend))
                .withVolumes(volumes(plan, dev, frontend))
                .build();
    }

    private static List<Container> containers(EnvironmentPlan plan, DevPlan dev, DevPlan.Frontend frontend) {
        var containers = new ArrayList<Container>();
        containers.add(container(
                        plan,
                        frontend,
                        "node",
                        Supervisor.node(Supervisor.Role.FRONTEND, Supervisor.REPORT_PORT, List.of("npm", "start")))
                .addNewPort()
                .withName("http")
                .withContainerPort(PORT)
                .withProtocol("TCP")
                .endPort()
                // The first installation and the first compilation take minutes on a small machine.
                .withNewStartupProbe()
                .withNewHttpGet()
                .withPath("/")
                .withNewPort("http")
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(3)
                .withTimeoutSeconds(5)
                .withFailureThreshold(300)
                .endStartupProbe()
                .withNewReadinessProbe()
                .withNewTcpSocket()
                .withPort(new IntOrString("http"))
                .endTcpSocket()
                .withPeriodSeconds(5)
                .endReadinessProbe()
                .build());
        dev.watchers(Part.FRONTEND)
                .forEach(watcher -> containers.add(container(
                                plan,
                                frontend,
                                Watchers.container(watcher),
                                Supervisor.node(Supervisor.Role.WATCHER, watcher.port(), watcher.command()))
                        .build()));
        return containers;
    }

    private static ContainerBuilder container(
            EnvironmentPlan plan, DevPlan.Frontend frontend, String name, List<String> command) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(frontend.image())
                .withImagePullPolicy("IfNotPresent")
                .withCommand(command)
                .withEnv(variables(plan, frontend))
                .withSecurityContext(PodSecurity.container())
                .withVolumeMounts(mounts(frontend));
    }

    /** Behind a proxy, the page must take the socket's address from its own; the server must accept any host name. */
    private static List<EnvVar> variables(EnvironmentPlan plan, DevPlan.Frontend frontend) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("BROWSER", "none");
        variables.put("DANGEROUSLY_DISABLE_HOST_CHECK", "true");
        variables.put("HOME", "/tmp");
        variables.put("PORT", Integer.toString(PORT));
        variables.put("WDS_SOCKET_PORT", "0");
        frontend.ca()
                .filter(ca -> ca.copy().isPresent())
                .ifPresent(_ -> variables.put("NODE_EXTRA_CA_CERTS", CA_PATH + "/ca.crt"));
        frontend.env().forEach(variable -> variables.put(variable.name(), LiteralText.of(variable.value())));
        variables.put("RECORDSPONGE_SOURCE", PartPods.SOURCE_PATH + PATH);
        variables.put("RECORDSPONGE_TARGET", PATH);
        variables.put("RECORDSPONGE_BACKEND", PartServices.backendAddress(plan));
        return variables.entrySet().stream()
                .map(variable -> PartPods.variable(variable.getKey(), variable.getValue()))
                .toList();
    }

    private static List<VolumeMount> mounts(DevPlan.Frontend frontend) {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(PartPods.sourceMount());
        mounts.add(PartPods.mount(PART, PATH));
        // Mounts and not links: react-scripts compiles only what is really below its folder.
        mounts.add(folder("public"));
        mounts.add(folder("src"));
        mounts.add(PartPods.mount(MODULES, PATH + "/node_modules"));
        mounts.add(PartPods.mount("tmp", "/tmp"));
        frontend.ca().filter(ca -> ca.copy().isPresent()).ifPresent(_ -> mounts.add(PartPods.mount("npm-ca", CA_PATH)));
        return mounts;
    }

    private static VolumeMount folder(String name) {
        return new VolumeMountBuilder()
                .withName(PartPods.SOURCE)
                .withMountPath(PATH + "/" + name)
                .withSubPath("src/frontend/" + name)
                .withReadOnly(true)
                .build();
    }

    private static List<Volume> volumes(EnvironmentPlan plan, DevPlan dev, DevPlan.Frontend frontend) {
        var volumes = new ArrayList<Volume>();
        volumes.add(PartPods.source(dev));
        volumes.add(PartPods.emptyDir(PART));
        volumes.add(PartPods.claim(MODULES, modulesClaim(plan.name())));
        volumes.add(PartPods.emptyDir("tmp"));
        frontend.ca()
                .flatMap(ca -> ca.copy())
                .ifPresent(copy -> volumes.add(new VolumeBuilder()
                        .withName("npm-ca")
                        .withNewSecret()
                        .withSecretName(copy)
                        .endSecret()
                        .build()));
        return volumes;
    }
}
