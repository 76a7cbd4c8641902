package com.recordsponge.operator.probe;

/** Asks a site once, through the ingress controller, and waits until it answers or the time is over. */
public interface SiteProbe {

    /** Never throws for a failure of the site or the network: that is an answer. */
    ProbeResult ask(SiteRequest request);
}
