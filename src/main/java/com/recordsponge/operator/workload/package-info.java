/**
 * Feature: the application's pods, and what protects them.
 *
 * <ol>
 *   <li>Wait for the database and for every Secret and ConfigMap that pods read.
 *   <li>Generate the session signing key once, unless one is provided. It outlives the environment.
 *   <li>Copy what pods read into Secrets that never change, and keep each for as long as a pod can use it.
 *   <li>Apply the NetworkPolicy, the Deployment with what other features add to the pods, and the disruption budget.
 *   <li>Report the rollout, and why a new pod does not become ready.
 * </ol>
 */
package com.recordsponge.operator.workload;
