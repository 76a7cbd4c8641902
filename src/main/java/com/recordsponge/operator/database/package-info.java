/**
 * Feature: the connection to an external PostgreSQL database.
 *
 * <ol>
 *   <li>Read the credentials and, if the server is verified, its CA certificate.
 *   <li>Log in outside the reconciliation ({@link com.recordsponge.operator.database.LoginChecks}). The workload waits
 *       until a login over a new connection has succeeded, but never for one that its pods already use.
 *   <li>Apply the connection Secret and, for a server at an address, a Service without selector and its EndpointSlice.
 *   <li>Give pods the connection's variables and the CA certificate, and allow egress to the addresses of the login.
 *   <li>Report the newest login, and log in again at an interval.
 * </ol>
 */
package com.recordsponge.operator.database;
