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
 * Sends thousands of generated specs to a real API server, with its schema and CEL rules, and the accepted ones to the
 * planner and the builders. {@code -Dhostile.seed=N} generates other specs, {@code -Dhostile.case=N} runs a single case.
 */
class HostileSpecsApiTest {

    private static final TestApiServer SERVER = TestApiServer.get();
    private static final String NAMESPACE = "hostile";
    private static final int CASES = 10_000;
    private static final int AT_ONCE = 8;
    private static final long SEED = Long.getLong("hostile.seed", 1);
    private static final Integer SINGLE_CASE = Integer.getInteger("hostile.case");

    /** For about one in this many cases, the API server also validates the objects of an accepted spec. */
    private static final int SAMPLE = 20;

    /** The most bytes of a request that the API server reads. */
    private static final int REQUEST_LIMIT = 3 * 1024 * 1024;

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
    void aSpecIsRefusedWithAReasonOrYieldsValidObjects() throws InterruptedException {
        if (SINGLE_CASE == null) {
            runAll();
        } else {
            runCase(SINGLE_CASE);
        }
        System.out.printf(
                "Hostile specs of seed %d: %d refused, %d accepted, %d of their objects applied as a dry run%n",
                SEED, refused.get(), accepted.get(), applied.get());
        assertThat(failures).as("failed cases of seed %d", SEED).isEmpty();
        if (SINGLE_CASE == null) {
            assertThat(refused).as("refused").hasValueGreaterThan(CASES / 10);
            assertThat(accepted).as("accepted").hasValueGreaterThan(CASES / 10);
        }
    }

    private void runAll() throws InterruptedException {
        var slots = new Semaphore(AT_ONCE);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var index = 0; index < CASES; index++) {
                var number = index;
                slots.acquire();
                executor.execute(() -> {
                    runCase(number);
                    slots.release();
                });
            }
        }
    }

    private void runCase(int number) {
        try {
            check(new SpecGenerator(SEED * CASES + number), number);
        } catch (Exception | AssertionError e) {
            failures.add("case %d: %s at %s".formatted(number, e, e.getStackTrace()[0]));
        }
    }

    private void check(SpecGenerator generator, int number) {
        var submitted = new GenericKubernetesResource();
        submitted.setApiVersion("recordsponge.com/v1");
        submitted.setKind("RecordSpongeEnvironment");
        submitted.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName(generator.name())
                .build());
        submitted.setAdditionalProperty("spec", generator.spec());
        GenericKubernetesResource stored;
        try {
            stored = SERVER.client().resource(submitted).dryRun().create();
        } catch (KubernetesClientException e) {
            if (e.getStatus() == null) {
                assertTooLarge(submitted, e);
            } else {
                assertRefusedWithAReason(e);
            }
            refused.incrementAndGet();
            return;
        }
        checkAccepted(stored, generator, number);
    }

    /** The API server closes the connection to a client that goes on sending too large an object. */
    private static void assertTooLarge(GenericKubernetesResource submitted, KubernetesClientException failure) {
        assertThat(Serialization.asJson(submitted).length())
                .as("the length of a request that got no answer: %s", failure)
                .isGreaterThan(REQUEST_LIMIT);
    }

    /** A refusal names a field, unless it is about the size of the object or a rule for all of it. */
    private static void assertRefusedWithAReason(KubernetesClientException refusal) {
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

    private void checkAccepted(GenericKubernetesResource stored, SpecGenerator generator, int number) {
        var environment = Serialization.unmarshal(Serialization.asJson(stored), RecordSpongeEnvironment.class);
        var input = new HostileCluster(generator.random(), generator.hostile()).observe(environment);
        var objects = new PlanInvariants(input).checkedObjects();
        accepted.incrementAndGet();
        if (SINGLE_CASE != null || number % SAMPLE == 0) {
            objects.stream().filter(HostileSpecsApiTest::isServed).forEach(object -> {
                SERVER.client().resource(object).patch(DRY_RUN);
                applied.incrementAndGet();
            });
        }
    }

    /** Excludes Certificates, whose CRD only CertManagerApiTest installs, and IPv6 Services, as the server has only IPv4. */
    private static boolean isServed(HasMetadata object) {
        return !object.getKind().equals("Certificate")
                && !(object instanceof Service service
                        && service.getSpec().getIpFamilies().contains("IPv6"));
    }
}
