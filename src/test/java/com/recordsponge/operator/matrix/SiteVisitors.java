package com.recordsponge.operator.matrix;

import com.recordsponge.operator.support.SiteVisitor;
import com.recordsponge.operator.support.Visitors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The visitors of one site, at a constant rate for each request that its form serves. */
final class SiteVisitors implements AutoCloseable {

    private final SiteVisitor client;
    private final Map<Visit, Visitors> active = new ConcurrentHashMap<>();
    private final Timeline timeline;
    private volatile Expectation expectation;
    private int ended;

    SiteVisitors(SiteVisitor client, Expectation expectation, Timeline timeline) {
        this.client = client;
        this.timeline = timeline;
        expect(expectation);
    }

    /** Sends the visitors of a new expectation, and ends those that it does not have. */
    void expect(Expectation next) {
        expectation = next;
        var visits = next.visits().toList();
        visits.forEach(visit -> active.computeIfAbsent(visit, this::start));
        List.copyOf(active.keySet()).stream()
                .filter(visit -> !visits.contains(visit))
                .forEach(this::end);
    }

    private Visitors start(Visit visit) {
        return new Visitors(visit.interval(), () -> {
            var flaw = flaw(visit);
            flaw.ifPresent(text -> timeline.failed(visit, text));
            return flaw;
        });
    }

    private Optional<String> flaw(Visit visit) {
        var current = expectation;
        var attempt = current.begin(visit);
        var flaw = flaw(visit, attempt);
        // The new form may answer already, although no visitor has asked it yet.
        return flaw.isPresent() && current.ends(visit) && answers(current) ? attempt.flaw(flaw.get()) : flaw;
    }

    private boolean answers(Expectation current) {
        var page = current.to().page();
        return flaw(page, current.begin(page)).isEmpty();
    }

    private Optional<String> flaw(Visit visit, Expectation.Attempt attempt) {
        try {
            return attempt.flaw(visit.send(client));
        } catch (IOException e) {
            return attempt.flaw(e.toString());
        }
    }

    private void end(Visit visit) {
        var visitors = active.remove(visit);
        visitors.close();
        ended += visitors.count();
    }

    /** How many requests there were. */
    int count() {
        return ended + active.values().stream().mapToInt(Visitors::count).sum();
    }

    @Override
    public void close() {
        List.copyOf(active.keySet()).forEach(this::end);
    }
}
