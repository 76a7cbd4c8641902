package com.recordsponge.operator.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.support.ClusterParts;
import com.recordsponge.operator.support.TestApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Thousands of generated specs before the real API server, with its schema and CEL rules, and then before the plan and
 * the builders. {@code -Dhostile.seed=N} tries others, {@code -Dhostile.case=N} one of them alone.
 */
class HostileSpecsApiTest {

    private static final TestApiServer SERVER = TestApiServer.get();
    private static final String NAMESPACE = "hostile";
    private static final int CASES = 10_000;
    private static final int AT_ONCE = 8;
    private static final long SEED = Long.getLong("hostile.seed", 1);
    private static final Integer ONE = Integer.getInteger("hostile.case");

    /** Of all accepted ones, about one in so many has its objects judged by the API server too. */
    private static final int SAMPLE = 20;

    private static final int UNPROCESSABLE_ENTITY = 422;
    private static final Pattern NAMES_A_FIELD = Pattern.compile("^[.]?spec\\b|^metadata[.]name$");

    private static final PatchContext DRY_RUN = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("hostile")
            .withDryRun(List.of("All"))
            .build();

    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger applied = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void prepareNamespace() throws IOException {
        SERVER.namespace(NAMESPACE);
        SERVER.install(ClusterParts.traefik().resolve("traefik-crds.yaml"));
    }

    @Test
    void everySpecIsRefusedWithASentenceOrGivesValidObjects() throws InterruptedException {
        if (ONE == null) {
            tryAll();
        } else {
            tryOne(ONE);
        }
        System.out.printf(
                "Hostile specs of seed %d: %d refused, %d accepted, %d of their objects applied in a dry run%n",
                SEED, refused.get(), accepted.get(), applied.get());
        assertThat(failures).as("failed cases of seed %d", SEED).isEmpty();
        if (ONE == null) {
            assertThat(refused).as("refused").hasValueGreaterThan(CASES / 10);
            assertThat(accepted).as("accepted").hasValueGreaterThan(CASES / 10);
        }
    }

    private void tryAll() throws InterruptedException {
        var places = new Semaphore(AT_ONCE);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var index = 0; index < CASES; index++) {
                var number = index;
                places.acquire();
                executor.execute(() -> {
                    tryOne(number);
                    places.release();
                });
            }
        }
    }

    private void tryOne(int number) {
        try {
            judge(new SpecGenerator(SEED * CASES + number), number);
        } catch (Exception | AssertionError e) {
            failures.add("case %d: %s at %s".formatted(number, e, e.getStackTrace()[0]));
        }
    }

    private void judge(SpecGenerator generator, int number) {
        var written = new GenericKubernetesResource();
        written.setApiVersion("recordsponge.com/v1");
        written.setKind("RecordSpongeEnvironment");
        written.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName(generator.name())
                .build());
        written.setAdditionalProperty("spec", generator.spec());
        GenericKubernetesResource stored;
        try {
            stored = SERVER.client().resource(written).dryRun().create();
        } catch (KubernetesClientException e) {
            assertRefusedWithASentence(e);
            refused.incrementAndGet();
            return;
        }
        judgeAccepted(stored, generator, number);
    }

    /** The whole object may be of another kind or size, or a rule of the whole; all else names the field. */
    private static void assertRefusedWithASentence(KubernetesClientException refusal) {
        var message = refusal.getStatus().getMessage();
        if (refusal.getCode() == HttpURLConnection.HTTP_ENTITY_TOO_LARGE) {
            assertThat(message).contains("Request entity too large: limit is");
            return;
        }
        assertThat(refusal.getCode()).as(message).isEqualTo(UNPROCESSABLE_ENTITY);
        assertThat(refusal.getStatus().getDetails().getCauses())
                .as(message)
                .allMatch(cause -> !cause.getMessage().isBlank())
                .anyMatch(cause -> NAMES_A_FIELD.matcher(cause.getField()).find()
                        || cause.getMessage().contains("metadata.name becomes part of Service names"));
    }

    private void judgeAccepted(GenericKubernetesResource stored, SpecGenerator generator, int number) {
        var environment = Serialization.unmarshal(Serialization.asJson(stored), RecordSpongeEnvironment.class);
        var observation = new HostileCluster(generator.random(), generator.hostile()).observe(environment);
        var objects = new JudgedPlan(observation).objects();
        accepted.incrementAndGet();
        if (ONE != null || number % SAMPLE == 0) {
            objects.stream().filter(HostileSpecsApiTest::isServed).forEach(object -> {
                SERVER.client().resource(object).patch(DRY_RUN);
                applied.incrementAndGet();
            });
        }
    }

    /** Not cert-manager's kind, which CertManagerApiTest alone installs, nor an IPv6 Service on an IPv4 server. */
    private static boolean isServed(HasMetadata object) {
        return !object.getKind().equals("Certificate")
                && !(object instanceof Service service
                        && service.getSpec().getIpFamilies().contains("IPv6"));
    }
}
