package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.Finding;
import java.util.regex.Pattern;

/**
 * Names of a server that can be those of a Service. Behind its cluster IP is a pod, which the environment's NetworkPolicy
 * does not name; the operator's own login is not restricted and does not notice.
 */
final class ServiceHost {

    /** {@code postgres}, {@code postgres.databases.svc}, and that with the cluster's domain. */
    private static final Pattern SERVICE = Pattern.compile("[^.:]+|[^.]+[.][^.]+[.]svc([.].*)?");

    private static final String ADVICE =
            "%s If %s is a Service with a cluster IP, the site's NetworkPolicy keeps the pods from it: see \"Allowing more\" in docs/network-policy.md.";

    private ServiceHost() {}

    /** A finding with what a login that succeeds does not show. */
    static Finding advise(Finding finding, DatabasePlan plan) {
        return plan.connection()
                .map(DatabaseConnection::host)
                .filter(host -> finding.isReady() && plan.login().isPresent())
                .filter(host -> SERVICE.matcher(host).matches())
                .map(host ->
                        Finding.ready(finding.component(), finding.reason(), ADVICE.formatted(finding.message(), host)))
                .orElse(finding);
    }
}
