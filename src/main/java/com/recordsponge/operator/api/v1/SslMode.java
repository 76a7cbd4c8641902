package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** libpq's {@code sslmode}: whether the connection to PostgreSQL is encrypted and the server verified. */
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
    VERIFY_FULL("verify-full"),
    /** A value that only a newer operator knows. */
    @JsonIgnore
    @JsonEnumDefaultValue
    UNKNOWN("");

    private final String libpq;

    SslMode(String libpq) {
        this.libpq = libpq;
    }

    /** The value of libpq's {@code sslmode} parameter and of {@code PGSSLMODE}. */
    public String libpq() {
        return libpq;
    }
}
