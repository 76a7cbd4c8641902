package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.cluster.ClusterCapabilities;
import com.recordsponge.operator.cluster.ReferencedObjects;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.host.HostRegistry;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.Planner;
import com.recordsponge.operator.plan.ReconciliationState;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Observes everything that an environment depends on, before and after its objects are applied. */
@Singleton
class Observer {

    private final Planner planner;
    private final ReferencedObjects references;
    private final ClusterCapabilities capabilities;
    private final HostRegistry hosts;
    private final Clock clock;

    Observer(
            Planner planner,
            ReferencedObjects references,
            ClusterCapabilities capabilities,
            HostRegistry hosts,
            Clock clock) {
        this.planner = planner;
        this.references = references;
        this.capabilities = capabilities;
        this.hosts = hosts;
        this.clock = clock;
    }

    /** The plan of an environment, from what the cluster has now. */
    EnvironmentPlan plan(RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        var decision = hosts.decide(environment);
        return planner.plan(new PlanInput(
                environment,
                references.read(environment, context),
                capabilities.forIngressClass(environment.getSpec().ingressClass()),
                decision.taken(),
                decision.withheld(),
                host -> hosts.other(host, environment, other -> PlanContext.owned(other, context)),
                PlanContext.owned(context),
                clock.instant()));
    }

    /** The state after the plan was applied, with the failures to apply it. */
    StatusReport report(
            RecordSpongeEnvironment environment, List<Blocker> failures, Context<RecordSpongeEnvironment> context) {
        var plan = PlanContext.plan(context)
                .with(Stream.concat(failures.stream(), PlanContext.blockers(context).stream())
                        .toList());
        return StatusReport.of(
                new ReconciliationState(environment, plan, PlanContext.owned(context), clock.instant()),
                hosts.decide(environment));
    }
}
