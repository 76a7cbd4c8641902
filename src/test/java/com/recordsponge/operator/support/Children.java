package com.recordsponge.operator.support;

import com.recordsponge.operator.environment.EnvironmentReconciler;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The objects that the operator created for an environment, of every kind that the reconciler's annotation lists: a kind
 * that is added there is here too.
 */
public record Children(KubernetesClient client, String namespace, String environment) {

    /** All objects that exist now. */
    public List<HasMetadata> all() {
        return kinds().flatMap(this::ofKind).toList();
    }

    /** The kinds of which the environment has no object. */
    public List<String> missingKinds() {
        return kinds().filter(kind -> ofKind(kind).findAny().isEmpty())
                .map(Class::getSimpleName)
                .toList();
    }

    /** The object as it is now; null if it is gone. */
    public HasMetadata current(HasMetadata child) {
        return client.resource(child).get();
    }

    /** All of an object that is not the API server's or a controller's own. */
    @SuppressWarnings("unchecked")
    public static Object content(HasMetadata object) {
        var content =
                new LinkedHashMap<String, Object>(Serialization.jsonMapper().convertValue(object, Map.class));
        content.remove("status");
        content.put(
                "metadata",
                Map.of(
                        "labels", object.getMetadata().getLabels(),
                        "annotations", object.getMetadata().getAnnotations()));
        return content;
    }

    private Stream<HasMetadata> ofKind(Class<? extends HasMetadata> kind) {
        return client
                .resources(kind)
                .inNamespace(namespace)
                .withLabel(Labels.ENVIRONMENT, environment)
                .list()
                .getItems()
                .stream()
                .map(HasMetadata.class::cast)
                .filter(object -> !isOfCertManager(object));
    }

    /** cert-manager gives its Secret the labels that the Certificate has for it. */
    private static boolean isOfCertManager(HasMetadata object) {
        return object.getMetadata().getAnnotations().containsKey("cert-manager.io/certificate-name");
    }

    private static Stream<Class<? extends HasMetadata>> kinds() {
        var dependents =
                EnvironmentReconciler.class.getAnnotation(Workflow.class).dependents();
        return Arrays.stream(dependents)
                .<Class<? extends HasMetadata>>map(Children::kind)
                .distinct();
    }

    private static Class<? extends HasMetadata> kind(Dependent dependent) {
        try {
            var created = (DependentResource<?, ?>)
                    dependent.type().getDeclaredConstructor().newInstance();
            return created.resourceType().asSubclass(HasMetadata.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(dependent.name(), e);
        }
    }
}
