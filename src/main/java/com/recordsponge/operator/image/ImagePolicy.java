package com.recordsponge.operator.image;

/** Decides which image runs. Pure: it neither asks nor waits. */
interface ImagePolicy {

    /** Whether the registry is to be asked, now or again. */
    boolean asks(Situation situation);

    /** The image for a situation, with the newest answer if the policy asks. */
    Choice choose(Situation situation);
}
