package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.Reason;

/**
 * Why an environment does not get a DNS name although no other environment has it.
 *
 * @param message a sentence that names the host and says what to do
 */
public record WithheldHost(Reason reason, String message) {}
