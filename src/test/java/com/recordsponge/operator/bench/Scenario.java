package com.recordsponge.operator.bench;

/** A part of the benchmark. */
@FunctionalInterface
interface Scenario {

    void run(Results results) throws Exception;

    /** A part with an API server of its own, and no nodes. */
    @FunctionalInterface
    interface OnServer extends Scenario {

        void run(BenchServer server, Results results) throws Exception;

        @Override
        default void run(Results results) throws Exception {
            try (var server = new BenchServer()) {
                run(server, results);
            }
        }
    }
}
