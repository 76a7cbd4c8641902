package com.recordsponge.operator.support;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One verb on one resource, such as {@code deployments/status}, in one namespace or everywhere. */
public record Permission(String namespace, String group, String resource, String verb) {

    /** Instead of a namespace: all namespaces, or a cluster-scoped resource. */
    public static final String EVERYWHERE = "*";

    /** The permissions that the roles of a release grant. */
    public static Set<Permission> granted(Collection<GenericKubernetesResource> release) {
        return release.stream()
                .filter(object ->
                        object.getKind().equals("Role") || object.getKind().equals("ClusterRole"))
                .flatMap(Permission::granted)
                .collect(Collectors.toSet());
    }

    private static Stream<Permission> granted(GenericKubernetesResource role) {
        var rules =
                Serialization.jsonMapper().convertValue(role.get("rules"), new TypeReference<List<PolicyRule>>() {});
        return granted(Optional.ofNullable(role.getMetadata().getNamespace()).orElse(EVERYWHERE), rules);
    }

    private static Stream<Permission> granted(String namespace, List<PolicyRule> rules) {
        return rules.stream().flatMap(rule -> of(namespace, rule.getApiGroups(), rule.getResources(), rule.getVerbs()));
    }

    /** All combinations of groups, resources and verbs. */
    public static Stream<Permission> of(
            String namespace, List<String> groups, List<String> resources, List<String> verbs) {
        return groups.stream().flatMap(group -> resources.stream()
                .flatMap(resource -> verbs.stream().map(verb -> new Permission(namespace, group, resource, verb))));
    }

    /** The same with another verb. */
    public Permission to(String otherVerb) {
        return new Permission(namespace, group, resource, otherVerb);
    }

    /** The same in another namespace. */
    public Permission in(String otherNamespace) {
        return new Permission(otherNamespace, group, resource, verb);
    }

    @Override
    public String toString() {
        return "%s %s in %s".formatted(verb, group.isEmpty() ? resource : resource + "." + group, namespace);
    }
}
