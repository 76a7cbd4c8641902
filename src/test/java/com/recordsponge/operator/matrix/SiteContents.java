package com.recordsponge.operator.matrix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The data of the Secrets and ConfigMaps that {@code matrix/fields.yaml} names, the same in every cluster. */
public final class SiteContents {

    private static final String REGISTRY = "{\"auths\": {\"%s.test\": {\"auth\": \"dTpw\"}}}";

    private SiteContents() {}

    /** All but those of the database. */
    public static Map<String, Map<String, String>> of(String host, TestAuthority authority) throws IOException {
        var contents = new HashMap<String, Map<String, String>>();
        contents.put("users", Map.of("users", user(Visit.USER)));
        contents.put("same-users", Map.of("users", user("somebody") + "\n" + user(Visit.USER)));
        contents.put("extra", Map.of("TOKEN", "first"));
        contents.put("other-extra", Map.of("TOKEN", "second", "MORE", "a$b"));
        contents.put("settings", Map.of("FEATURE", "on"));
        contents.put("other-settings", Map.of("FEATURE", "off"));
        contents.put("session-keys", Map.of("first", "a key", "second", "another key"));
        contents.put("other-session-keys", Map.of("first", "a new key", "second", "another new key"));
        contents.put("hub", Map.of(".dockerconfigjson", REGISTRY.formatted("first")));
        contents.put("other-hub", Map.of(".dockerconfigjson", REGISTRY.formatted("second")));
        contents.put("rubbish", Map.of("tls.crt", "rubbish", "tls.key", "rubbish", "username", "rubbish"));
        var names = List.of(host, "*." + host);
        contents.put("certificate", authority.issue(names));
        contents.put("other-certificate", authority.issue(names));
        contents.put("certificate-of-other-names", authority.issue(List.of("elsewhere.test")));
        contents.put("expired-certificate", authority.issueExpired(names));
        var mixed = new HashMap<>(authority.issue(names));
        mixed.put("tls.key", contents.get("certificate").get("tls.key"));
        contents.put("certificate-with-other-key", mixed);
        return contents;
    }

    /** Adds what says which servers of databases to trust. */
    public static void addAuthorities(Map<String, Map<String, String>> contents, String server, TestAuthority authority)
            throws IOException {
        contents.put("ca", Map.of("ca.crt", server, "copy.crt", server));
        contents.put("other-ca", Map.of("ca.crt", server + authority.pem()));
        contents.put("wrong-ca", Map.of("ca.crt", authority.pem()));
    }

    private static String user(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(Visit.PASSWORD.getBytes(StandardCharsets.UTF_8));
            return name + ":{SHA}" + Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
