package com.recordsponge.operator.host;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.TlsSpec;
import com.recordsponge.operator.plan.HostRules;
import com.recordsponge.operator.plan.NameHolder;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.runtime.EnvironmentsAware;
import com.recordsponge.operator.runtime.Settings;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Knows which of all watched environments owns which DNS name, and triggers a reconciliation of those that wait for a
 * name when another environment releases it. Sends no request: it reads the environments themselves.
 */
@Singleton
public class HostRegistry extends SimpleInboundEventSource<RecordSpongeEnvironment>
        implements EnvironmentsAware, ResourceEventAware<RecordSpongeEnvironment> {

    private static final String BY_NAME = HostRegistry.class.getName();

    /** The claims as of each environment's last reconciliation, before its status is written. */
    private final Map<ResourceID, HostClaim> known = new ConcurrentHashMap<>();

    /** The names that each environment had, by its last decision. */
    private final Map<ResourceID, Set<String>> owned = new ConcurrentHashMap<>();

    private final Map<String, HostRelease> releases = new ConcurrentHashMap<>();
    private final HostRulebook rulebook;
    private final Clock clock;

    private IndexerResourceCache<RecordSpongeEnvironment> environments;

    @Inject
    HostRegistry(Settings settings, Clock clock) {
        this(
                new HostRulebook(
                        settings.hosts().rules().orElse(HostRules.NONE),
                        settings.hosts().grace()),
                clock);
    }

    HostRegistry(HostRulebook rulebook, Clock clock) {
        super("hosts");
        this.rulebook = rulebook;
        this.clock = clock;
    }

    @Override
    public void watch(EventSourceContext<RecordSpongeEnvironment> context) {
        environments = context.getPrimaryCache();
        environments.addIndexer(
                BY_NAME, environment -> List.copyOf(HostClaim.of(environment).names()));
    }

    /** Which of its names an environment does not get. */
    public HostDecision decide(RecordSpongeEnvironment environment) {
        var now = clock.instant();
        releases.values()
                .removeIf(release ->
                        release.at().orElseThrow().plus(rulebook.grace()).isBefore(now));
        var claim = claim(environment);
        var others = others(environment, claim.names()).map(this::claim).toList();
        var decision = rulebook.decide(claim, others, releases, now);
        var names = new HashSet<>(claim.names());
        names.removeAll(decision.taken().keySet());
        names.removeAll(decision.withheld().keySet());
        owned.put(ResourceID.fromResource(environment), names);
        return decision;
    }

    /**
     * Who else has a name: an environment that serves or owns it, unless it provides the same Secret; or, if there is none,
     * the namespaces for which the name is reserved.
     *
     * @param objects the objects of an environment
     */
    public Optional<NameHolder> other(
            String host, RecordSpongeEnvironment environment, Function<RecordSpongeEnvironment, OwnedObjects> objects) {
        var others = others(environment, Set.of(host)).collect(Collectors.toMap(this::claim, Function.identity()));
        var holder = rulebook.holder(host, others.keySet(), releases, clock.instant());
        return holder.isPresent()
                ? holder.filter(claim -> !sharesSecret(others.get(claim), environment))
                        .map(claim -> NameHolder.environment(claim.environment(), objects.apply(others.get(claim))))
                : rulebook.reserved(host, environment.getMetadata().getNamespace());
    }

    private static boolean sharesSecret(RecordSpongeEnvironment one, RecordSpongeEnvironment other) {
        return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
                && provided(one).isPresent()
                && provided(one).equals(provided(other));
    }

    private static Optional<String> provided(RecordSpongeEnvironment environment) {
        return Optional.ofNullable(environment.getSpec().tls()).map(TlsSpec::secretName);
    }

    /** Records what an environment's Ingresses serve, and reconciles the environments that wait for a released name. */
    public void update(RecordSpongeEnvironment environment, Collection<String> hosts) {
        var now = HostClaim.of(environment, hosts);
        var before = known.put(ResourceID.fromResource(environment), now);
        before = before == null ? HostClaim.of(environment) : before;
        if (!now.names().equals(before.names())
                || !now.served().equals(before.served())
                || !now.requested().equals(before.requested())) {
            release(environment, before, now.names());
            reconcileOthers(environment, before, now.names());
        }
    }

    @Override
    public void onResourceDeleted(RecordSpongeEnvironment environment) {
        var before = known.remove(ResourceID.fromResource(environment));
        before = before == null ? HostClaim.of(environment) : before;
        release(environment, before, Set.of());
        owned.remove(ResourceID.fromResource(environment));
        reconcileOthers(environment, before, HostClaim.of(environment).names());
    }

    /** Remembers when an owner gave up its names. */
    private void release(RecordSpongeEnvironment environment, HostClaim before, Set<String> kept) {
        var names = new HashSet<>(owned.getOrDefault(ResourceID.fromResource(environment), Set.of()));
        names.addAll(before.served());
        names.removeAll(kept);
        var at = Optional.of(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        names.forEach(name -> releases.put(name, new HostRelease(before.environment(), at)));
    }

    private HostClaim claim(RecordSpongeEnvironment environment) {
        var last = known.get(ResourceID.fromResource(environment));
        return last == null ? HostClaim.of(environment) : HostClaim.of(environment, last.served());
    }

    private void reconcileOthers(RecordSpongeEnvironment environment, HostClaim before, Set<String> now) {
        var names = new LinkedHashSet<>(before.names());
        names.addAll(now);
        others(environment, names).map(ResourceID::fromResource).distinct().forEach(this::propagateEvent);
    }

    private Stream<RecordSpongeEnvironment> others(RecordSpongeEnvironment environment, Set<String> names) {
        var self = ResourceID.fromResource(environment);
        return names.stream()
                .flatMap(name -> environments.byIndex(BY_NAME, name).stream())
                .filter(other -> !ResourceID.fromResource(other).equals(self));
    }
}
