package com.recordsponge.operator.image;

/** Resolves the tag once for each change of {@code spec.image}, the policy or the interval. */
final class PinnedPolicy implements ImagePolicy {

    /** Asks also while pods run by a tag: the condition says whether the registry has the image. */
    @Override
    public boolean asks(Situation situation) {
        return !situation.isSettled()
                || situation.current().orElseThrow().image().digest().isEmpty();
    }

    @Override
    public Choice choose(Situation situation) {
        if (situation.isSettled()) {
            return Choice.of(situation.current().orElseThrow().image());
        }
        return situation
                .answer()
                .map(answer -> answer.digest().map(situation::pinned).orElseGet(situation::withoutDigest))
                .orElseGet(situation::unanswered);
    }
}
