package com.recordsponge.operator.certificate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One block of a PEM file (RFC 7468), read as Go's {@code pem.Decode} does it, with which Traefik reads them: other text is
 * skipped, and so is a block that is not base64.
 *
 * @param type such as {@code CERTIFICATE} or {@code EC PRIVATE KEY}
 * @param encrypted whether a header says that the content is encrypted (RFC 1421, section 4.6.1.1)
 * @param content in DER
 */
record PemBlock(String type, boolean encrypted, byte[] content) {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    static List<PemBlock> all(byte[] file) {
        var blocks = new ArrayList<PemBlock>();
        String type = null;
        var encrypted = false;
        var body = new StringBuilder();
        for (var line : (Iterable<String>) new String(file, ISO_8859_1).lines().map(String::stripTrailing)::iterator) {
            if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() > BEGIN.length() + DASHES.length()) {
                type = line.substring(BEGIN.length(), line.length() - DASHES.length());
                encrypted = false;
                body.setLength(0);
            } else if (type != null && line.equals(END + type + DASHES)) {
                add(blocks, type, encrypted, body.toString());
                type = null;
            } else if (type != null && line.contains(":")) {
                encrypted |= line.startsWith("Proc-Type:") && line.endsWith("ENCRYPTED");
            } else {
                body.append(line.strip());
            }
        }
        return blocks;
    }

    private static void add(List<PemBlock> blocks, String type, boolean encrypted, String base64) {
        try {
            blocks.add(new PemBlock(type, encrypted, Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException _) {
            // Not base64: Go's decoder continues after the block, too.
        }
    }

    boolean isCertificate() {
        return type.equals("CERTIFICATE");
    }

    boolean isPrivateKey() {
        return type.endsWith("PRIVATE KEY");
    }

    boolean isEncrypted() {
        return encrypted || type.equals("ENCRYPTED PRIVATE KEY");
    }
}
