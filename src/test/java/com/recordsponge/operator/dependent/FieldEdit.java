package com.recordsponge.operator.dependent;

import com.recordsponge.operator.dependent.FieldRule.Treatment;
import com.recordsponge.operator.route.Middleware;
import com.recordsponge.operator.route.ServersTransport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** The edits that somebody could make to an environment's objects, by field; a new one is one more row. */
enum FieldEdit {
    IMAGE("{containers: [{name: app, image: 'other:1'}]}"),
    ENV_ADDED("{containers: [{name: app, env: [{name: DEBUG, value: '1'}, {name: PGHOST, value: elsewhere}]}]}"),
    ENV_CHANGED("{containers: [{name: app, env: [{name: TIER, value: development}]}]}"),
    ENV_FROM("{containers: [{name: app, envFrom: [{configMapRef: {name: other}}]}]}"),
    COMMAND("{containers: [{name: app, command: [sleep], args: ['1']}]}"),
    WORKING_DIRECTORY("{containers: [{name: app, workingDir: /tmp}]}"),
    PULL_POLICY("{containers: [{name: app, imagePullPolicy: Never}]}"),
    LIMITS("{containers: [{name: app, resources: {limits: {memory: 64Mi}}}]}"),
    PROBE("{containers: [{name: app, livenessProbe: {periodSeconds: 1, failureThreshold: 1}}]}"),
    POST_START("{containers: [{name: app, lifecycle: {postStart: {exec: {command: ['true']}}}}]}"),
    PRIVILEGES("{containers: [{name: app, securityContext: {runAsNonRoot: false, runAsUser: 0}}]}"),
    READ_ONLY_ROOT("{containers: [{name: app, securityContext: {readOnlyRootFilesystem: false}}]}"),
    CONTAINER_PORT("{containers: [{name: app, ports: [{containerPort: 9000, protocol: TCP}]}]}"),
    MOUNT(
            "{volumes: [{name: more, emptyDir: {}}], containers: [{name: app, volumeMounts: [{name: more, mountPath: /more}]}]}"),
    SIDECAR("{containers: [{name: debug, image: 'busybox:1'}]}"),
    INIT_CONTAINER("{initContainers: [{name: first, image: 'busybox:1'}]}"),
    SERVICE_ACCOUNT("{serviceAccountName: other, automountServiceAccountToken: true}"),
    HOST_NETWORK("{hostNetwork: true, hostPID: true}"),
    DNS("{dnsPolicy: Default, hostAliases: [{ip: 192.0.2.9, hostnames: [db]}]}"),
    PLACEMENT("{nodeSelector: {disk: fast}, tolerations: [{operator: Exists}], priorityClassName: other}"),
    POD_SECURITY("{securityContext: {runAsUser: 1000, fsGroup: 1000, supplementalGroups: [0]}}"),
    GRACE_PERIOD("{terminationGracePeriodSeconds: 1}"),
    PULL_SECRET("{imagePullSecrets: [{name: other}]}"),
    TEMPLATE_LABEL(Deployment.class, "site", "{spec: {template: {metadata: {labels: {app: other}}}}}"),
    TEMPLATE_ANNOTATION(
            Deployment.class,
            "site",
            "{spec: {template: {metadata: {annotations: {sidecar.istio.io/inject: 'true'}}}}}"),
    REPLICAS(Deployment.class, "site", "{spec: {replicas: 7}}"),
    STRATEGY(Deployment.class, "site", "{spec: {strategy: {$retainKeys: [type], type: Recreate}}}"),
    TIMING(Deployment.class, "site", "{spec: {minReadySeconds: 60, progressDeadlineSeconds: 90}}"),
    SERVICE_PORT(Service.class, "site-*", "{spec: {ports: [{name: more, port: 81, protocol: TCP}]}}"),
    SERVICE_TYPE(Service.class, "site-*", "{spec: {type: NodePort}}"),
    SERVICE_SELECTOR(Service.class, "site-*", "{spec: {selector: {app: other}}}"),
    SERVICE_ADDRESS(Service.class, "site-*", "{spec: {externalIPs: [192.0.2.1], publishNotReadyAddresses: true}}"),
    SESSION_AFFINITY(Service.class, "site-*", "{spec: {sessionAffinity: ClientIP}}"),
    DATABASE_PORT(Service.class, "site-db-*", "{spec: {ports: [{name: more, port: 81, protocol: TCP}]}}"),
    ENDPOINTS(EndpointSlice.class, "site-db-*", "{endpoints: [{addresses: [192.0.2.9]}]}"),
    POLICY_RULE(NetworkPolicy.class, "site", "{spec: {ingress: [{}], egress: [{}]}}"),
    POLICY_TYPE(NetworkPolicy.class, "site", "{spec: {policyTypes: [Ingress]}}"),
    BUDGET(PodDisruptionBudget.class, "site", "{spec: {maxUnavailable: null, minAvailable: 2}}"),
    INGRESS_RULE(Ingress.class, "site-*", "{spec: {rules: [{host: other.example.org}]}}"),
    INGRESS_BACKEND(Ingress.class, "site-*", "{spec: {defaultBackend: {service: {name: other, port: {number: 80}}}}}"),
    INGRESS_CLASS(Ingress.class, "site-*", "{spec: {ingressClassName: other}}"),
    INGRESS_ANNOTATION(
            Ingress.class, "site-*", "{metadata: {annotations: {traefik.ingress.kubernetes.io/router.priority: '9'}}}"),
    INGRESS_ISSUER(Ingress.class, "site-*", "{metadata: {annotations: {cert-manager.io/cluster-issuer: other}}}"),
    CONNECTION_SOURCE(
            Secret.class, "site-database-*", "{metadata: {annotations: {recordsponge.com/source: Secret/other}}}"),
    COPY_SOURCE(Secret.class, "site-copy-*", "{metadata: {annotations: {recordsponge.com/source: Secret/other}}}"),
    MIDDLEWARE(Middleware.class, "site-to-https-*", "{spec: {redirectScheme: {permanent: false}}}"),
    TRANSPORT(ServersTransport.class, "site-*", "{spec: {insecureSkipVerify: true}}"),
    OUR_LABEL(Service.class, "site-*", "{metadata: {labels: {recordsponge.com/environment: other}}}"),
    RESTART(
            Treatment.LEFT,
            Deployment.class,
            "site",
            "{spec: {template: {metadata: {annotations: {kubectl.kubernetes.io/restartedAt: now}}}}}"),
    LABEL_OF_OTHERS(Treatment.LEFT, Ingress.class, "site-*", "{metadata: {labels: {team: web}}}"),
    ANNOTATION_OF_OTHERS(Treatment.LEFT, Deployment.class, "site", "{metadata: {annotations: {note: mine}}}"),
    PAUSE(Treatment.REPORTED, Deployment.class, "site", "{spec: {paused: true}}");

    final Treatment treatment;
    final Class<? extends HasMetadata> type;
    final String object;
    final String patch;

    /** Of the Deployment's pods. */
    FieldEdit(String podSpec) {
        this(Deployment.class, "site", "{spec: {template: {spec: %s}}}".formatted(podSpec));
    }

    FieldEdit(Class<? extends HasMetadata> type, String object, String patch) {
        this(Treatment.PUT_BACK, type, object, patch);
    }

    FieldEdit(Treatment treatment, Class<? extends HasMetadata> type, String object, String patch) {
        this.treatment = treatment;
        this.type = type;
        this.object = object;
        this.patch = patch;
    }

    /** As kubectl edits built-in kinds: lists are merged by their keys. */
    PatchType patchType() {
        return type == Middleware.class || type == ServersTransport.class
                ? PatchType.JSON_MERGE
                : PatchType.STRATEGIC_MERGE;
    }
}
