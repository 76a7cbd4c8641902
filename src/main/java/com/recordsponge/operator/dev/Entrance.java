package com.recordsponge.operator.dev;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;

/** Which pods the requests for the site go to. */
public final class Entrance {

    private Entrance() {}

    /** The labels of the pods that serve the site. */
    public static Map<String, String> selector(EnvironmentPlan plan) {
        return frontendServes(plan) ? frontend(plan.name()) : Labels.selector(plan.name());
    }

    /** The name of the Deployment of these pods. */
    public static String deployment(EnvironmentPlan plan) {
        return frontendServes(plan) ? FrontendPods.name(plan.name()) : plan.name();
    }

    private static boolean frontendServes(EnvironmentPlan plan) {
        return plan.find(DevPlan.class)
                .flatMap(DevPlan::frontend)
                .filter(DevPlan.Frontend::serves)
                .isPresent();
    }

    /** Whether the front end's server has answered once: until then the application serves the site, as before. */
    static boolean isOpen(String environment, OwnedObjects owned) {
        return isFrontend(environment, owned)
                || owned.named(Deployment.class, FrontendPods.name(environment))
                        .map(Deployment::getStatus)
                        .filter(status -> Rollouts.count(status.getAvailableReplicas()) > 0)
                        .isPresent();
    }

    /** Whether requests for the site go to the front end's server. */
    static boolean isFrontend(String environment, OwnedObjects owned) {
        return owned.all(Service.class)
                .anyMatch(service -> service.getSpec() != null
                        && frontend(environment).equals(service.getSpec().getSelector()));
    }

    private static Map<String, String> frontend(String environment) {
        return Labels.selectorOfPart(environment, FrontendPods.PART);
    }
}
