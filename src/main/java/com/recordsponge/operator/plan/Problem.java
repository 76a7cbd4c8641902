package com.recordsponge.operator.plan;

/**
 * What keeps a step from going on; everything of that step stays as it was.
 *
 * @param reason a condition reason: CamelCase, one distinct cause
 * @param message what is wrong and what to do, without any secret value
 */
public record Problem(Step step, String reason, String message) {}
