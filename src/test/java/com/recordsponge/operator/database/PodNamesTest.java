package com.recordsponge.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A host means in a login what it means in the environment's pods. */
class PodNamesTest {

    private static final String OPERATOR = """
        search recordsponge-system.svc.cluster.local svc.cluster.local cluster.local example.internal
        nameserver 10.43.0.10
        options ndots:5
        """;

    @Test
    void aHostWithoutADotIsAServiceOfTheEnvironmentsNamespace() {
        assertThat(PodNames.of("postgres", "sites", OPERATOR))
                .containsExactly(
                        "postgres.sites.svc.cluster.local.",
                        "postgres.svc.cluster.local.",
                        "postgres.cluster.local.",
                        "postgres.example.internal.",
                        "postgres.");
    }

    /** The first pod of a StatefulSet, behind its headless Service. */
    @Test
    void aHostWithADotCanBeAPodOfTheEnvironmentsNamespaceToo() {
        assertThat(PodNames.of("pg-0.pg", "sites", OPERATOR))
                .startsWith("pg-0.pg.sites.svc.cluster.local.")
                .endsWith("pg-0.pg.");
    }

    @Test
    void noNameBelongsToTheOperatorsNamespace() {
        assertThat(PodNames.of("postgres", "sites", OPERATOR)).noneMatch(name -> name.contains("recordsponge-system"));
    }

    @Test
    void aHostWithManyDotsIsTriedAsItIsFirst() {
        assertThat(PodNames.of("a.b.c.d.e.f", "sites", OPERATOR)).startsWith("a.b.c.d.e.f.");
    }

    @Test
    void anOperatorOutsideOfAClusterAsksAsItsMachineDoes() {
        assertThat(PodNames.of("postgres", "sites", "nameserver 192.0.2.1\nsearch example.org"))
                .containsExactly("postgres");
        assertThat(PodNames.of("postgres", "sites", "")).containsExactly("postgres");
    }
}
