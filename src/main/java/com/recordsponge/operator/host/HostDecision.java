package com.recordsponge.operator.host;

import com.recordsponge.operator.api.v1.EnvironmentStatus.WaitingHost;
import com.recordsponge.operator.plan.WithheldHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of its DNS names an environment does not get.
 *
 * @param taken names that another environment owns, each with that environment as namespace/name
 * @param withheld names that no other environment owns, but that this one cannot have, or not yet
 * @param waiting for the status: the last owners, in other namespaces, of the names that it waits for
 * @param recheck when a grace period ends
 */
public record HostDecision(
        Map<String, String> taken,
        Map<String, WithheldHost> withheld,
        List<WaitingHost> waiting,
        Optional<Duration> recheck) {}
