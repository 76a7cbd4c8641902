package com.recordsponge.operator.registry;

import com.recordsponge.operator.check.Authorities;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;

/** Trusts the Java runtime's authorities and more, as containerd does with a {@code ca_file}. */
final class TrustedAuthorities {

    private TrustedAuthorities() {}

    /** @param pem certificates of the additional authorities */
    static TrustOptions with(String pem) {
        try {
            return TrustOptions.wrap(Authorities.trustManager(Authorities.besideTheSystems(pem)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The ca_file of a registry has no certificates in PEM.", e);
        }
    }
}
