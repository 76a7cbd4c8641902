/**
 * The kernel: from an environment and what the cluster has, it plans what the environment needs, with every default
 * applied. It depends only on {@link com.recordsponge.operator.plan.Feature}. Pure: no client, no clock.
 *
 * <ol>
 *   <li>{@link com.recordsponge.operator.plan.Planner} collects the Secrets and ConfigMaps that the features reference.
 *   <li>From a {@link com.recordsponge.operator.plan.PlanInput} each feature computes its own plan; its checks find
 *       {@link com.recordsponge.operator.plan.Blocker}s; it adds {@link com.recordsponge.operator.plan.PodParts}.
 *   <li>The features' dependents apply the {@link com.recordsponge.operator.plan.EnvironmentPlan}.
 *   <li>From the {@link com.recordsponge.operator.plan.ReconciliationState} each feature computes its {@link
 *       com.recordsponge.operator.plan.Finding} and its piece of the status.
 * </ol>
 */
package com.recordsponge.operator.plan;
