package com.recordsponge.operator.plan;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.stream.Stream;

/**
 * The copies that pods can do without although no rollout completes: a source can change more often than that. The oldest
 * copy of a source is that of the last complete rollout, whose ReplicaSet replaces its pods; the newest can be those of
 * templates whose pods are not known yet. The ReplicaSets in between have lost their pods to later templates.
 */
public final class SupersededCopies {

    /** How many copies of a source remain beside the oldest. */
    private static final int NEWEST = 5;

    private SupersededCopies() {}

    /**
     * Whether a copy is superseded, unless a template or a pod names it.
     *
     * @param secrets all that belong to the environment
     */
    public static boolean include(String environment, Secret copy, Stream<Secret> secrets) {
        var versions = secrets.filter(other -> isVersionOf(environment, copy, other))
                .sorted(PodData.OLDEST_FIRST)
                .map(other -> other.getMetadata().getName())
                .toList();
        var position = versions.indexOf(copy.getMetadata().getName());
        return position > 0 && position < versions.size() - NEWEST;
    }

    private static boolean isVersionOf(String environment, Secret copy, Secret other) {
        return PodData.source(copy).isPresent()
                && PodData.source(copy).equals(PodData.source(other))
                && Stream.of(PodData.SUFFIX, PodData.PART_SUFFIX).anyMatch(suffix -> Stream.of(copy, other)
                        .allMatch(secret ->
                                UniqueName.isVersion(secret.getMetadata().getName(), environment, suffix)));
    }
}
