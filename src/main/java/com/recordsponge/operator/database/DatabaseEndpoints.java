package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.IpAddresses;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;

/** Builds the Service without selector and its EndpointSlice, which give the address of a server a name in the cluster. */
final class DatabaseEndpoints {

    private static final String PORT_NAME = "postgresql";

    private DatabaseEndpoints() {}

    static List<Service> services(EnvironmentPlan plan) {
        return DatabasePlan.connections(plan)
                .filter(connection -> connection.service().isPresent())
                .map(connection -> service(plan, connection))
                .toList();
    }

    static List<EndpointSlice> slices(EnvironmentPlan plan) {
        return DatabasePlan.connections(plan)
                .filter(connection -> connection.service().isPresent())
                .map(connection -> slice(plan, connection))
                .toList();
    }

    private static Service service(EnvironmentPlan plan, DatabaseConnection connection) {
        return new ServiceBuilder()
                .withMetadata(plan.metadata(connection.service().orElseThrow()))
                .withNewSpec()
                .withIpFamilies(IpAddresses.isIpv6(connection.host()) ? "IPv6" : "IPv4")
                .withIpFamilyPolicy("SingleStack")
                .addNewPort()
                .withName(PORT_NAME)
                .withProtocol("TCP")
                .withPort(connection.port())
                .withTargetPort(new IntOrString(connection.port()))
                .endPort()
                .endSpec()
                .build();
    }

    private static EndpointSlice slice(EnvironmentPlan plan, DatabaseConnection connection) {
        return new EndpointSliceBuilder()
                .withMetadata(plan.metadata(connection.service().orElseThrow()))
                .editMetadata()
                .addToLabels("kubernetes.io/service-name", connection.service().orElseThrow())
                .addToLabels("endpointslice.kubernetes.io/managed-by", Labels.MANAGER)
                .endMetadata()
                .withAddressType(IpAddresses.isIpv6(connection.host()) ? "IPv6" : "IPv4")
                .addNewPort()
                .withName(PORT_NAME)
                .withProtocol("TCP")
                .withPort(connection.port())
                .endPort()
                .addNewEndpoint()
                .withAddresses(connection.host())
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .endEndpoint()
                .build();
    }
}
