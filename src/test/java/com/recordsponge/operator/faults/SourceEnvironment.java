package com.recordsponge.operator.faults;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.support.Edits;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An environment in a namespace of its own whose image was Ready for a day. It is suspended, and needs no pods. */
record SourceEnvironment(KubernetesClient client, String namespace) {

    private static final String NAME = "source";
    private static final String DIGEST = "sha256:" + "d".repeat(64);
    private static final String SUSPENDED = """
      apiVersion: recordsponge.com/v1
      kind: RecordSpongeEnvironment
      metadata: {name: %s, namespace: %s}
      spec:
        tier: staging
        image: recordsponge/expungeservice:tested
        suspend: true
        host: %2$s.example.org
        release: {allowPromotionTo: [{namespace: %s, name: %s}]}
      """;

    /** Creates it with its history. */
    void create(FullEnvironment target) {
        var environment = Serialization.unmarshal(
                SUSPENDED.formatted(NAME, namespace, target.namespace(), FullEnvironment.NAME),
                RecordSpongeEnvironment.class);
        client.resource(environment).create();
        Edits.editStatus(client, environment, created -> {
            created.setStatus(new EnvironmentStatus.Builder()
                    .history(List.of(tested(environment.getSpec().image())))
                    .build(0, List.of()));
            return created;
        });
    }

    private static Deployed tested(String image) {
        var now = Instant.now();
        return new Deployed(
                DIGEST,
                image,
                now.minus(Duration.ofDays(2)).toString(),
                now.minus(Duration.ofDays(1)).toString(),
                null);
    }

    /** The {@code spec.release} with which another environment takes over the image. */
    String promotion() {
        return "{policy: Promote, promoteFrom: {namespace: %s, name: %s, soak: 24h}}".formatted(namespace, NAME);
    }
}
