/**
 * Feature: how requests reach the application.
 *
 * <ol>
 *   <li>Wait for the IngressClass, for Traefik if a field requires it, for the users of protected paths, and for the host.
 *   <li>Apply the Service, Traefik's Middlewares and ServersTransport, and the Ingresses.
 *   <li>Delete Ingresses that serve a host that another environment owns, also while the route is blocked.
 *   <li>Report whether the ingress controller serves every Ingress, and under which names.
 * </ol>
 */
package com.recordsponge.operator.route;
