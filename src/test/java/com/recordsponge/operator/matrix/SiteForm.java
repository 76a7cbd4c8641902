package com.recordsponge.operator.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What visitors see of a site whose spec has been applied.
 *
 * @param interrupted whether the spec itself interrupts the site
 */
record SiteForm(
        String host,
        List<String> aliases,
        boolean tls,
        List<String> protectedPaths,
        boolean database,
        int replicas,
        boolean interrupted) {

    /** What a request is answered with. */
    enum Outcome {
        OK(200),
        REDIRECT(301, 308),
        LOCKED(401),
        /** Refused whatever the password is. */
        CLOSED(401, 403, 404, 503),
        /** Nothing is promised. */
        ANYTHING;

        private final List<Integer> statuses;

        Outcome(Integer... statuses) {
            this.statuses = List.of(statuses);
        }

        boolean accepts(int status) {
            return this == ANYTHING || statuses.contains(status);
        }
    }

    static SiteForm of(Spec spec, boolean interrupted) {
        return new SiteForm(
                (String) spec.get("host").orElseThrow(),
                strings(spec.get("aliases")),
                spec.get("tls").isPresent(),
                entries(spec.get("ingress.basicAuth"))
                        .map(entry -> (String) entry.get("path"))
                        .toList(),
                spec.get("database").isPresent(),
                spec.get("suspend").equals(Optional.of(true))
                        ? 0
                        : (Integer) spec.get("replicas").orElse(1),
                interrupted);
    }

    /** The requests of its visitors. */
    List<Visit> visits() {
        var scheme = tls ? "https" : "http";
        var visits = new ArrayList<Visit>();
        visits.add(page());
        visits.add(Visit.of(scheme, host, Visit.SLOW));
        if (database) {
            visits.add(Visit.of(scheme, host, Visit.DATABASE));
        }
        if (tls) {
            visits.add(Visit.of("http", host, "/"));
        }
        aliases.forEach(alias -> visits.add(Visit.of(scheme, alias, "/")));
        protectedPaths.forEach(path -> {
            visits.add(Visit.of(scheme, host, path));
            visits.add(Visit.of(scheme, host, path).withPassword());
        });
        return visits;
    }

    /** The request whose success proves the form. */
    Visit page() {
        return Visit.of(tls ? "https" : "http", host, Visit.PAGE);
    }

    /** What a request is answered with; empty if the site is not there for it. */
    Optional<Outcome> outcome(Visit visit) {
        if (aliases.contains(visit.host())) {
            return Optional.of(Outcome.REDIRECT);
        }
        if (!visit.host().equals(host) || visit.https() && !tls) {
            return Optional.empty();
        }
        if (!visit.https() && tls) {
            return Optional.of(Outcome.REDIRECT);
        }
        if (protects(visit) && !visit.password()) {
            return Optional.of(interrupted ? Outcome.CLOSED : Outcome.LOCKED);
        }
        if (interrupted || visit.path().equals(Visit.DATABASE) && !database) {
            return Optional.of(Outcome.ANYTHING);
        }
        return Optional.of(Outcome.OK);
    }

    /** Whether the request needs a password. */
    boolean protects(Visit visit) {
        return visit.host().equals(host) && protectedPaths.contains(visit.path());
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(Optional<Object> list) {
        return list.map(values -> (List<String>) values).orElse(List.of());
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> entries(Optional<Object> list) {
        return list.stream()
                .flatMap(values -> ((List<Map<String, Object>>) values).stream())
                .filter(Objects::nonNull);
    }
}
