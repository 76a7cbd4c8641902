package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.DatabasePlan;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.IpAddresses;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.HashMap;
import java.util.Map;

/** Builds the Service without selector and its EndpointSlice, which give a server's address a name in the cluster. */
final class DatabaseEndpoints {

    private static final String PORT_NAME = "postgresql";

    private DatabaseEndpoints() {}

    static Service service(EnvironmentPlan plan, DatabasePlan database) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(plan.namespace())
                .withName(plan.databaseObject())
                .withLabels(plan.labels())
                .endMetadata()
                .withNewSpec()
                .withIpFamilies(IpAddresses.isIpv6(database.host()) ? "IPv6" : "IPv4")
                .withIpFamilyPolicy("SingleStack")
                .addNewPort()
                .withName(PORT_NAME)
                .withProtocol("TCP")
                .withPort(database.port())
                .withTargetPort(new IntOrString(database.port()))
                .endPort()
                .endSpec()
                .build();
    }

    static EndpointSlice slice(EnvironmentPlan plan, DatabasePlan database) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(plan.namespace())
                .withName(plan.databaseObject())
                .withLabels(sliceLabels(plan))
                .endMetadata()
                .withAddressType(IpAddresses.isIpv6(database.host()) ? "IPv6" : "IPv4")
                .addNewPort()
                .withName(PORT_NAME)
                .withProtocol("TCP")
                .withPort(database.port())
                .endPort()
                .addNewEndpoint()
                .withAddresses(database.host())
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .endEndpoint()
                .build();
    }

    private static Map<String, String> sliceLabels(EnvironmentPlan plan) {
        var labels = new HashMap<>(plan.labels());
        labels.put("kubernetes.io/service-name", plan.databaseObject());
        labels.put("endpointslice.kubernetes.io/managed-by", Labels.MANAGER);
        return labels;
    }
}
