/**
 * Feature: a developer's environment, which runs a source tree instead of an image's source.
 *
 * <ol>
 *   <li>Wait for the claim with the tree. Pods mount it read-only; what they write goes to other volumes.
 *   <li>Let the application's pods run the tree's back end, with a reload on change, and the back end's watchers.
 *   <li>Apply the front end's development server and its watchers, the environment's own PostgreSQL server, their
 *       claims, Services and NetworkPolicies. Claims outlive the environment unless {@code storagePolicy} is Delete.
 *   <li>Ask the supervisors in the pods for one line of JSON each, beside the reconciliation; report what is wrong with
 *       the tree, the modules, the image or the database scripts, and the watchers' last results.
 * </ol>
 */
package com.recordsponge.operator.dev;
