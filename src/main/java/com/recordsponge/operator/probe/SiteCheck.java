package com.recordsponge.operator.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The answers to one request of an environment. {@link SiteChecks} guards it. */
final class SiteCheck {

    /** Failures in a row before a site counts as failing. */
    static final int FAILURES = 3;

    private final SiteRequest request;
    private final Optional<Revision> revision;
    private final Duration patience;
    private Optional<ProbeResult> reported;
    private Optional<ProbeResult> newest = Optional.empty();
    private int failures;
    private Instant failingSince;

    /**
     * @param patience time from the first failure until a site counts as failing
     * @param reported what counts until the first answer
     */
    SiteCheck(SiteRequest request, Optional<Revision> revision, Duration patience, Optional<ProbeResult> reported) {
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

    /** For how long after its begin an answer proves nothing. */
    Duration settles() {
        return revision.map(Revision::settles).orElse(Duration.ZERO);
    }

    boolean isOf(Optional<Revision> wanted) {
        return wanted.isEmpty() || wanted.map(Revision::id).equals(revision.map(Revision::id));
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
