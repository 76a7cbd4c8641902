/**
 * Which environment owns which DNS name. A name has one owner, also across namespaces.
 *
 * <ol>
 *   <li>{@link com.recordsponge.operator.host.HostRegistry} compares the {@link com.recordsponge.operator.host.HostClaim}s
 *       of all watched environments; {@link com.recordsponge.operator.host.HostRulebook} finds the names that an
 *       environment does not get, because another one owns them, used them last, or is the only one that can have them.
 *   <li>{@link com.recordsponge.operator.host.HostConflicts} blocks the certificate and a new route if another environment
 *       owns the host; {@link com.recordsponge.operator.host.SiteNames} omits aliases that another environment owns.
 *   <li>When an environment's Ingresses no longer serve a name, the registry triggers a reconciliation of those that wait.
 * </ol>
 */
package com.recordsponge.operator.host;
