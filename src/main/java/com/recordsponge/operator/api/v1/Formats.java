package com.recordsponge.operator.api.v1;

/** Regular expressions (RE2 and Java alike) shared by the schema's patterns and CEL rules. */
final class Formats {

    /** RFC 1123 subdomain: labels of lower-case letters, digits and inner hyphens, 63 characters each. */
    static final String DNS_NAME = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?([.][a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$";

    /** RFC 1123 label: lower-case letters, digits and inner hyphens. */
    static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** A path below a folder, none of whose steps begins with a dot. */
    static final String RELATIVE_PATH = "^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$";

    /** Ends in a number, as IP addresses do in every notation and no top-level domain does (RFC 3696, section 2). */
    static final String NUMERIC_END = "(^|[.])[0-9]+$";

    private static final String PATH = "[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*)*";
    private static final String REGISTRY =
            "([a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?([.][a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*(:[0-9]{1,5})?/)?";
    private static final String TAG = ":[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}";
    private static final String SHA256 = "sha256:[a-f0-9]{64}";
    private static final String AT_DIGEST = "@" + SHA256;

    /** An image reference by the OCI distribution's grammar: {@code [registry/]repository[:tag][@digest]}. */
    static final String IMAGE = "^" + REGISTRY + PATH + "(" + TAG + ")?(" + AT_DIGEST + ")?$";

    /** The end of an {@link #IMAGE} that has a tag, a digest or both. */
    static final String TAG_OR_DIGEST = "(" + TAG + "|" + AT_DIGEST + ")$";

    /** The digest of an image. */
    static final String DIGEST = "^" + SHA256 + "$";

    /** A duration in whole hours, minutes and seconds, as Go and kubectl write it; its seconds fit 31 bits. */
    static final String DURATION = "^([0-9]{1,5}h)?([0-9]{1,6}m)?([0-9]{1,8}s)?$";

    /** CEL: a {@link #DURATION} of at least a second. */
    static final String POSITIVE_DURATION = "self.matches('" + DURATION + "') && self.matches('[1-9]')";

    /** A size of storage in the usual decimal and binary units; its number of bytes fits in 64 bits. */
    static final String STORAGE = "^[0-9]{1,6}([.][0-9]{1,3})?(M|G|T|Mi|Gi|Ti)$";

    /** An unquoted PostgreSQL identifier of at most 63 bytes. */
    static final String SQL_IDENTIFIER = "^[a-z_][a-z0-9_]{0,62}$";

    private Formats() {}
}
