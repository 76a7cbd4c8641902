package com.recordsponge.operator.matrix;

import com.recordsponge.operator.support.SiteAnswer;
import com.recordsponge.operator.support.SiteVisitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A request that a visitor repeats. */
record Visit(String scheme, String host, String path, boolean password) {

    /** The users of every site's protected paths. */
    static final String USER = "access";

    static final String PASSWORD = "open sesame";

    static final String PAGE = "/api/hello";
    static final String DATABASE = "/api/db";
    static final String SLOW = "/api/slow?seconds=3";

    static Visit of(String scheme, String host, String path) {
        return new Visit(scheme, host, path, false);
    }

    Visit withPassword() {
        return new Visit(scheme, host, path, true);
    }

    boolean https() {
        return scheme.equals("https");
    }

    /**
     * The time between two of these. One slow request is always being answered, and only one: each keeps one of the two
     * processes of a pod busy, and while a pod is replaced, the other may be alone.
     */
    Duration interval() {
        return switch (path) {
            case PAGE -> Duration.ofMillis(250);
            case SLOW -> Duration.ofSeconds(3);
            default -> Duration.ofSeconds(1);
        };
    }

    SiteAnswer send(SiteVisitor visitor) throws IOException {
        var headers = password
                ? new String[] {
                    "Authorization: Basic "
                            + Base64.getEncoder()
                                    .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8))
                }
                : new String[0];
        return https() ? visitor.https(host, path, headers) : visitor.http(host, path, headers);
    }

    @Override
    public String toString() {
        return "%s://%s%s%s".formatted(scheme, host, path, password ? " with password" : "");
    }
}
