package com.recordsponge.operator.image;

/** Runs what has proved itself in another environment. */
record PromotePolicy(Promotion promotion) implements ImagePolicy {

    @Override
    public boolean asks(Situation situation) {
        return false;
    }

    /** Until something is offered, pods keep their image; a new site waits. */
    @Override
    public Choice choose(Situation situation) {
        return promotion
                .digest()
                .map(situation::pinned)
                .or(() -> situation.current().map(current -> kept(current, situation)))
                .orElseGet(() -> Choice.waitFor(situation.requested(), situation.current()));
    }

    /** The same digest, also if the spec names another repository now. */
    private static Choice kept(CurrentImage current, Situation situation) {
        return current.runningDigest()
                .map(situation::pinned)
                .orElseGet(() -> new Choice(current.image(), false, false));
    }
}
