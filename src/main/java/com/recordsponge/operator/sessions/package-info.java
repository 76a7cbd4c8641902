/**
 * Feature: the volume that keeps sessions when pods are replaced.
 *
 * <ol>
 *   <li>Apply the PersistentVolumeClaim, and grow it where its StorageClass allows that. It outlives the environment.
 *   <li>Mount it in the pods, which then run on one node.
 *   <li>Report the state of the claim, and retry a refused expansion at an interval.
 * </ol>
 */
package com.recordsponge.operator.sessions;
