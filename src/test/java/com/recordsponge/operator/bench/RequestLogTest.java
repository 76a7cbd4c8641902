package com.recordsponge.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestLogTest {

    @Test
    void requestsAreCountedByVerbMostFrequentFirst() {
        var requests = Stream.of(
                        List.of("get secrets/a", "list pods/", "create events/"),
                        Collections.nCopies(2599, "patch services/a"),
                        List.of("patch deployments/a", "create events/"))
                .flatMap(List::stream)
                .toList();
        assertThat(RequestLog.byVerb(requests)).isEqualTo("2,600 patch, 2 create, 1 get, 1 list");
    }

    @Test
    void noRequestsGiveAnEmptySummary() {
        assertThat(RequestLog.byVerb(List.of())).isEmpty();
    }
}
