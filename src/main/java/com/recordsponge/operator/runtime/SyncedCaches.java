package com.recordsponge.operator.runtime;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Set;

/** Whether the operator knows all objects of a namespace. Until then it would recreate what exists. */
@Singleton
public class SyncedCaches {

    private final Instance<Operator> operator;
    private final WatchedNamespaces namespaces;

    /** @param operator on demand, as the operator's reconciler uses this class */
    SyncedCaches(Instance<Operator> operator, WatchedNamespaces namespaces) {
        this.operator = operator;
        this.namespaces = namespaces;
    }

    /** Whether the informers of all kinds have listed the namespace. */
    public boolean contain(String namespace) {
        var either = Set.of(namespace, Constants.WATCH_ALL_NAMESPACES);
        return namespaces.withInformers().stream().anyMatch(either::contains)
                && operator.get().getRegisteredControllers().stream()
                        .flatMap(RunningInformers::of)
                        .filter(informer -> either.contains(informer.getKey()))
                        .allMatch(informer -> informer.getValue().hasSynced());
    }
}
