package com.recordsponge.operator.image;

/** Runs the digest that the spec names; no registry needs to be asked for it. */
final class DigestPolicy implements ImagePolicy {

    @Override
    public boolean asks(PolicyInput input) {
        return false;
    }

    @Override
    public ImageChoice choose(PolicyInput input) {
        return input.pinned(input.requested().digest().orElseThrow());
    }
}
