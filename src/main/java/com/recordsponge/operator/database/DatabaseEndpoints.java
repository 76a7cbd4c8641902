package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.IpAddresses;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;

/** Builds the Service without selector and its EndpointSlice, which give a server's address a name in the cluster. */
final class DatabaseEndpoints {

    private static final String PORT_NAME = "postgresql";

    private DatabaseEndpoints() {}

    static Service service(EnvironmentPlan plan, DatabaseConnection database) {
        return new ServiceBuilder()
                .withMetadata(plan.metadata(plan.databaseObject()))
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

    static EndpointSlice slice(EnvironmentPlan plan, DatabaseConnection database) {
        return new EndpointSliceBuilder()
                .withMetadata(plan.metadata(plan.databaseObject()))
                .editMetadata()
                .addToLabels("kubernetes.io/service-name", plan.databaseObject())
                .addToLabels("endpointslice.kubernetes.io/managed-by", Labels.MANAGER)
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
}
