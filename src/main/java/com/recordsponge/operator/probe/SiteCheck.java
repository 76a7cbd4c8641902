package com.recordsponge.operator.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The answers to one request of an environment. {@link SiteChecks} guards it. */
final class SiteCheck {

    /** Failures in a row before a site counts as failing. */
    static final int FAILURES = 3;

    private final SiteRequest request;
    private final Optional<String> revision;
    private final Duration patience;
    private Optional<ProbeResult> reported;
    private Optional<ProbeResult> newest = Optional.empty();
    private int failures;
    private Instant failingSince;

    /**
     * @param patience time from the first failure until a site counts as failing
     * @param reported what counts until the first answer
     */
    SiteCheck(SiteRequest request, Optional<String> revision, Duration patience, Optional<ProbeResult> reported) {
        this.request = request;
        this.revision = revision;
        this.patience = patience;
        this.reported = reported;
    }

    /** The check after a change of the certificate in the same Secret, such as its renewal: nobody asked for that. */
    SiteCheck renewed(SiteRequest changed) {
        return new SiteCheck(changed, revision, patience, reported);
    }

    SiteRequest request() {
        return request;
    }

    boolean isOf(Optional<String> wanted) {
        return wanted.isEmpty() || wanted.equals(revision);
    }

    Optional<ProbeResult> reported() {
        return reported;
    }

    /** Whether the newest answer is the site's. */
    boolean answered() {
        return newest.filter(ProbeResult::answered).isPresent();
    }

    /** Whether somebody waits for the first answer. */
    boolean isWaitedFor() {
        return reported.isEmpty();
    }

    int failures() {
        return failures;
    }

    /** Records an answer, and returns whether there is news to report. */
    boolean record(ProbeResult answer, Instant now) {
        var before = reported;
        var first = newest.isEmpty();
        newest = Optional.of(answer);
        if (answer.answered()) {
            failures = 0;
            reported = newest;
            return first || !reported.equals(before);
        }
        failures++;
        failingSince = failures == 1 ? now : failingSince;
        if (failures >= FAILURES && !now.isBefore(failingSince.plus(patience))) {
            reported = newest;
        }
        return !reported.equals(before);
    }
}
