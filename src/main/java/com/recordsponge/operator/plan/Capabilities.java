package com.recordsponge.operator.plan;

/**
 * What the cluster offers beyond Kubernetes' own kinds.
 *
 * @param certManager cert-manager's Certificate is served
 * @param traefik Traefik's Middleware and ServersTransport are served
 * @param ingressController controller of the environment's IngressClass; null when there is no such class
 */
public record Capabilities(boolean certManager, boolean traefik, String ingressController) {

    private static final String TRAEFIK_CONTROLLER = "traefik.io/ingress-controller";

    /** Whether Middlewares take effect on the environment's Ingress. */
    public boolean middlewares() {
        return traefik && traefikController();
    }

    /** Whether Traefik serves the environment's Ingress. */
    public boolean traefikController() {
        return TRAEFIK_CONTROLLER.equals(ingressController);
    }
}
