package com.recordsponge.operator.probe;

import com.recordsponge.operator.plan.OneLine;

/** Text from outside, as messages can show it. */
final class Quote {

    static final int LONGEST = 120;

    private Quote() {}

    static String of(String text) {
        return OneLine.cut(OneLine.of(text), LONGEST, "…");
    }
}
