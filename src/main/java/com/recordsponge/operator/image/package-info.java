/**
 * Feature: which image runs. Pods are pinned by digest, whatever the policy.
 *
 * <ol>
 *   <li>{@link com.recordsponge.operator.image.ImageFeature} plans: a policy says whether the registry must be asked, and
 *       chooses the image by the registry's answer and by what the Deployment already has.
 *   <li>{@link com.recordsponge.operator.image.Resolutions} asks registries beside the reconciliations, each question once
 *       for all environments, within a budget for each registry; another answer triggers a reconciliation. Package {@link
 *       com.recordsponge.operator.registry} knows the protocol.
 *   <li>Until the first answer the workload waits. A registry that fails is reported, and changes no pod.
 * </ol>
 */
package com.recordsponge.operator.image;
