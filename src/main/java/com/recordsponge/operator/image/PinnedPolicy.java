package com.recordsponge.operator.image;

/** Resolves the tag once for each change of {@code spec.image}, the policy or the interval. */
final class PinnedPolicy implements ImagePolicy {

    /** Asks also while pods run by a tag: the condition says whether the registry has the image. */
    @Override
    public boolean asks(PolicyInput input) {
        return !input.isSettled()
                || input.current().orElseThrow().image().digest().isEmpty();
    }

    @Override
    public ImageChoice choose(PolicyInput input) {
        if (input.isSettled()) {
            return ImageChoice.of(input.current().orElseThrow().image());
        }
        return input.answer()
                .map(answer -> answer.digest().map(input::pinned).orElseGet(input::withoutDigest))
                .orElseGet(input::unanswered);
    }
}
