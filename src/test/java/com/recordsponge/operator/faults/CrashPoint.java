package com.recordsponge.operator.faults;

/**
 * Where the operator is killed.
 *
 * @param write which write of a phase
 * @param done whether the API server has done it by then
 */
record CrashPoint(String write, boolean done) {

    @Override
    public String toString() {
        return (done ? "after " : "before ") + write;
    }
}
