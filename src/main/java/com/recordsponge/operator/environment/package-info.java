/**
 * The reconciliation of an environment: the reconciler, whose annotation shows what is applied and in which order, and
 * the report of what the features found.
 *
 * <ol>
 *   <li>{@link com.recordsponge.operator.environment.Observer} plans the environment.
 *   <li>The SDK's workflow applies the objects that are not blocked.
 *   <li>{@link com.recordsponge.operator.environment.StatusReport} computes the status from the features' findings and
 *       the failures to apply.
 *   <li>If the status changed, the reconciler publishes Events and writes it. {@link
 *       com.recordsponge.operator.environment.FailureReport} reports any other failure.
 * </ol>
 */
package com.recordsponge.operator.environment;
