package com.recordsponge.operator.workload;

/** Text for commands and variables of containers. */
public final class LiteralText {

    private LiteralText() {}

    /**
     * Kubernetes expands $(NAME) and reads $$ as $: doubled, each $ reaches the container as it is written.
     *
     * @param text null for none
     */
    public static String of(String text) {
        return text == null ? null : text.replace("$", "$$");
    }
}
