/**
 * Which environment has which DNS name. A name leads to one environment, also across namespaces.
 *
 * <ol>
 *   <li>{@link com.recordsponge.operator.host.HostRegistry} compares the {@link
 *       com.recordsponge.operator.host.HostClaim}s of all watched environments and finds the names that another environment
 *       has.
 *   <li>{@link com.recordsponge.operator.host.HostConflicts} blocks route and certificate without the host; {@link
 *       com.recordsponge.operator.host.SiteNames} leaves out aliases that another environment has.
 *   <li>When an environment's Ingresses no longer serve a name, the registry triggers a reconciliation of those that wait.
 * </ol>
 */
package com.recordsponge.operator.host;
