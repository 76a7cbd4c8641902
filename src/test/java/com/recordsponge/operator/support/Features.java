package com.recordsponge.operator.support;

import com.recordsponge.operator.certificate.CertificateFeature;
import com.recordsponge.operator.certificate.IssuanceLookup;
import com.recordsponge.operator.certificate.IssuerLookup;
import com.recordsponge.operator.database.DatabaseFeature;
import com.recordsponge.operator.database.Logins;
import com.recordsponge.operator.dev.DevObjects;
import com.recordsponge.operator.dev.SourceLookup;
import com.recordsponge.operator.image.Digests;
import com.recordsponge.operator.image.Environments;
import com.recordsponge.operator.image.ImageFeature;
import com.recordsponge.operator.plan.Planner;
import com.recordsponge.operator.probe.SiteAnswers;
import com.recordsponge.operator.probe.Trust;
import com.recordsponge.operator.route.RouteFeature;
import com.recordsponge.operator.sessions.SessionsFeature;
import com.recordsponge.operator.workload.WorkloadFeature;
import java.util.List;
import java.util.Map;

/** The operator's features, without access to a cluster or a database. */
final class Features {

    private Features() {}

    static Planner planner(
            Logins logins,
            Digests digests,
            Environments environments,
            IssuerLookup issuers,
            IssuanceLookup issuances,
            SiteAnswers answers,
            SourceLookup sources,
            Map<String, String> reports,
            boolean networkPolicy) {
        var settings = new DefaultSettings(networkPolicy);
        return new Planner(List.of(
                DevObjects.feature(sources, reports, settings),
                new DatabaseFeature(logins, settings),
                new SessionsFeature(settings),
                new ImageFeature(digests, environments),
                new WorkloadFeature(settings),
                new CertificateFeature(issuers, issuances, settings),
                new RouteFeature(settings, new Trust(settings), answers)));
    }
}
