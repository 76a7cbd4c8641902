/**
 * Feature: the certificate of a site.
 *
 * <ol>
 *   <li>With an issuer: wait for cert-manager and for the host, then apply a Certificate. Its Secret outlives the
 *       environment.
 *   <li>With a provided certificate: check whether it can be loaded, its names and validity, then copy it.
 *   <li>Keep the former Certificate or copy until no Ingress names its Secret.
 *   <li>Report its state, and reconcile again when it expires.
 * </ol>
 */
package com.recordsponge.operator.certificate;
