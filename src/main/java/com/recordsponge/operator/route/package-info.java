/**
 * Feature: how requests reach the application.
 *
 * <ol>
 *   <li>Wait for Traefik's CRDs if a field requires them. Without its host, or an IngressClass that supports all fields, a
 *       route does not begin, but what serves gets the present options; without users a path is closed.
 *   <li>Compare the routes that exist with the wanted one ({@link com.recordsponge.operator.route.RouteTransition}): what
 *       serves is replaced only by what the ingress controller has loaded.
 *   <li>Apply the Service, copies of the users' Secrets, Traefik's Middlewares and ServersTransports, and the Ingresses.
 *   <li>Delete Ingresses that serve a host that another environment owns, also while the route is blocked.
 *   <li>Ask the site whether it answers by its route ({@link com.recordsponge.operator.route.RouteAnswer}); until then others
 *       stay.
 *   <li>Report whether the ingress controller serves every Ingress, what the site answered, and under which names.
 * </ol>
 */
package com.recordsponge.operator.route;
