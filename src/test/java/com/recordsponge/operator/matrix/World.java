package com.recordsponge.operator.matrix;

import com.recordsponge.operator.matrix.Timeline.Entry;
import com.recordsponge.operator.support.SiteVisitor;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The cluster in which sites change. */
public interface World {

    KubernetesClient client();

    /** Requests sites from the cluster's ingress controller. */
    SiteVisitor visitor();

    /** The authority that signs the sites' certificates. */
    X509Certificate authority();

    /** The value of a placeholder of {@code matrix/fields.yaml} for the site of a namespace; null if there is none. */
    String value(String namespace, String placeholder);

    /** The data of the Secrets and ConfigMaps that the table names. */
    Map<String, Map<String, String>> contents(String namespace);

    /** How long a change may take until the site is Ready again. */
    Duration settleTime();

    /** How long a change is watched that does not show in the status. */
    Duration watchTime();

    /** The operator's writes in a namespace since a time. */
    List<Entry> writes(String namespace, Instant since);
}
