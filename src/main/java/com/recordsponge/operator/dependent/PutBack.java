package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.Matcher;
import java.util.function.UnaryOperator;

/** Puts back what others edited in one object, and stops when it is edited again and again. */
final class PutBack<R extends HasMetadata> {

    private final R desired;
    private final RecordSpongeEnvironment environment;
    private final Context<RecordSpongeEnvironment> context;
    private final PutBacks history;

    PutBack(R desired, RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        this.desired = desired;
        this.environment = environment;
        this.context = context;
        this.history = PlanContext.putBacks(context);
    }

    /**
     * Whether an object needs no update: it is as desired and nobody added anything, or the operator leaves it for now.
     *
     * @param matches whether it has everything that is desired
     */
    Matcher.Result<R> match(R actual, boolean matches, Component component) {
        var edits = Edits.of(actual, desired, context);
        if (matches && !edits.hasAdditions()) {
            history.matches(environment, desired);
            return Matcher.Result.computed(true, desired);
        }
        if (history.isEdited(environment, desired) && history.leaves(environment, desired, edits.paths())) {
            PlanContext.add(context, edits.conflict(component));
            return Matcher.Result.computed(true, desired);
        }
        return Matcher.Result.computed(false, desired);
    }

    /**
     * Removes what others added, then applies; counts how often what others edited is put back.
     *
     * @param apply applies the desired object to the given one
     */
    R update(R actual, UnaryOperator<R> apply) {
        var edited = history.isEdited(environment, desired);
        var foreign = Edits.of(actual, desired, context);
        var removed = foreign.remove(actual, context);
        var updated = apply.apply(removed.orElse(actual));
        if (removed.isEmpty()) {
            // The API server refused to remove them before: without them the object lacked what it requires.
            Edits.of(updated, desired, context).remove(updated, context);
            updated = apply.apply(updated);
        }
        if (edited) {
            history.putBack(environment, desired, foreign.paths());
        }
        history.matches(environment, desired);
        return updated;
    }
}
