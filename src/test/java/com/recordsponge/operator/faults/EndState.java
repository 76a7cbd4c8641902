package com.recordsponge.operator.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.probe.SiteIdentity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The status and all objects of an environment's namespace, without what differs between any two environments. */
record EndState(SortedMap<String, String> objects) {

    private static final List<String> COLLECTIONS = List.of(
            "/api/v1/secrets",
            "/api/v1/configmaps",
            "/api/v1/services",
            "/api/v1/persistentvolumeclaims",
            "/api/v1/pods",
            "/apis/apps/v1/deployments",
            "/apis/apps/v1/replicasets",
            "/apis/networking.k8s.io/v1/ingresses",
            "/apis/networking.k8s.io/v1/networkpolicies",
            "/apis/discovery.k8s.io/v1/endpointslices",
            "/apis/policy/v1/poddisruptionbudgets",
            "/apis/cert-manager.io/v1/certificates",
            "/apis/traefik.io/v1alpha1/middlewares",
            "/apis/traefik.io/v1alpha1/serverstransports",
            "/apis/recordsponge.com/v1/recordspongeenvironments");

    /** What the operator sees of the pods of a failed image, unless it is cut off from the API server at the deadline. */
    private static final String SEEN = ". Pod POD runs but does not answer at /api/hello; see kubectl logs POD.";

    private static final Pattern TIME = Pattern.compile("[0-9-]{10}T[0-9:.]+Z");

    private static final Set<String> OF_THE_API_SERVER =
            Set.of("uid", "resourceVersion", "creationTimestamp", "managedFields");

    /** By namespace. */
    static Map<String, EndState> of(KubernetesClient client, Collection<FullEnvironment> environments) {
        var states = environments.stream()
                .collect(Collectors.toMap(FullEnvironment::namespace, _ -> new EndState(new TreeMap<>())));
        for (var collection : COLLECTIONS) {
            var kind = collection.substring(collection.lastIndexOf('/') + 1);
            for (var object : parse(client.raw(collection)).path("items")) {
                var state = states.get(object.at("/metadata/namespace").asText());
                if (state != null) {
                    state.add(kind, (ObjectNode) object);
                }
            }
        }
        return states;
    }

    private void add(String kind, ObjectNode object) {
        var namespace = object.at("/metadata/namespace").asText();
        switch (kind) {
            case "pods" ->
                count("pods of " + object.at("/spec/containers/0/image").asText());
            case "replicasets" ->
                count("ReplicaSets of "
                        + object.at("/spec/template/spec/containers/0/image").asText());
            default -> {
                var name = kind + "/" + object.at("/metadata/name").asText();
                var source =
                        object.at("/metadata/annotations").path(PodData.SOURCE).asText();
                var text = normal(kind, object)
                        .toPrettyString()
                        .replace(namespace, "NAMESPACE")
                        .replaceAll("(?<=\\b([Pp]od|kubectl logs) )[-a-z0-9]+", "POD")
                        .replace("spec.progressDeadline; see kubectl describe pod.", "spec.progressDeadline" + SEEN);
                objects.merge(
                        ApiRequest.withoutHash(name) + (source.isEmpty() ? "" : " of " + source),
                        ApiRequest.withoutHash(text),
                        String::concat);
            }
        }
    }

    /** Counts objects, as their names are random. */
    private void count(String kind) {
        objects.merge(kind, "1", (before, one) -> Integer.toString(Integer.parseInt(before) + 1));
    }

    private static JsonNode normal(String kind, ObjectNode object) {
        var metadata = (ObjectNode) object.get("metadata");
        metadata.remove(OF_THE_API_SERVER);
        hideDigests(metadata.path("annotations"));
        metadata.path("ownerReferences").forEach(owner -> ((ObjectNode) owner).remove("uid"));
        switch (kind) {
            case "recordspongeenvironments" -> hideTimes(object.path("status"));
            case "secrets" ->
                object.set(
                        "data",
                        "kubernetes.io/tls".equals(object.path("type").asText())
                                ? TextNode.valueOf("(certificate)")
                                : decoded(object.path("data")));
            default -> object.remove("status");
        }
        switch (kind) {
            case "services" -> ((ObjectNode) object.get("spec")).remove(List.of("clusterIP", "clusterIPs"));
            case "deployments" -> hideDigests(object.at("/spec/template/metadata/annotations"));
            case "middlewares" -> hideIdentity(object.at("/spec/headers/customResponseHeaders"));
            default -> {}
        }
        return object;
    }

    private static void hideTimes(JsonNode node) {
        node.forEach(EndState::hideTimes);
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(field -> TIME.matcher(field.getValue().asText()).matches())
                    .forEach(field -> field.setValue(TextNode.valueOf("(time)")));
        }
    }

    /** Digests cover the namespace and the uid. */
    private static void hideDigests(JsonNode annotations) {
        annotations.properties().stream()
                .filter(annotation -> annotation.getKey().endsWith("-digest"))
                .forEach(annotation -> annotation.setValue(TextNode.valueOf("(digest)")));
    }

    private static void hideIdentity(JsonNode headers) {
        headers.properties().stream()
                .filter(header -> header.getKey().equals(SiteIdentity.HEADER))
                .forEach(header -> header.setValue(TextNode.valueOf("(identity)")));
    }

    private static JsonNode decoded(JsonNode data) {
        var decoded = Serialization.jsonMapper().createObjectNode();
        data.properties().forEach(entry -> {
            var value = new String(Base64.getDecoder().decode(entry.getValue().asText()), UTF_8);
            decoded.put(entry.getKey(), entry.getKey().equals("SECRET_KEY") ? "generated" : value);
        });
        return decoded;
    }

    private static JsonNode parse(String json) {
        try {
            return Serialization.jsonMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether all objects are gone that are deleted with the environment. */
    boolean hasNoChildren() {
        return objects.values().stream().noneMatch(object -> object.contains("ownerReferences"))
                && objects.keySet().stream().noneMatch(name -> name.contains(" of "));
    }

    /** The lines that differ from another state, by object; empty if the states are equal. */
    List<String> differences(EndState other) {
        var differences = new ArrayList<String>();
        var names = new TreeSet<>(objects.keySet());
        names.addAll(other.objects.keySet());
        for (var name : names) {
            var here = objects.getOrDefault(name, "").lines().toList();
            var there = other.objects.getOrDefault(name, "").lines().toList();
            if (!here.equals(there)) {
                differences.add(name);
                here.stream().filter(line -> !there.contains(line)).forEach(line -> differences.add("- " + line));
                there.stream().filter(line -> !here.contains(line)).forEach(line -> differences.add("+ " + line));
            }
        }
        return differences;
    }
}
