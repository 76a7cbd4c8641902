package com.recordsponge.operator.hostile;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Generates specs, always the same for a seed. Some are valid and reach every limit; most have up to three fields
 * corrupted, replaced, added, repeated or removed.
 */
final class SpecGenerator {

    private static final String LONG_LABEL = "a".repeat(63);
    private static final String LONG_NAME = "%1$s.%1$s.%1$s.%2$s".formatted(LONG_LABEL, "b".repeat(61));

    /** Valid values of the required fields, as YAML. */
    private static final List<Map.Entry<String, List<String>>> REQUIRED = List.of(
            Map.entry("tier", List.of("dev", "preview", "staging", "prod")),
            Map.entry("host", List.of("a", "example.org", "1.example.org", "xn--bcher-kva.example", LONG_NAME)),
            Map.entry(
                    "image",
                    List.of(
                            "recordsponge/expungeservice:staging",
                            "'registry.example.org:5000/a_b/c.d--e:%s'".formatted("T".repeat(128)),
                            "'a:b@sha256:%s'".formatted("0".repeat(64)),
                            "'a@sha256:%s'".formatted("f".repeat(64)))));

    /** Valid values of the optional fields. A list, because the order of {@code Map.of} differs between runs. */
    private static final List<Map.Entry<String, List<String>>> OPTIONAL = List.of(
            Map.entry(
                    "release",
                    List.of(
                            "{}",
                            "{policy: Pinned, interval: 99999h999999m99999999s}",
                            "{autoRollback: true, rollbackTo: 'sha256:%s', historyLimit: 50}".formatted("e".repeat(64)),
                            "{promoteFrom: {name: other, namespace: elsewhere, soak: 99999h}, allowPromotionTo: [{namespace: n, name: e}]}")),
            Map.entry("replicas", List.of("0", "1", "20")),
            Map.entry("imagePullSecrets", List.of("[{name: hub}, {name: %s}]".formatted(LONG_NAME))),
            Map.entry("suspend", List.of("true", "false")),
            Map.entry("progressDeadline", List.of("1s", "5m", "99999h999999m99999999s")),
            Map.entry("tls", List.of("{issuerRef: {name: ca}}", "{secretName: provided}")),
            Map.entry(
                    "ingress",
                    List.of(
                            "{timeout: 300s}",
                            "{className: traefik, timeout: 99999h999999m99999999s}",
                            "{basicAuth: [{path: /, secretRef: {name: users}}]}",
                            "{basicAuth: [{path: /access/, secretRef: {name: users}}, {path: /%s, secretRef: {name: more}}]}"
                                    .formatted("a".repeat(199)))),
            Map.entry(
                    "sessionKeySecretRef",
                    List.of("{name: key, key: SECRET_KEY}", "{name: %s, key: .k-e_y}".formatted(LONG_NAME))),
            Map.entry(
                    "env",
                    List.of(
                            "[{name: LOG_LEVEL, value: info}, {name: _, value: ''}]",
                            "[{name: A}, {name: B, value: \"<`'\\\"\\n$(A)>\"}]",
                            "[{name: HOME, value: %s}]".formatted("x".repeat(32_768)))),
            Map.entry(
                    "envFrom",
                    List.of("[{secretRef: {name: extra}}]", "[{configMapRef: {name: settings}, prefix: X_}]")),
            Map.entry(
                    "resources",
                    List.of(
                            "{requests: {memory: 256Mi, cpu: 1}, limits: {memory: '1e9', cpu: 1500m}}",
                            "{requests: {ephemeral-storage: 0}, limits: {cpu: '0.1'}}")),
            Map.entry(
                    "database",
                    List.of(
                            "{host: 10.42.0.1, name: db, credentialsSecretRef: {name: db}}",
                            "{host: db.example.org, port: 65535, name: %s, sslMode: require, credentialsSecretRef: {name: db}}"
                                    .formatted("_".repeat(63)),
                            "{host: '2001:db8::1', name: db, sslMode: verify-ca, caSecretRef: {name: ca, key: ca.crt}, credentialsSecretRef: {name: db}}",
                            "{host: db.example.org, name: db, sslMode: verify-full, caSecretRef: {name: ca, key: ca.crt}, credentialsSecretRef: {name: db}}")));

