package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Requests and limits of cpu, memory and ephemeral-storage, as in a container. */
@ValidationRule(
        value =
                "!has(self.requests) || !has(self.limits) || self.requests.all(r, !(r in self.limits) || quantity(string(self.requests[r])).compareTo(quantity(string(self.limits[r]))) <= 0)",
        message = "resources.requests exceeds resources.limits; lower the request or raise the limit")
public record Resources(
        @Size(max = 3)
        @ValidationRule(value = Resources.KNOWN, message = "resources.requests" + Resources.ARE_KNOWN)
        @ValidationRule(value = Resources.VALID, message = "resources.requests" + Resources.ARE_VALID)
        @JsonPropertyDescription("What the scheduler reserves for each pod.")
        Map<String, Quantity> requests,

        @Size(max = 3)
        @ValidationRule(value = Resources.KNOWN, message = "resources.limits" + Resources.ARE_KNOWN)
        @ValidationRule(value = Resources.VALID, message = "resources.limits" + Resources.ARE_VALID)
        @JsonPropertyDescription("The most that each pod can use; the kernel kills a container that uses more memory.")
        Map<String, Quantity> limits) {

    private static final String KNOWN = "self.all(r, r in ['cpu', 'memory', 'ephemeral-storage'])";
    private static final String ARE_KNOWN = " can name cpu, memory and ephemeral-storage only";
    private static final String VALID =
            "self.all(r, isQuantity(string(self[r])) && !quantity(string(self[r])).isLessThan(quantity('0')))";
    private static final String ARE_VALID = " must be quantities such as 250m or 256Mi, zero or more";
}
