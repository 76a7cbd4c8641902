/**
 * Feature: the connection to an external PostgreSQL database.
 *
 * <ol>
 *   <li>Read the credentials and, if the server is verified, its CA certificate.
 *   <li>Log in outside the reconciliation ({@link com.recordsponge.operator.database.LoginChecks}). Pods get a
 *       new connection after a login over it has succeeded, and keep the one that they have until then.
 *   <li>Apply the connection Secret and, for a server at an address, a Service without selector and its EndpointSlice. Each
 *       connection and each address has its own, which never change and remain while pods can use them.
 *   <li>Give pods the connection's variables and the CA certificate, and allow egress to the addresses of the login.
 *   <li>Report the newest login, and log in again at an interval.
 * </ol>
 */
package com.recordsponge.operator.database;
