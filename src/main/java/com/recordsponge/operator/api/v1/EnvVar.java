package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An environment variable of the application. */
@ValidationRule(
        value = "!(self.name in ['TIER', 'SECRET_KEY'])",
        message = "env cannot set TIER or SECRET_KEY, which the operator sets from tier and sessionKeySecretRef")
@ValidationRule(
        value = "!has(self.value) || !self.value.contains('\\x00')",
        message = "the value of an environment variable cannot contain a NUL character")
public record EnvVar(
        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
        @JsonPropertyDescription("Name of the variable.")
        String name,

        @Size(max = 32768)
        @JsonPropertyDescription(
                "Value of the variable; empty when omitted. Everyone who can read the environment can read it: keep secrets in envFrom.")
        String value) {}
