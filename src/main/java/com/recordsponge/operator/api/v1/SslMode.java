package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** libpq's {@code sslmode}: how far the connection to PostgreSQL is encrypted and its server verified. */
public enum SslMode {
    @JsonProperty("disable")
    DISABLE("disable"),
    @JsonProperty("prefer")
    PREFER("prefer"),
    @JsonProperty("require")
    REQUIRE("require"),
    @JsonProperty("verify-ca")
    VERIFY_CA("verify-ca"),
    @JsonProperty("verify-full")
    VERIFY_FULL("verify-full");

    private final String libpq;

    SslMode(String libpq) {
        this.libpq = libpq;
    }

    /** The value of libpq's {@code sslmode} parameter and of {@code PGSSLMODE}. */
    public String libpq() {
        return libpq;
    }
}
