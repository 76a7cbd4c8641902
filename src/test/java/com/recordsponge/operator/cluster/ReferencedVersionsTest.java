package com.recordsponge.operator.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.cluster.ReferencedVersions.Read;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.Reference.Kind;
import com.recordsponge.operator.plan.ReferencedData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the operator reads and keeps of the Secrets and ConfigMaps of others. */
class ReferencedVersionsTest {

    private static final int LARGE = 900_000;
    private static final long LIMIT = 4_000_000;

    private final Map<Reference, Read> objects = new HashMap<>();
    private final List<Reference> reads = new ArrayList<>();
    private final ReferencedVersions versions = new ReferencedVersions(this::read, LIMIT);

    private Optional<Read> read(Reference reference) {
        reads.add(reference);
        return Optional.ofNullable(objects.get(reference));
    }

    private Reference object(String name, int version, String value) {
        var reference = new Reference(Kind.CONFIG_MAP, "sites", name);
        objects.put(
                reference,
                new Read(
                        Integer.toString(version),
                        new ReferencedData(Map.of("key", value.getBytes(UTF_8)), Optional.empty())));
        return reference;
    }

    @Test
    void anUnchangedObjectIsReadOnce() {
        var object = object("small", 1, "value");
        var first = versions.current(object, "1");
        assertThat(versions.current(object, "1")).isEqualTo(first).isPresent();
        assertThat(versions.data(object).orElseThrow().get("key")).isEqualTo("value".getBytes(UTF_8));
        assertThat(reads).hasSize(1);
    }

    @Test
    void aChangedObjectIsReadAgain() {
        var first = versions.current(object("small", 1, "value"), "1").orElseThrow();
        var object = object("small", 2, "other");
        var second = versions.current(object, "2").orElseThrow();
        assertThat(second.digest()).isNotEqualTo(first.digest());
        assertThat(versions.data(object).orElseThrow().get("key")).isEqualTo("other".getBytes(UTF_8));
        assertThat(reads).hasSize(2);
    }

    @Test
    void equalDataHasTheSameDigestInEveryVersion() {
        var first = versions.current(object("small", 1, "value"), "1");
        assertThat(versions.current(object("small", 2, "value"), "2")).isEqualTo(first);
    }

    @Test
    void largeDataIsReadWhenAPlanAsksForIt() {
        var object = object("large", 1, "x".repeat(LARGE));
        versions.current(object, "1");
        assertThat(versions.held()).isZero();
        assertThat(versions.data(object)).isPresent();
        assertThat(versions.data(object)).isPresent();
        assertThat(reads).hasSize(2);
    }

    /** They have 108 MB of data, as much as the operator's heap. */
    @Test
    void ofManyLargeObjectsOnlySomeDataIsHeld() {
        var many = IntStream.range(0, 120)
                .mapToObj(index -> object("large-" + index, 1, index + "x".repeat(LARGE)))
                .toList();
        many.forEach(object -> versions.current(object, "1"));
        assertThat(versions.held()).isZero();
        many.forEach(object -> assertThat(versions.data(object)).isPresent());
        assertThat(versions.held()).isBetween(LARGE * 4L, LIMIT);
        many.forEach(object -> assertThat(versions.current(object, "1")).isPresent());
        assertThat(reads).hasSize(240);
    }

    @Test
    void aDeletedObjectIsForgotten() {
        var object = object("small", 1, "value");
        versions.current(object, "1");
        objects.clear();
        versions.forget(object);
        assertThat(versions.held()).isZero();
        assertThat(versions.data(object)).isEmpty();
        assertThat(versions.current(object, "1")).isEmpty();
    }
}
