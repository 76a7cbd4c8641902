package com.recordsponge.operator.image;

/** Runs the digest that the spec names; no registry needs to be asked for it. */
final class DigestPolicy implements ImagePolicy {

    @Override
    public boolean asks(Situation situation) {
        return false;
    }

    @Override
    public Choice choose(Situation situation) {
        return situation.pinned(situation.requested().digest().orElseThrow());
    }
}
