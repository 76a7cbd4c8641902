package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.e2e.ClusterTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.support.Edits;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the commands of docs/gitops.md deploy: an operator and its environments.
 *
 * @param namespace the environments' namespace; the operator's has the suffix {@code -system}
 */
record GitOpsPlatform(TestCluster cluster, String namespace) {

    /** A field of environments that only a later CRD has. */
    static final String NEW_FIELD = "contact";

    /** Applications before those that they contain. */
    private static final List<String> APPLICATIONS = List.of("recordsponge", "prod", "staging", "issuer", "operator");

    /** Deletes everything, but not the CRD, which the tests share. */
    void delete() {
        APPLICATIONS.forEach(name -> ArgoCd.get().application(name).orphan());
        environments().delete();
        // Kubernetes looks at a namespace with pods again only after half of their grace period.
        eventually(() -> assertThat(pods(namespace)).isEmpty());
        var namespaces = List.of(namespace, namespace + "-system");
        namespaces.forEach(name -> cluster.client().namespaces().withName(name).delete());
        eventually(() -> assertThat(namespaces).allSatisfy(name -> assertThat(
                        cluster.client().namespaces().withName(name).get())
                .isNull()));
    }

    /** Removes from the CRD what only this platform added. */
    void restoreCrd() {
        Edits.edit(cluster.client(), crd().get(), crd -> {
            crd.getMetadata().getAnnotations().keySet().removeIf(key -> key.matches("argocd.*|.*/test-run"));
            crd.getSpec()
                    .getVersions()
                    .getFirst()
                    .getSchema()
                    .getOpenAPIV3Schema()
                    .getProperties()
                    .get("spec")
                    .getProperties()
                    .remove(NEW_FIELD);
            return crd;
        });
    }

    Resource<CustomResourceDefinition> crd() {
        return cluster.client()
                .resources(CustomResourceDefinition.class)
                .withName("recordspongeenvironments.recordsponge.com");
    }

    /** The value of the new field, which no class of this version has. */
    String newField(String environment) {
        return environments().withName(environment).get().get("spec", NEW_FIELD);
    }

    private NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> environments() {
        return cluster.client()
                .genericKubernetesResources("recordsponge.com/v1", "RecordSpongeEnvironment")
                .inNamespace(namespace);
    }

    List<Pod> operators() {
        return pods(namespace + "-system");
    }

    private List<Pod> pods(String of) {
        return cluster.client().pods().inNamespace(of).list().getItems();
    }

    /** The digests that the pods of each environment run. */
    Map<String, Set<String>> images() {
        return pods(namespace).stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .collect(Collectors.groupingBy(
                        pod -> pod.getMetadata().getLabels().get(Labels.ENVIRONMENT),
                        Collectors.flatMapping(
                                pod -> pod.getStatus().getContainerStatuses().stream()
                                        .map(ContainerStatus::getImageID)
                                        .map(image -> image.replaceFirst(".*@", "")),
                                Collectors.toSet())));
    }
}
