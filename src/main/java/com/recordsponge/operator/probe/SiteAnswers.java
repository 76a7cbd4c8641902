package com.recordsponge.operator.probe;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import java.util.Optional;

/** Keeps the answers of sites, and asks again. */
public interface SiteAnswers {

    /** Whether the operator asks sites at all. */
    boolean enabled();

    /**
     * The answer to exactly this request; empty until there is one. Begins to ask, and never waits for it. A site that has
     * answered is reported as failing only after several failures.
     *
     * @param revision what serves the site; empty while a rollout is in progress, so that every revision's answer counts
     * @param reported what the status says: counts until the first answer, if nobody has been asked since the operator started
     */
    Optional<ProbeResult> answer(
            RecordSpongeEnvironment environment,
            SiteRequest request,
            Optional<Revision> revision,
            Optional<ProbeResult> reported);

    /**
     * Whether the environment's site answers by a route, by its newest answer since the operator started.
     *
     * @param form {@link SiteRequest#form()}
     */
    boolean answered(RecordSpongeEnvironment environment, String form);

    /** Asks no more, until somebody wants an answer again. */
    void stop(RecordSpongeEnvironment environment);
}
