package com.recordsponge.operator.plan;

import java.util.Map;

/**
 * What a referenced Secret or ConfigMap holds.
 *
 * @param data decoded
 */
public record ReferencedData(Map<String, byte[]> data) {}
