package com.recordsponge.operator.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * What the operator proves itself with at a registry: a user name and password, an identity token, or nothing.
 *
 * @param username empty for none
 * @param password empty for none
 * @param identityToken an OAuth 2 refresh token; replaces the password if not empty
 */
public record Credential(String username, String password, String identityToken) {

    static final Credential NONE = new Credential("", "", "");

    boolean isNone() {
        return equals(NONE);
    }

    boolean hasPassword() {
        return identityToken.isEmpty() && !isNone();
    }

    /** The value of an Authorization header of the Basic scheme. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(UTF_8));
    }

    /** Without the secrets, which must not reach a log by accident. */
    @Override
    public String toString() {
        return isNone() ? "no credentials" : "credentials";
    }
}
