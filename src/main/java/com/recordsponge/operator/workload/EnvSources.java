package com.recordsponge.operator.workload;

import static com.recordsponge.operator.api.v1.Component.WORKLOAD;

import com.recordsponge.operator.api.v1.EnvFrom;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.SecretData;
import java.util.ArrayList;
import java.util.List;

/** What the pods of an environment read from the Secrets and ConfigMaps of envFrom, which are bounded together. */
final class EnvSources {

    private EnvSources() {}

    static List<EnvSource> of(PlanInput input, List<EnvFrom> envFrom) {
        var sources = new ArrayList<EnvSource>();
        var used = 0L;
        for (var source : envFrom) {
            var reference = reference(source, input);
            var data = bounded(PodData.variables(input, WORKLOAD, reference), reference, used);
            used += data.size();
            sources.add(new EnvSource(source.prefix(), data));
        }
        return List.copyOf(sources);
    }

    private static Reference reference(EnvFrom source, PlanInput input) {
        return source.secretRef() != null
                ? Reference.secret(input.environment(), source.secretRef().name())
                : Reference.configMap(input.environment(), source.configMapRef().name());
    }

    private static PodData bounded(PodData data, Reference source, long used) {
        return SecretData.excess(used + data.size())
                .map(excess -> data.refused(PodData.invalid(
                        WORKLOAD,
                        source,
                        "With %s, the sources of spec.envFrom have %s; shorten them.".formatted(source, excess))))
                .orElse(data);
    }
}
