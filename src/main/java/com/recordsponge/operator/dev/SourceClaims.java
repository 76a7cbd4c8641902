package com.recordsponge.operator.dev;

import com.recordsponge.operator.cluster.RememberedAnswers;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Looks up claims in the API server, and remembers for a short time which exist. */
@Singleton
class SourceClaims implements SourceLookup {

    private static final Duration REMEMBER = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final RememberedAnswers<Claim, State> answers;

    private record Claim(String namespace, String name) {}

    SourceClaims(KubernetesClient client, Clock clock) {
        this.client = client;
        this.answers = new RememberedAnswers<>(clock, REMEMBER, Duration.ZERO);
    }

    @Override
    public State state(String namespace, String claim) {
        var wanted = new Claim(namespace, claim);
        return answers.get(wanted, () -> ask(wanted)).orElse(State.NOT_FOUND);
    }

    private Optional<State> ask(Claim claim) {
        try {
            return Optional.ofNullable(client.persistentVolumeClaims()
                            .inNamespace(claim.namespace())
                            .withName(claim.name())
                            .get())
                    .map(SourceClaims::state);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.of(State.BOUND);
            }
            throw e;
        }
    }

    private static State state(PersistentVolumeClaim claim) {
        var phase = claim.getStatus() == null ? null : claim.getStatus().getPhase();
        return switch (phase == null ? "" : phase) {
            case "Bound" -> State.BOUND;
            case "Lost" -> State.LOST;
            default -> State.PENDING;
        };
    }
}
