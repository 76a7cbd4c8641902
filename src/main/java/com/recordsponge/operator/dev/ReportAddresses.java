package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Part;
import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.Rollouts;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the supervisors of an environment's newest pods report. */
final class ReportAddresses {

    private ReportAddresses() {}

    /**
     * An address of a pod.
     *
     * @param ip the pod's, as the kubelet reports it
     */
    record Address(String ip, int port) {}

    /** The addresses by part or watcher; none for a pod that has no address yet. */
    static Map<String, Address> of(DevPlan plan, String environment, OwnedObjects owned) {
        var addresses = new TreeMap<String, Address>();
        address(owned, environment).ifPresent(ip -> {
            addresses.put(BackendPods.PART, new Address(ip, Supervisor.REPORT_PORT));
            plan.watchers(Part.BACKEND)
                    .forEach(watcher -> addresses.put(Watchers.report(watcher), new Address(ip, watcher.port())));
        });
        address(owned, FrontendPods.name(environment))
                .filter(_ -> plan.frontend().isPresent())
                .ifPresent(ip -> {
                    addresses.put(FrontendPods.PART, new Address(ip, Supervisor.REPORT_PORT));
                    plan.watchers(Part.FRONTEND)
                            .forEach(watcher ->
                                    addresses.put(Watchers.report(watcher), new Address(ip, watcher.port())));
                });
        return addresses;
    }

    private static Optional<String> address(OwnedObjects owned, String deployment) {
        return DeploymentPods.of(owned, deployment)
                .filter(Rollouts::canRun)
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
                .min(DeploymentPods.NEWEST_FIRST)
                .map(pod -> pod.getStatus().getPodIP());
    }
}
