package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Every way in which Argo CD can apply, compare and track an environment, at the same time. */
@TestMethodOrder(OrderAnnotation.class)
class GitOpsVariantsClusterTest extends ClusterTest {

    private static final Duration IDLE = Duration.parse(System.getProperty("gitops.idle", "PT3M"));

    /** Argo CD compares with Git every 2 to 3 minutes. */
    private static final long REFRESHES_PER_POLL = 2;

    private static final List<String> SIDES = List.of("client", "server");

    private final List<Variant> variants = new ArrayList<>();

    /** A way, with a site of its own. The Application has the name of its environment, which label tracking can confuse. */
    private record Variant(ArgoCd argo, String name, TestEnvironment environment, String applied, String compared) {

        void deploy(GitRepository repository) {
            argo.application(
                    name,
                    repository,
                    name,
                    "ServerSideApply=" + applied.equals("server"),
                    "ServerSideDiff=" + compared.equals("server"));
        }

        ArgoApplication application() {
            return argo.application(environment.name());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void pushTheSites() throws IOException {
        var repository = ArgoCd.get().repository("variants");
        for (var argo : List.of(ArgoCd.get(), ArgoCd.trackingByLabel())) {
            for (var applied : SIDES) {
                for (var compared : SIDES) {
                    var name = String.join("-", argo.namespace(), applied, compared);
                    variants.add(new Variant(argo, name, environment(name), applied, compared));
                }
            }
        }
        for (var variant : variants) {
            repository.write(variant.name() + "/environment.yaml", manifest(variant.environment()));
        }
        repository.push();
        variants.forEach(variant -> variant.deploy(repository));
        within(Duration.ofMinutes(5), Duration.ofSeconds(1), this::assertSynced);
    }

    private void assertSynced() {
        assertThat(variants)
                .allSatisfy(variant -> assertThat(variant.application().state()).isEqualTo("Synced Healthy"));
    }

    private String manifest(TestEnvironment environment) {
        return """
            apiVersion: recordsponge.com/v1
            kind: RecordSpongeEnvironment
            metadata: {name: %1$s}
            spec:
              tier: staging
              image: recordsponge/expungeservice:staging
              host: %2$s
              aliases: [www.%2$s]
              tls: {issuerRef: {name: recordsponge-ca}}
              ingress: {hsts: {maxAge: 1h}}
              env: [{name: LOG_LEVEL, value: info}]
              resources: {requests: {memory: 64Mi}}
            """.formatted(environment.name(), environment.host())
                + database(environment).yaml().indent(2);
    }

    @AfterAll
    void deleteTheApplications() {
        variants.forEach(variant -> variant.application().orphan());
    }

    @Test
    @Order(1)
    void anIdleSiteStaysSyncedAndNothingRefreshesInALoop() throws IOException {
        variants.forEach(variant -> variant.application().awaitNoRefresh(variant.argo()));
        var before = refreshes();
        assertThat(before.values())
                .as("refreshes while deploying, counted in Argo CD's log")
                .doesNotContain(0L);
        var objects = objects();

        await().during(IDLE)
                .atMost(IDLE.plusSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(this::assertSynced);

        var after = refreshes();
        System.out.printf("Refreshes in %s: %s%n", IDLE, counts(before, after));
        assertThat(counts(before, after).values()).allSatisfy(count -> assertThat(count)
                .isLessThanOrEqualTo(REFRESHES_PER_POLL * (IDLE.toMinutes() / 2 + 1)));
        assertThat(objects()).as("objects of the environments").isEqualTo(objects);
    }

    @Test
    @Order(2)
    void aScaleOfASiteWithoutReplicasInGitStays() {
        variants.forEach(variant ->
                cluster.kubectl("scale", "recordsponge/" + variant.environment().name(), "--replicas=2"));
        variants.forEach(variant -> variant.application().refresh());

        assertThat(variants).allSatisfy(variant -> {
            assertThat(variant.application().state()).startsWith("Synced ");
            assertThat(variant.environment().resource().get().getSpec().replicas())
                    .isEqualTo(2);
        });
    }

    private Map<Variant, Long> refreshes() throws IOException {
        var counts = new HashMap<Variant, Long>();
        for (var variant : variants) {
            counts.put(variant, variant.argo().refreshes(variant.application()));
        }
        return counts;
    }

    private static Map<Variant, Long> counts(Map<Variant, Long> before, Map<Variant, Long> after) {
        var counts = new HashMap<>(after);
        before.forEach((variant, count) -> counts.merge(variant, -count, Long::sum));
        return counts;
    }

    private List<String> objects() {
        return variants.stream()
                .flatMap(variant -> ChildObjects.all(variant.environment()).stream())
                .sorted()
                .toList();
    }
}
