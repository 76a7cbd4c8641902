package com.recordsponge.operator.api.v1;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Requests and limits by resource name, such as cpu and memory. */
public record Resources(Map<String, Quantity> requests, Map<String, Quantity> limits) {}
