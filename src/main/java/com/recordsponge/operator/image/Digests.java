package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.registry.DigestQuery;
import java.time.Duration;
import java.util.Optional;

/** Keeps the answers of registries. */
public interface Digests {

    /** How long pods wait for an answer: longer than one question takes, also if the registry is busy with others. */
    Duration PATIENCE = Duration.ofSeconds(15);

    /**
     * The newest answer to a question; empty while it is asked for the first time, but a failure if pods have waited for
     * {@link #PATIENCE}. Where the environment is to resolve its tag, an answer counts only if the registry was asked after
     * that became known: what others were told before can be older than the spec. From now on the registry is asked again and
     * again for this environment; another answer triggers its reconciliation. Never waits.
     */
    Optional<DigestAnswer> answer(RecordSpongeEnvironment environment, DigestQuery question, QueryTerms terms);

    /**
     * Something may have been pushed: asks soon for the images that it can concern, each at most once in a few seconds however
     * often this is called. Returns false if no environment has a question here, as in a replica that stands by; never waits.
     */
    boolean pushed(PushNotice notice);

    /** The environment has no question any more. */
    void release(RecordSpongeEnvironment environment);
}
