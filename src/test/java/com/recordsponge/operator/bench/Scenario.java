package com.recordsponge.operator.bench;

/** A part of the benchmark. */
@FunctionalInterface
interface Scenario {

    void run(BenchServer server, Results results) throws Exception;
}
