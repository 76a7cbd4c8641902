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
        @ValidationRule(value = Resources.BIG_ENOUGH, message = "resources.requests" + Resources.ARE_BIG_ENOUGH)
        @JsonPropertyDescription("What the scheduler reserves for each pod.")
        Map<String, Quantity> requests,

        @Size(max = 3)
        @ValidationRule(value = Resources.KNOWN, message = "resources.limits" + Resources.ARE_KNOWN)
        @ValidationRule(value = Resources.VALID, message = "resources.limits" + Resources.ARE_VALID)
        @ValidationRule(value = Resources.BIG_ENOUGH, message = "resources.limits" + Resources.ARE_BIG_ENOUGH)
        @JsonPropertyDescription("The most that each pod can use; the kernel kills a container that uses more memory.")
        Map<String, Quantity> limits) {

    private static final String KNOWN = "self.all(r, r in ['cpu', 'memory', 'ephemeral-storage'])";
    private static final String ARE_KNOWN = " can name cpu, memory and ephemeral-storage only";
    private static final String VALID =
            "self.all(r, isQuantity(string(self[r])) && !quantity(string(self[r])).isLessThan(quantity('0')))";
    private static final String ARE_VALID = " must be quantities such as 250m or 256Mi, zero or more";

    /**
     * {@code 512m} is half a byte, {@code 512} is 512 bytes. No program starts with less than 8 MiB: the container runtime
     * needs about 6 MiB itself.
     */
    private static final String BIG_ENOUGH =
            "self.all(r, r == 'cpu' || !isQuantity(string(self[r])) || quantity(string(self[r])).compareTo(quantity('0')) <= 0 || quantity(string(self[r])).compareTo(quantity('8Mi')) >= 0)";

    private static final String ARE_BIG_ENOUGH =
            ": memory and ephemeral-storage must be at least 8Mi, or 0; m means a thousandth of a byte, so write 512Mi instead of 512m";
}
