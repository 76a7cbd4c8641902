/**
 * Feature: the certificate of a site.
 *
 * <ol>
 *   <li>With an issuer: wait for cert-manager and for the host, then apply a Certificate. Its Secret outlives the
 *       environment.
 *   <li>With a provided certificate: check its names and validity.
 *   <li>Report its state, and reconcile again when it expires.
 * </ol>
 */
package com.recordsponge.operator.certificate;