    /** Valid values of the field that only tier dev has. */
    private static final List<String> DEV = List.of(
            "{source: {claimName: tree}}",
            "{source: {claimName: %s}, backend: {command: [flask, '$(A)', \"`'\\\"\\n$$\"]}, storagePolicy: Delete}"
                    .formatted(LONG_NAME),
            "{source: {claimName: tree}, frontend: {image: 'node:18', env: [{name: A, value: b}], caConfigMapRef: {name: ca}}, watchers: [{name: %s, runs: frontend, command: [npm, test]}]}"
                    .formatted("w".repeat(30)));

    private final RandomGenerator random;
    private final HostileValues hostile;

    SpecGenerator(long seed) {
        random = new SplittableRandom(seed);
        hostile = new HostileValues(random);
    }

    RandomGenerator random() {
        return random;
    }

    HostileValues hostile() {
        return hostile;
    }

    /** A name for the environment, mostly a valid one. */
    String name() {
        return switch (random.nextInt(20)) {
            case 0 -> hostile.text();
            case 1 -> "a".repeat(50);
            case 2 -> hostile.corrupted("site");
            default -> "site";
        };
    }

    /** A spec, not necessarily an object. */
    Object spec() {
        Object spec = valid();
        var changes = Math.max(0, random.nextInt(5) - 1);
        for (var change = 0; change < changes; change++) {
            spec = changed(spec);
        }
        return spec;
    }

    private Map<String, Object> valid() {
        var spec = new LinkedHashMap<String, Object>();
        REQUIRED.forEach(field -> spec.put(field.getKey(), oneOf(field.getValue())));
        OPTIONAL.stream()
                .filter(_ -> random.nextInt(3) == 0)
                .forEach(field -> spec.put(field.getKey(), oneOf(field.getValue())));
        if (spec.containsKey("tls") && random.nextBoolean()) {
            spec.put("aliases", oneOf(List.of("[]", "[www.example.org]", "[b.c, 2.example.org]")));
        }
        if ("dev".equals(spec.get("tier")) && random.nextBoolean()) {
            spec.put("dev", oneOf(DEV));
        }
        if (spec.containsKey("tls") && !spec.containsKey("ingress")) {
            spec.put("ingress", oneOf(List.of("{hsts: {}}", "{hsts: {maxAge: 0s, includeSubdomains: true}}")));
        }
        return spec;
    }

    private Object oneOf(List<String> yaml) {
        return Serialization.unmarshal(
                        "value: " + yaml.get(random.nextInt(yaml.size())), new TypeReference<Map<String, Object>>() {})
                .get("value");
    }

    private Object changed(Object node) {
        var deeper = random.nextInt(6) > 0;
        return switch (node) {
            case Map<?, ?> map
            when deeper && !map.isEmpty() -> {
                var copy = new LinkedHashMap<Object, Object>(map);
                var key = List.copyOf(map.keySet()).get(random.nextInt(map.size()));
                copy.put(key, changed(map.get(key)));
                yield copy;
            }
            case List<?> list
            when deeper && !list.isEmpty() -> {
                var copy = new ArrayList<Object>(list);
                var index = random.nextInt(list.size());
                copy.set(index, changed(list.get(index)));
                yield copy;
            }
            case Map<?, ?> map when random.nextBoolean() -> withOtherKeys(map);
            case List<?> list when random.nextBoolean() -> withMoreItems(list);
            case String text when random.nextInt(3) > 0 -> hostile.corrupted(text);
            case null, default -> hostile.any();
        };
    }

    private Map<?, ?> withOtherKeys(Map<?, ?> map) {
        var copy = new LinkedHashMap<Object, Object>(map);
        if (!map.isEmpty() && random.nextBoolean()) {
            copy.remove(List.copyOf(map.keySet()).get(random.nextInt(map.size())));
        } else {
            copy.put(random.nextBoolean() ? "unknown" : hostile.text(), hostile.any());
        }
        return copy;
    }

    private List<?> withMoreItems(List<?> list) {
        var copy = new ArrayList<Object>(list);
        var more = random.nextInt(3) == 0 ? 1000 : 1;
        for (var count = 0; count < more; count++) {
            copy.add(list.isEmpty() || random.nextBoolean() ? hostile.any() : list.getFirst());
        }
        return copy;
    }
}
