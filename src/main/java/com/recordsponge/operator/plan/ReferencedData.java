package com.recordsponge.operator.plan;

import java.util.Map;
import java.util.Optional;

/**
 * What a referenced Secret or ConfigMap holds.
 *
 * @param data decoded
 * @param certificate name of the Certificate for which cert-manager wrote a Secret; empty if somebody else wrote it
 */
public record ReferencedData(Map<String, byte[]> data, Optional<String> certificate) {}
