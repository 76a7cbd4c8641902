package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.PodSecretDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PodData;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** The copies of what pods read from Secrets and ConfigMaps. */
public class DataCopyDependentResource extends PodSecretDependentResource {

    public DataCopyDependentResource() {
        super(Component.WORKLOAD, PodData.SUFFIX, _ -> List.of());
    }

    @Override
    protected List<Secret> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return DataCopies.copies(plan, SessionKeys.data(plan, PlanContext.owned(context)));
    }
}
