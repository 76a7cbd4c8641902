package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.check.CheckQueue;
import com.recordsponge.operator.check.Jitter;
import com.recordsponge.operator.check.Timer;
import com.recordsponge.operator.dev.ReportAddresses.Address;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Asks the supervisors in the pods of developers' environments, beside the reconciliations. The kubelet offers no way for a
 * program to say more than that it is ready, and the operator has no right to read logs.
 */
@Singleton
public class ReportChecks extends SimpleInboundEventSource<RecordSpongeEnvironment>
        implements Reports, ResourceEventAware<RecordSpongeEnvironment> {

    private static final Logger LOG = Logger.getLogger(ReportChecks.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final CheckQueue.Limits LIMITS = new CheckQueue.Limits(10, 12, 16);

    private final CheckQueue queue = new CheckQueue(LIMITS);
    private final Jitter jitter = new Jitter(RandomGenerator.getDefault());
    private final Map<ResourceID, Watch> watches = new HashMap<>();

    /** The addresses of one environment, and what was reported there. */
    private record Watch(Map<String, Address> addresses, Map<String, PartReport> reports) {}

    ReportChecks() {
        super("development-reports");
    }

    @Override
    public synchronized Map<String, PartReport> latest(
            RecordSpongeEnvironment environment, Map<String, Address> addresses) {
        var id = ResourceID.fromResource(environment);
        if (addresses.isEmpty()) {
            watches.remove(id);
            return Map.of();
        }
        var watch = watches.get(id);
        if (watch == null || !watch.addresses().equals(addresses)) {
            watch = new Watch(addresses, new HashMap<>());
            watches.put(id, watch);
            ask(id, watch);
        }
        return Map.copyOf(watch.reports());
    }

    @Override
    public synchronized void onResourceDeleted(RecordSpongeEnvironment environment) {
        watches.remove(ResourceID.fromResource(environment));
    }

    private void ask(ResourceID environment, Watch watch) {
        queue.submit(environment.toString(), false, () -> {
            if (isWanted(environment, watch)) {
                try {
                    keep(environment, watch, answers(watch));
                } catch (RuntimeException e) {
                    LOG.errorf(e, "Reading the reports of %s failed", environment);
                }
                Timer.inVirtualThread(jitter.shorten(INTERVAL), () -> ask(environment, watch));
            }
        });
    }

    private static Map<String, PartReport> answers(Watch watch) {
        var answers = new TreeMap<String, PartReport>();
        watch.addresses().forEach((part, address) -> ReportSocket.read(address)
                .flatMap(PartReport::parse)
                .ifPresent(report -> answers.put(part, report)));
        return answers;
    }

    private synchronized boolean isWanted(ResourceID environment, Watch watch) {
        return watches.get(environment) == watch;
    }

    /** A supervisor that does not answer now has nothing new to say. */
    private void keep(ResourceID environment, Watch watch, Map<String, PartReport> answers) {
        synchronized (this) {
            var before = Map.copyOf(watch.reports());
            watch.reports().putAll(answers);
            if (!isWanted(environment, watch) || before.equals(watch.reports())) {
                return;
            }
        }
        propagateEvent(environment);
    }
}
