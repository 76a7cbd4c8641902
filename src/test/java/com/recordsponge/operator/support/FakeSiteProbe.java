package com.recordsponge.operator.support;

import com.recordsponge.operator.probe.ProbeResult;
import com.recordsponge.operator.probe.SiteProbe;
import com.recordsponge.operator.probe.SiteRequest;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Asks no site: returns the result that a test sets for a host, an answer by default. */
@Mock
@Singleton
public class FakeSiteProbe implements SiteProbe {

    private final Map<String, Function<SiteRequest, ProbeResult>> results = new ConcurrentHashMap<>();
    private final List<SiteRequest> requests = new CopyOnWriteArrayList<>();

    /** Lets a host answer as a function says. */
    public void script(String host, Function<SiteRequest, ProbeResult> result) {
        results.put(host, result);
    }

    /** Lets a host answer again. */
    public void restore(String host) {
        results.remove(host);
    }

    /** The requests to a host so far. */
    public List<SiteRequest> requests(String host) {
        return requests.stream().filter(request -> request.host().equals(host)).toList();
    }

    @Override
    public ProbeResult ask(SiteRequest request) {
        requests.add(request);
        return results.getOrDefault(request.host(), ProbeResult::answered).apply(request);
    }
}
