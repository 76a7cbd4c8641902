package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.DevSpec;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.workload.LiteralText;
import com.recordsponge.operator.workload.PodSecurity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/** Builds the Deployment of the environment's own PostgreSQL server. */
final class PostgresPods {

    static final String PART = "postgres";
    static final int PORT = 5432;

    /** The container that prepares the data; its termination message is an {@link InitdbResult}. */
    static final String INITDB = "initdb";

    /** The user {@code postgres} in the public image. */
    static final long POSTGRES = 999;

    private static final String HOME = "/var/lib/postgresql";
    private static final String SOCKETS = "/tmp";

    /** On SIGTERM the server would wait for its clients; on SIGINT it ends their sessions. */
    private static final String SERVE =
            "trap 'kill -INT $server' TERM; postgres -D %1$s/data -c listen_addresses='*' -c unix_socket_directories=%2$s & server=$!; wait $server; wait $server"
                    .formatted(HOME, SOCKETS);

    private PostgresPods() {}

    static String name(String environment) {
        return DevSpec.Postgres.objectName(environment);
    }

    /** Waits for the Secret with the credentials; another password starts another pod, which sets it. */
    static Optional<Deployment> deployment(EnvironmentPlan plan) {
        var dev = plan.get(DevPlan.class);
        return dev.postgres().flatMap(postgres -> postgres.credentials()
                .map(digest -> PartDeployments.deployment(plan, name(plan.name()), PART, pod(plan, dev, postgres))
                        .edit()
                        .editSpec()
                        .editTemplate()
                        .editMetadata()
                        .addToAnnotations("recordsponge.com/credentials", digest)
                        .endMetadata()
                        .endTemplate()
                        .endSpec()
                        .build()));
    }

    private static PodSpec pod(EnvironmentPlan plan, DevPlan dev, DevPlan.Postgres postgres) {
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(30L)
                .withSecurityContext(PodSecurity.pod(POSTGRES))
                .withInitContainers(initdb(plan, postgres))
                .withContainers(server(plan, postgres))
                .withVolumes(PartPods.source(dev), PartPods.claim(PART, name(plan.name())), PartPods.emptyDir("tmp"))
                .build();
    }

    private static Container initdb(EnvironmentPlan plan, DevPlan.Postgres postgres) {
        return container(plan, postgres, INITDB)
                .withCommand(Supervisor.postgres())
                .addToEnv(
                        credential(plan, "PGPASSWORD", "password"),
                        PartPods.variable("RECORDSPONGE_SOURCE", PartPods.SOURCE_PATH),
                        PartPods.variable("RECORDSPONGE_INITDB", postgres.initdb()),
                        PartPods.variable("RECORDSPONGE_REQUEST", LiteralText.of(postgres.request())))
                .addToVolumeMounts(PartPods.sourceMount())
                .build();
    }

    private static Container server(EnvironmentPlan plan, DevPlan.Postgres postgres) {
        return container(plan, postgres, PART)
                .withCommand("sh", "-c", LiteralText.of(SERVE))
                .addNewPort()
                .withName(PART)
                .withContainerPort(PORT)
                .withProtocol("TCP")
                .endPort()
                .withNewReadinessProbe()
                .withNewExec()
                .withCommand("pg_isready", "--quiet")
                .endExec()
                .withPeriodSeconds(2)
                .withTimeoutSeconds(5)
                .endReadinessProbe()
                .build();
    }

    private static ContainerBuilder container(EnvironmentPlan plan, DevPlan.Postgres postgres, String name) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(postgres.image())
                .withImagePullPolicy("IfNotPresent")
                .withEnv(
                        PartPods.variable("PGHOST", SOCKETS),
                        PartPods.variable("PGDATABASE", DevSpec.Postgres.DATABASE),
                        credential(plan, "PGUSER", "username"))
                .withSecurityContext(PodSecurity.container())
                .withVolumeMounts(List.of(PartPods.mount(PART, HOME), PartPods.mount("tmp", SOCKETS)));
    }

    private static EnvVar credential(EnvironmentPlan plan, String variable, String key) {
        return new EnvVarBuilder()
                .withName(variable)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, name(plan.name()), null)
                .endValueFrom()
                .build();
    }
}
