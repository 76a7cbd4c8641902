package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.PodData;

/**
 * A Secret or ConfigMap whose keys become environment variables.
 *
 * @param prefix of each variable's name; null for none
 */
record EnvSource(String prefix, PodData data) {}
