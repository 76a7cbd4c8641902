package com.recordsponge.operator.route;

import com.recordsponge.operator.certificate.CertificatePlan;
import com.recordsponge.operator.certificate.StoredCertificate;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.probe.Trust;

/** Which certificates of an environment clients accept, as far as the operator knows their authorities. */
record CertificateTrust(Trust trust, PlanInput input) {

    /**
     * Whether visitors would lose by the wanted certificate: they accept the one that the route serves, and not the wanted
     * one. Of a provided certificate nobody can tell: its owner may know clients that know its issuer.
     */
    boolean losesBy(CertificatePlan wanted, SiteRoute route) {
        return wanted.issuer().isPresent()
                && route.tlsSecret()
                        .filter(secret -> !secret.equals(wanted.secretName()))
                        .filter(secret -> CertificatePlan.isUsable(secret, route.hosts(), input))
                        .filter(this::isAccepted)
                        .filter(_ -> !isAccepted(wanted.secretName()))
                        .isPresent();
    }

    private boolean isAccepted(String secret) {
        return StoredCertificate.of(secret, input.owned())
                .filter(trust::accepts)
                .isPresent();
    }
}
