package com.recordsponge.operator.api.v1;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An environment variable of the application. */
@ValidationRule(
        value = "!(self.name in ['TIER', 'SECRET_KEY'])",
        message = "env may not set TIER or SECRET_KEY, which come from tier and secretKeyRef")
public record EnvVar(
        @Required @Size(min = 1, max = 253) @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
        String name,

        @Size(max = 32768) String value) {}
