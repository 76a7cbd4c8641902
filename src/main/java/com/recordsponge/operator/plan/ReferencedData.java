package com.recordsponge.operator.plan;

import java.util.Map;
import java.util.Optional;

/**
 * What a referenced Secret or ConfigMap holds.
 *
 * @param data decoded
 * @param type of a Secret; empty for a ConfigMap
 */
public record ReferencedData(Map<String, byte[]> data, Optional<String> type) {}
