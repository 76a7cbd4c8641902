package com.recordsponge.operator.image;

/** Runs what has proved itself in another environment. */
record PromotePolicy(Promotion promotion) implements ImagePolicy {

    @Override
    public boolean asks(PolicyInput input) {
        return false;
    }

    /** Until something is offered, pods keep their image; a new site waits. */
    @Override
    public ImageChoice choose(PolicyInput input) {
        return promotion
                .digest()
                .map(input::pinned)
                .or(() -> input.current().map(current -> kept(current, input)))
                .orElseGet(() -> ImageChoice.waitFor(input.requested(), input.current()));
    }

    /** The same digest, also if the spec names another repository now. */
    private static ImageChoice kept(CurrentImage current, PolicyInput input) {
        return current.runningDigest()
                .map(input::pinned)
                .orElseGet(() -> new ImageChoice(current.image(), false, false));
    }
}
