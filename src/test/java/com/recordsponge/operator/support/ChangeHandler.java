package com.recordsponge.operator.support;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** Gets each object of an informer as it is at first, and after each change; not that it is gone. */
public record ChangeHandler<R>(Consumer<R> handler) implements ResourceEventHandler<R> {

    @Override
    public void onAdd(R object) {
        handler.accept(object);
    }

    @Override
    public void onUpdate(R before, R object) {
        handler.accept(object);
    }

    @Override
    public void onDelete(R object, boolean unseen) {
        // Not wanted.
    }
}
