package com.recordsponge.operator.support;

import java.time.Duration;
import java.util.NoSuchElementException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How long tests wait for what must come: longer than a busy machine delays it. Awaitility's own 10 s are not. Only a test
 * that fails waits as long.
 */
public final class Patience {

    public static final Duration LONGEST = Duration.ofMinutes(1);

    private Patience() {}

    public static ConditionFactory await() {
        return Awaitility.await().atMost(LONGEST);
    }

    /** @param what is named if it does not come */
    public static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(LONGEST);
    }

    /** Whether a part of a status was read that nobody has written yet: it is null or an empty Optional. */
    public static boolean isNotWrittenYet(Throwable failure) {
        return failure instanceof NullPointerException || failure instanceof NoSuchElementException;
    }
}
