package com.recordsponge.operator.dev;

import static com.recordsponge.operator.api.v1.Component.DEVELOPMENT;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RequestAnnotation;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import java.util.Optional;

/**
 * What the preparation of PostgreSQL's data means for the environment.
 *
 * @param claim of the tree
 * @param name of PostgreSQL's Deployment and claim
 * @param folder of the scripts
 */
record InitdbFinding(InitdbResult result, String claim, String name, String folder) {

    /** Empty without PostgreSQL, and until the preparation has ended. */
    static Optional<InitdbFinding> of(DevPlan plan, ReconciliationState state) {
        var name = PostgresPods.name(state.plan().name());
        return plan.postgres().flatMap(postgres -> InitdbResult.of(state.owned(), name)
                .map(result -> new InitdbFinding(result, plan.claim(), name, postgres.initdb())));
    }

    /** Why PostgreSQL cannot run. */
    Optional<Finding> failure() {
        return Optional.of(result)
                .filter(ended -> ended.outcome() == InitdbResult.Outcome.INCOMPATIBLE)
                .map(ended -> Finding.failing(
                        DEVELOPMENT,
                        Reason.DATA_INCOMPATIBLE,
                        "PersistentVolumeClaim %s has data of PostgreSQL %s, which PostgreSQL %s of dev.postgres.image cannot use. Set the image back, or delete the claim with its data."
                                .formatted(name, ended.detail(0), ended.detail(1))));
    }

    /** Why scripts have not run; PostgreSQL does all the same. */
    Optional<Finding> warning() {
        var message =
                switch (result.outcome()) {
                    case FAILED ->
                        "Script %s of %s failed: \"%s\". Correct it and run make initdb, or give the annotation %s a new value."
                                .formatted(result.detail(0), folder, result.detail(1), RequestAnnotation.INITDB);
                    case UNREADABLE ->
                        "PostgreSQL's pod cannot read %s of the tree of claim %s: its owner or mode forbids it to user %d. Run chmod -R a+rX on the tree and make initdb, or give the annotation %s a new value."
                                .formatted(
                                        TreeProblem.inTree(result.detail(0)),
                                        claim,
                                        PostgresPods.POSTGRES,
                                        RequestAnnotation.INITDB);
                    case DONE, CHANGED, NONE, EMPTY, INCOMPATIBLE -> null;
                };
        return Optional.ofNullable(message).map(text -> Finding.warning(DEVELOPMENT, Reason.INITDB_FAILED, text));
    }

    /** What a user should know about the scripts although nothing failed. */
    Optional<String> note() {
        return switch (result.outcome()) {
            case NONE -> Optional.of("The tree has no folder %s with scripts for PostgreSQL.".formatted(folder));
            case EMPTY -> Optional.of("Its folder %s has no scripts for PostgreSQL.".formatted(folder));
            case CHANGED ->
                Optional.of(
                        "The files of %s are others than those that PostgreSQL's data was made with; to run them, run make initdb, or give the annotation %s a new value."
                                .formatted(folder, RequestAnnotation.INITDB));
            case DONE, UNREADABLE, FAILED, INCOMPATIBLE -> Optional.empty();
        };
    }
}
