package com.recordsponge.operator.image;

import com.recordsponge.operator.registry.DigestAnswer;

/** Follows the tag: another digest behind it is deployed. */
final class TrackPolicy implements ImagePolicy {

    @Override
    public boolean asks(PolicyInput input) {
        return true;
    }

    @Override
    public ImageChoice choose(PolicyInput input) {
        if (input.answer().isEmpty()) {
            return input.unanswered();
        }
        return input.answer()
                .flatMap(DigestAnswer::digest)
                .filter(_ -> !isBeingPulled(input))
                .map(input::pinned)
                .orElseGet(input::withoutDigest);
    }

    /**
     * Pods that have no digest pull what the tag names now. Only the digest that they report shows whether the registry has
     * another image; one that was imported on the node has none.
     */
    private static boolean isBeingPulled(PolicyInput input) {
        return input.isSettled()
                && input.current()
                        .filter(current -> current.runningDigest().isEmpty() && !current.imported())
                        .isPresent();
    }
}
