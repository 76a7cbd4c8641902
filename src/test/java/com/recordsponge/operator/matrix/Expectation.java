package com.recordsponge.operator.matrix;

import com.recordsponge.operator.matrix.SiteForm.Outcome;
import com.recordsponge.operator.support.SiteAnswer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What visitors may see while a site changes its form: what both forms promise, at every moment. What only the new form
 * serves may be absent until it was there once. What only the old form serves must be there until the new form has
 * answered, and so must the site at an address from which the new form redirects. A protected path is never open, whoever
 * serves it.
 */
final class Expectation {

    private final SiteForm from;
    private final SiteForm to;
    private final CertificateCheck certificates;
    private final Set<Visit> arrived = ConcurrentHashMap.newKeySet();

    Expectation(SiteForm from, SiteForm to, CertificateCheck certificates) {
        this.from = from;
        this.to = to;
        this.certificates = certificates;
    }

    /** Of a site that does not change. */
    static Expectation settled(SiteForm form, CertificateCheck certificates) {
        return new Expectation(form, form, certificates);
    }

    SiteForm to() {
        return to;
    }

    /** All requests of both forms. */
    Stream<Visit> visits() {
        return Stream.concat(from.visits().stream(), to.visits().stream()).distinct();
    }

    /** Whether the new form has answered every one of its visitors. */
    boolean hasArrived() {
        return arrived.containsAll(to.visits());
    }

    /** The requests of the new form that were never answered as it promises. */
    Stream<Visit> missing() {
        return to.visits().stream().filter(visit -> !arrived.contains(visit));
    }

    /** Whether the old form's answer to a request ends once the new form has answered. */
    boolean ends(Visit visit) {
        return to.outcome(visit).isEmpty() || redirects(visit);
    }

    /** Whether the new form redirects a request that the old form answers otherwise. */
    private boolean redirects(Visit visit) {
        return to.outcome(visit).equals(Optional.of(Outcome.REDIRECT))
                && from.outcome(visit)
                        .filter(outcome -> outcome != Outcome.REDIRECT)
                        .isPresent();
    }

    /** A request that begins now. An answer to an earlier one may still come after it. */
    Attempt begin(Visit visit) {
        return new Attempt(visit, arrived.contains(visit));
    }

    /** A request, and whether the new form had answered such a request when it began. */
    final class Attempt {

        private final Visit visit;
        private final boolean expected;
        private boolean early;

        private Attempt(Visit visit, boolean expected) {
            this.visit = visit;
            this.expected = expected;
        }

        /** What is wrong with an answer; empty if nothing is. */
        Optional<String> flaw(SiteAnswer answer) {
            var status = answer.status();
            if (isOpen(visit, status)) {
                return Optional.of("open without a password: " + excerpt(answer));
            }
            var certificate = visit.https() ? certificates.flaw(visit.host(), answer) : Optional.<String>empty();
            var renewed = certificate.isEmpty() && accepts(to, visit, status);
            early = renewed && redirects(visit) && !arrived.contains(to.page());
            if (renewed && !early) {
                arrived.add(visit);
                return Optional.empty();
            }
            if (certificate.isEmpty() && accepts(from, visit, status)) {
                return Optional.empty();
            }
            return flaw(certificate.orElseGet(() -> excerpt(answer)));
        }

        /** The same for a request without an answer. */
        Optional<String> flaw(String failure) {
            var before = from.outcome(visit);
            var after = to.outcome(visit);
            var excused = Stream.of(before, after).flatMap(Optional::stream).anyMatch(Outcome.ANYTHING::equals)
                    || before.isEmpty() && !expected
                    || (early || after.isEmpty()) && arrived.contains(to.page());
            return excused ? Optional.empty() : Optional.of(failure);
        }
    }

    private boolean isOpen(Visit visit, int status) {
        return status == 200
                && !visit.password()
                && (from.protects(visit) || to.protects(visit))
                && !accepts(from, visit, status)
                && !accepts(to, visit, status);
    }

    private static boolean accepts(SiteForm form, Visit visit, int status) {
        return form.outcome(visit).filter(outcome -> outcome.accepts(status)).isPresent();
    }

    private static String excerpt(SiteAnswer answer) {
        var body = answer.body().strip().replaceAll("\\s+", " ");
        return "%d %s".formatted(answer.status(), body.substring(0, Math.min(body.length(), 160)));
    }
}
