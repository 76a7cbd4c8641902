package com.recordsponge.operator.api.v1;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The annotations of an environment by which people request what Git does not own. */
public enum RequestAnnotation {
    SUSPEND("suspend", "`\"true\"` acts as `spec.suspend`; remove it to resume"),
    RESTART("restart", "each new value, such as the time, replaces all pods one at a time"),
    APPROVE(
            "approve",
            "the digest of an image that the environment of `release.promoteFrom` has had Ready; it runs now, without the rest of the soak"),
    HOLD(
            "hold",
            "keeps the image that runs; the value is the reason, which `status.release.hold` shows; remove it to continue"),
    RETRY("retry", "each new value, such as the time, lets images that failed be tried again"),
    INITDB(
            "initdb",
            "tier dev: each new value, such as the time, runs the scripts of `dev.postgres.initdb` again; removing it does not");

    private static final String PREFIX = "recordsponge.com/";

    private final String text;
    private final String meaning;

    RequestAnnotation(String name, String meaning) {
        this.text = PREFIX + name;
        this.meaning = meaning;
    }

    /** All requests of an environment. Their changes do not change its generation. */
    public static Map<String, String> allOf(RecordSpongeEnvironment environment) {
        var requests = new TreeMap<>(annotations(environment));
        requests.keySet().removeIf(name -> !name.startsWith(PREFIX));
        return requests;
    }

    /** The value in an environment. */
    public Optional<String> of(RecordSpongeEnvironment environment) {
        return Optional.ofNullable(annotations(environment).get(text));
    }

    private static Map<String, String> annotations(RecordSpongeEnvironment environment) {
        return Objects.requireNonNullElse(environment.getMetadata().getAnnotations(), Map.of());
    }

    /** What it does, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** The annotation's name. */
    @Override
    public String toString() {
        return text;
    }
}
