package com.recordsponge.operator.host;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.NameHolder;
import com.recordsponge.operator.support.DefaultSettings;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Clock;
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
        var registry = new HostRegistry(new DefaultSettings(), Clock.systemUTC());
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
        assertThat(holder(other(namespace, tls)))
                .isEqualTo(conflict ? Optional.of(uses(namespace)) : Optional.empty());
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
