package com.recordsponge.operator.image;

import com.recordsponge.operator.registry.Answer;

/** Follows the tag: another digest behind it is deployed. */
final class TrackPolicy implements ImagePolicy {

    @Override
    public boolean asks(Situation situation) {
        return true;
    }

    @Override
    public Choice choose(Situation situation) {
        if (situation.answer().isEmpty()) {
            return situation.unanswered();
        }
        return situation
                .answer()
                .flatMap(Answer::digest)
                .filter(_ -> !isBeingPulled(situation))
                .map(situation::pinned)
                .orElseGet(situation::withoutDigest);
    }

    /**
     * Pods that have no digest pull what the tag names now. Only the digest that they report shows whether the registry has
     * another image; one that was imported on the node has none.
     */
    private static boolean isBeingPulled(Situation situation) {
        return situation.isSettled()
                && situation
                        .current()
                        .filter(current -> current.runningDigest().isEmpty() && !current.imported())
                        .isPresent();
    }
}
