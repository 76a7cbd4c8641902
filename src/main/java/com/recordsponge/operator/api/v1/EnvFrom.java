package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A Secret or ConfigMap whose keys become environment variables. */
@ValidationRule(
        value = "has(self.secretRef) != has(self.configMapRef)",
        message = "an entry of envFrom needs exactly one of secretRef and configMapRef")
public record EnvFrom(
        @JsonPropertyDescription("Secret whose keys are the variables' names.")
        LocalRef secretRef,

        @JsonPropertyDescription("ConfigMap whose keys are the variables' names.")
        LocalRef configMapRef,

        @Size(max = 63) @Pattern("^[A-Za-z_][A-Za-z0-9_]*$") @JsonPropertyDescription("Prefix of each variable's name.")
        String prefix) {}
