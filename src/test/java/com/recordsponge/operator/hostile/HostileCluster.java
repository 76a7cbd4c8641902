package com.recordsponge.operator.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.host.HostClaim;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.ReferencedData;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Generates what an environment finds in its cluster: Secrets with any content, or none, and missing components. */
final class HostileCluster {

    /** The prefix of every secret value. */
    static final String MARKER = "s3cret-";

    private static final List<Capabilities> CAPABILITIES = List.of(
            EnvironmentFixture.K3S,
            EnvironmentFixture.K3S,
            EnvironmentFixture.K3S,
            new Capabilities(false, true, "traefik.io/ingress-controller"),
            new Capabilities(true, false, "traefik.io/ingress-controller"),
            new Capabilities(true, true, "example.org/other"),
            new Capabilities(false, false, null));

    private final RandomGenerator random;
    private final HostileValues hostile;

    HostileCluster(RandomGenerator random, HostileValues hostile) {
        this.random = random;
        this.hostile = hostile;
    }

    PlanInput observe(RecordSpongeEnvironment environment) {
        return EnvironmentFixture.input(
                environment,
                _ -> random.nextInt(12) > 0 ? Optional.of(referenced(environment)) : Optional.empty(),
                CAPABILITIES.get(random.nextInt(CAPABILITIES.size())),
                taken(HostClaim.of(environment)));
    }

    private ReferencedData referenced(RecordSpongeEnvironment environment) {
        return new ReferencedData(content(environment), Optional.empty());
    }

    private Map<String, byte[]> content(RecordSpongeEnvironment environment) {
        if (random.nextInt(3) == 0) {
            return Map.of("users", random.nextBoolean() ? users() : hostile.bytes());
        }
        var content = new TreeMap<String, byte[]>();
        keys(environment).filter(_ -> random.nextInt(8) > 0).forEach(key -> content.put(key, value()));
        if (random.nextInt(8) > 0) {
            content.put("username", random.nextInt(4) == 0 ? hostile.bytes() : "röle '\"/@:".getBytes(UTF_8));
        }
        return content;
    }

    private static Stream<String> keys(RecordSpongeEnvironment environment) {
        var spec = environment.getSpec();
        return Stream.concat(
                Stream.of("password", "tls.crt", "tls.key", "ca.crt"),
                spec.sessionKeySecretRef() == null
                        ? Stream.of()
                        : Stream.of(spec.sessionKeySecretRef().key()));
    }

    private byte[] value() {
        return switch (random.nextInt(3)) {
            case 0 -> hostile.bytes();
            case 1 -> (MARKER + hostile.text()).getBytes(UTF_8);
            default -> (MARKER + "äöü /?&=%+'\"").getBytes(UTF_8);
        };
    }

    private byte[] users() {
        return (MARKER + ":$1$salt$cHJi5PXp/ki/ktXzqlk6I1\n\nsecond:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\r\n")
                .getBytes(UTF_8);
    }

    private Map<String, String> taken(HostClaim claim) {
        var taken = new HashMap<String, String>();
        claim.requested().stream()
                .filter(_ -> random.nextInt(10) == 0)
                .forEach(host -> taken.put(host, "other/environment"));
        return taken;
    }
}
