package com.recordsponge.operator.host;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Knows which of all watched environments owns which DNS name, and triggers a reconciliation of those that wait for a
 * name when another environment releases it. Sends no request: it reads the environments themselves.
 */
@Singleton
public class HostRegistry extends SimpleInboundEventSource<RecordSpongeEnvironment>
        implements ResourceEventAware<RecordSpongeEnvironment> {

    private static final String BY_NAME = HostRegistry.class.getName();

    /** The claims as of each environment's last reconciliation, before its status is written. */
    private final Map<ResourceID, HostClaim> known = new ConcurrentHashMap<>();

    private IndexerResourceCache<RecordSpongeEnvironment> environments;

    HostRegistry() {
        super("hosts");
    }

    /** Starts to read the environments of a controller. */
    public void watch(EventSourceContext<RecordSpongeEnvironment> context) {
        environments = context.getPrimaryCache();
        environments.addIndexer(
                BY_NAME, environment -> List.copyOf(HostClaim.of(environment).names()));
    }

    /** The names of an environment that another one owns, each with that environment as namespace/name. */
    public Map<String, String> taken(RecordSpongeEnvironment environment) {
        var claim = claim(environment);
        return claim.taken(others(environment, claim.names()).map(this::claim).toList());
    }

    /** Records what an environment's Ingresses serve, and reconciles the environments that wait for a released name. */
    public void update(RecordSpongeEnvironment environment, Collection<String> hosts) {
        var now = HostClaim.of(environment, hosts);
        var before = known.put(ResourceID.fromResource(environment), now);
        before = before == null ? HostClaim.of(environment) : before;
        if (!now.equals(before)) {
            reconcileOthers(environment, before, now);
        }
    }

    @Override
    public void onResourceDeleted(RecordSpongeEnvironment environment) {
        var before = known.remove(ResourceID.fromResource(environment));
        reconcileOthers(environment, before == null ? HostClaim.of(environment) : before, HostClaim.of(environment));
    }

    private HostClaim claim(RecordSpongeEnvironment environment) {
        var last = known.get(ResourceID.fromResource(environment));
        return last == null ? HostClaim.of(environment) : HostClaim.of(environment, last.served());
    }

    private void reconcileOthers(RecordSpongeEnvironment environment, HostClaim before, HostClaim now) {
        var names = new LinkedHashSet<>(before.names());
        names.addAll(now.names());
        others(environment, names).map(ResourceID::fromResource).distinct().forEach(this::propagateEvent);
    }

    private Stream<RecordSpongeEnvironment> others(RecordSpongeEnvironment environment, Set<String> names) {
        var self = ResourceID.fromResource(environment);
        return names.stream()
                .flatMap(name -> environments.byIndex(BY_NAME, name).stream())
                .filter(other -> !ResourceID.fromResource(other).equals(self));
    }
}
