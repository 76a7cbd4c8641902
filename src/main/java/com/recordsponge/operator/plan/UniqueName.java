package com.recordsponge.operator.plan;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names that end in a hash. Traefik joins namespace and name with a hyphen, so that {@code a-site} in namespace {@code
 * bug} and {@code site} in namespace {@code bug-a} would be one object; the hash tells them apart. A hash that also
 * covers what an object contains names one version of it, which can exist beside the next one.
 */
public final class UniqueName {
    /** Two environments share a joined name only if they split the same text, of which there are few: 32 bits suffice. */
    private static final int HASH_LENGTH = 8;

    private UniqueName() {}

    /**
     * The environment's name, the suffix, and a hash of both, the namespace and the version; 9 characters longer than
     * name and suffix.
     *
     * @param suffix what the object is, such as {@code -tls}; can be empty
     * @param version what distinguishes this object from other versions of it; empty for the only one
     */
    public static String of(String namespace, String environment, String suffix, String version) {
        var hash = Digest.of(Map.of(
                "namespace", namespace,
                "environment", environment,
                "suffix", suffix,
                "version", version));
        return environment + suffix + "-" + hash.substring(0, HASH_LENGTH);
    }

    /** Whether {@link #of} gives an environment an object of this name and suffix, in some namespace and version. */
    public static boolean isVersion(String name, String environment, String suffix) {
        return name.matches(Pattern.quote(environment + suffix) + "-[0-9a-f]{" + HASH_LENGTH + "}");
    }
}
