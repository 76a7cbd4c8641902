package com.recordsponge.operator.image;

/** Decides which image runs. Pure: it neither asks nor waits. */
interface ImagePolicy {

    /** Whether the registry is to be asked, now or again. */
    boolean asks(PolicyInput input);

    /** The image to run, with the newest answer if the policy asks. */
    ImageChoice choose(PolicyInput input);
}
