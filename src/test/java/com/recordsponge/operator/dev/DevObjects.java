package com.recordsponge.operator.dev;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.runtime.Settings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The feature and the objects of a developer's environment, for tests outside the package. */
public final class DevObjects {

    private DevObjects() {}

    /** @param reports what the supervisors report, as JSON, by part or watcher's container */
    public static DevFeature feature(SourceLookup sources, Map<String, String> reports, Settings settings) {
        var parsed = new TreeMap<String, PartReport>();
        reports.forEach((part, json) -> parsed.put(part, PartReport.parse(json).orElseThrow()));
        return new DevFeature(sources, (_, _) -> parsed, settings);
    }

    /** All objects except the random credentials of PostgreSQL. */
    public static List<HasMetadata> of(EnvironmentPlan plan) {
        return Stream.<List<? extends HasMetadata>>of(
                        PartCopyDependentResource.copies(plan),
                        PartClaims.claims(plan),
                        PartServices.services(plan),
                        PartPolicies.policies(plan),
                        PartDeployments.deployments(plan))
                .<HasMetadata>flatMap(List::stream)
                .toList();
    }
}
