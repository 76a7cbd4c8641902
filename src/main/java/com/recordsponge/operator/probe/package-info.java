/**
 * Asks whether a site answers at its URL, through the ingress controller, as a visitor would.
 *
 * <ol>
 *   <li>{@link com.recordsponge.operator.probe.SiteRequest} says what is asked: host, certificate, identity, and digests of
 *       everything on the way, so that an answer counts for exactly that.
 *   <li>{@link com.recordsponge.operator.probe.SiteChecks} asks beside the reconciliations, again and again, and reconciles
 *       an environment when its answer changes.
 *   <li>{@link com.recordsponge.operator.probe.HttpSiteProbe} sends one request: it compares the presented certificate, the
 *       identity header and the status with what is expected.
 * </ol>
 */
package com.recordsponge.operator.probe;
