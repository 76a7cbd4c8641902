package com.recordsponge.operator.bench;

import com.recordsponge.operator.support.AuditLog;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The operator's requests since this object was created, except for leases and watches, whose cost is constant. */
final class RequestLog {

    private final AuditLog audit;
    private final long mark;

    RequestLog(AuditLog audit) {
        this.audit = audit;
        this.mark = audit.mark();
    }

    List<String> all() {
        return audit.operatorRequests(mark);
    }

    Optional<Instant> firstWrite() {
        return audit.firstOperatorWrite(mark);
    }

    int writes() {
        return audit.operatorWrites(mark).size();
    }

    int reads() {
        return all().size() - writes();
    }

    /** The number of requests by verb, most frequent first. */
    String byVerb() {
        return byVerb(all());
    }

    static String byVerb(List<String> requests) {
        return requests.stream()
                .collect(Collectors.groupingBy(request -> request.split(" ")[0], Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(verb -> String.format(Locale.ROOT, "%,d %s", verb.getValue(), verb.getKey()))
                .collect(Collectors.joining(", "));
    }
}
