package com.recordsponge.operator.support;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.probe.ProbeResult;
import com.recordsponge.operator.probe.Revision;
import com.recordsponge.operator.probe.SiteAnswers;
import com.recordsponge.operator.probe.SiteRequest;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Answers of sites without asking any.
 *
 * @param answered whether every route has answered
 * @param result of a request and of what the status reports
 */
record FixedAnswers(
        boolean enabled, boolean answered, BiFunction<SiteRequest, Optional<ProbeResult>, Optional<ProbeResult>> result)
        implements SiteAnswers {

    /** Every site answers. */
    static final FixedAnswers ALL =
            new FixedAnswers(true, true, (request, _) -> Optional.of(ProbeResult.answered(request)));

    @Override
    public Optional<ProbeResult> answer(
            RecordSpongeEnvironment environment,
            SiteRequest request,
            Optional<Revision> revision,
            Optional<ProbeResult> reported) {
        return result.apply(request, reported);
    }

    @Override
    public boolean answered(RecordSpongeEnvironment environment, String form) {
        return answered;
    }

    @Override
    public void stop(RecordSpongeEnvironment environment) {
        // Nothing has been started.
    }
}
