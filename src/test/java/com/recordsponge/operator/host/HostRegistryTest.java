package com.recordsponge.operator.host;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.HostRules;
import com.recordsponge.operator.plan.NameHolder;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which other environment has a name of a provided certificate. */
class HostRegistryTest {

    private static final String NAME = "api.recordsponge.test";

    private final RecordSpongeEnvironment mine =
            environment().with("tls", "{secretName: bought}").build();

    /** Another environment that serves the name. */
    private static RecordSpongeEnvironment other(String namespace, String tls) {
        var other = environment().named("api").with("host", NAME);
        if (tls != null) {
            other.with("tls", tls);
        }
        other.status(new EnvironmentStatus.Builder().hosts(List.of(NAME)).build(1, List.of()));
        var built = other.build();
        built.getMetadata().setNamespace(namespace);
        return built;
    }

    private Optional<String> holder(RecordSpongeEnvironment... others) {
        return holder(HostRules.NONE, others);
    }

    private Optional<String> holder(HostRules rules, RecordSpongeEnvironment... others) {
        var registry = new HostRegistry(new HostRulebook(rules, Duration.ofMinutes(10)), Clock.systemUTC());
        registry.watch(new EventSourceContext<>(
                new Environments(
                        Stream.concat(Stream.of(mine), Stream.of(others)).toList()),
                null,
                null,
                RecordSpongeEnvironment.class));
        return registry.other(NAME, mine, _ -> environment().owned()).map(NameHolder::clause);
    }

    private static String uses(String namespace) {
        return "environment %s/api uses".formatted(namespace);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            recordsponge | {secretName: bought}      | false
            recordsponge | {secretName: other}       | true
            recordsponge | {issuerRef: {name: acme}} | true
            recordsponge |                           | true
            shop         | {secretName: bought}      | true
            """)
    void aNameThatTheSameSecretServesIsNobodyElses(String namespace, String tls, boolean conflict) {
        assertThat(holder(other(namespace, tls))).isEqualTo(conflict ? Optional.of(uses(namespace)) : Optional.empty());
    }

    @Test
    void withoutTlsNoCertificateIsShared() {
        mine.setSpec(EnvironmentFixture.environment().build().getSpec());
        assertThat(holder(other("recordsponge", null))).contains(uses("recordsponge"));
    }

    @Test
    void aNameThatNoOtherEnvironmentClaimsIsFree() {
        assertThat(holder()).isEmpty();
    }

    /** Whoever has a certificate for it first would be served at its host later. */
    @Test
    void aNameForOtherNamespacesIsNeverFree() {
        assertThat(holder(HostRules.parse("shop=" + NAME)))
                .contains("only environments of namespace shop can have, by the operator's chart value hosts");
        assertThat(holder(HostRules.parse("shop=" + NAME), other("shop", null))).contains(uses("shop"));
        assertThat(holder(HostRules.parse("shop,recordsponge=" + NAME))).isEmpty();
    }

    /** The informer's cache. */
    private record Environments(
            List<RecordSpongeEnvironment> all, Map<String, Function<RecordSpongeEnvironment, List<String>>> indexers)
            implements IndexerResourceCache<RecordSpongeEnvironment> {

        private Environments(List<RecordSpongeEnvironment> all) {
            this(all, new HashMap<>());
        }

        @Override
        public void addIndexers(Map<String, Function<RecordSpongeEnvironment, List<String>>> more) {
            indexers.putAll(more);
        }

        @Override
        public List<RecordSpongeEnvironment> byIndex(String indexer, String key) {
            return all.stream()
                    .filter(each -> indexers.get(indexer).apply(each).contains(key))
                    .toList();
        }

        @Override
        public Optional<RecordSpongeEnvironment> get(ResourceID id) {
            return all.stream()
                    .filter(each -> ResourceID.fromResource(each).equals(id))
                    .findFirst();
        }

        @Override
        public Stream<ResourceID> keys() {
            return all.stream().map(ResourceID::fromResource);
        }

        @Override
        public Stream<RecordSpongeEnvironment> list(Predicate<RecordSpongeEnvironment> filter) {
            return all.stream().filter(filter);
        }

        @Override
        public Stream<RecordSpongeEnvironment> list(String namespace, Predicate<RecordSpongeEnvironment> filter) {
            return list(filter).filter(each -> each.getMetadata().getNamespace().equals(namespace));
        }
    }
}
