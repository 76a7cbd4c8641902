package com.recordsponge.operator.dev;

import static com.recordsponge.operator.api.v1.Component.DEVELOPMENT;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the state of a developer's environment from its objects and the supervisors' reports. */
final class DevFinding {

    private DevFinding() {}

    /** What is wrong with the claim of the tree before any pod starts. */
    static Optional<Blocker> sourceBlocker(DevPlan plan, String namespace) {
        return switch (plan.source()) {
            case NOT_FOUND ->
                Optional.of(new Blocker(
                        DEVELOPMENT,
                        Reason.SOURCE_NOT_FOUND,
                        "PersistentVolumeClaim %s does not exist in namespace %s; create it, or correct dev.source.claimName."
                                .formatted(plan.claim(), namespace)));
            case LOST ->
                Optional.of(new Blocker(
                        DEVELOPMENT,
                        Reason.CLAIM_LOST,
                        "PersistentVolumeClaim %s has lost its volume with the tree; delete the claim and create it again."
                                .formatted(plan.claim())));
            case PENDING, BOUND -> Optional.empty();
        };
    }

    static Finding of(DevPlan plan, ReconciliationState state) {
        var blocker = state.plan().blocker(DEVELOPMENT);
        if (blocker.isPresent()) {
            return Finding.of(blocker.get());
        }
        if (state.plan().replicas() == 0) {
            return Finding.ready(DEVELOPMENT, Reason.NOT_MOUNTED, "No pod is requested; all claims remain.");
        }
        return fatalProblem(plan)
                .or(() -> InitdbFinding.of(plan, state).flatMap(InitdbFinding::failure))
                .or(() -> failedPod(plan, state))
                .or(() -> unmountedPod(plan, state))
                .or(() -> rollout(plan, state))
                .or(() -> warnings(plan, state).stream().findFirst())
                .orElseGet(() -> Finding.ready(DEVELOPMENT, Reason.AVAILABLE, available(plan, state)));
    }

    private static Optional<Finding> fatalProblem(DevPlan plan) {
        return problems(plan)
                .filter(problem -> problem.getKey().isFatal())
                .map(problem -> failing(problem, plan))
                .findFirst();
    }

    private static Finding failing(Map.Entry<TreeProblem, String> problem, DevPlan plan) {
        return Finding.failing(
                DEVELOPMENT, problem.getKey().reason(), problem.getKey().message(plan.claim(), problem.getValue()));
    }

    /** Each problem with its detail, the back end's first. */
    private static Stream<Map.Entry<TreeProblem, String>> problems(DevPlan plan) {
        return Stream.of(BackendPods.PART, FrontendPods.PART)
                .flatMap(part -> Optional.ofNullable(plan.reports().get(part)).stream())
                .flatMap(report -> TreeProblem.of(report).stream().map(problem -> Map.entry(problem, report.detail())));
    }

    private static Optional<Finding> failedPod(DevPlan plan, ReconciliationState state) {
        return parts(plan).stream()
                .flatMap(part ->
                        PartFailure.of(state.owned(), deployment(part, state), "dev.%s.image".formatted(part)).stream())
                .map(failure -> Finding.failing(DEVELOPMENT, failure.reason(), failure.message()))
                .findFirst();
    }

    private static Optional<Finding> unmountedPod(DevPlan plan, ReconciliationState state) {
        return UnmountedPods.first(state.owned(), deployments(plan, state), state.now())
                .map(pod -> Finding.failing(
                        DEVELOPMENT,
                        Reason.FAILED_MOUNT,
                        "Pod %1$s does not start: its volumes are not mounted. The folder of the volume of claim %2$s may be missing on the node. Put it back, or correct what kubectl describe pod %1$s names."
                                .formatted(pod, plan.claim())));
    }

    /** The application's Deployment and those of the parts. */
    static List<String> deployments(DevPlan plan, ReconciliationState state) {
        return Stream.concat(
                        Stream.of(state.plan().name()), parts(plan).stream().map(part -> deployment(part, state)))
                .toList();
    }

    private static List<String> parts(DevPlan plan) {
        var parts = new ArrayList<String>();
        plan.postgres().ifPresent(_ -> parts.add(PostgresPods.PART));
        plan.frontend().ifPresent(_ -> parts.add(FrontendPods.PART));
        return parts;
    }

    private static String deployment(String part, ReconciliationState state) {
        return state.plan().name() + "-" + part;
    }

    private static Optional<Finding> rollout(DevPlan plan, ReconciliationState state) {
        return parts(plan).stream()
                .map(part -> deployment(part, state))
                .filter(name -> state.owned()
                        .named(Deployment.class, name)
                        .filter(Rollouts::isComplete)
                        .filter(_ -> !awaitsRequests(name, plan, state))
                        .isEmpty())
                .map(name -> problems(plan)
                        .findFirst()
                        .map(problem -> failing(problem, plan))
                        .orElseGet(() -> Finding.working(
                                DEVELOPMENT,
                                Reason.ROLLING_OUT,
                                "Deployment %s is starting; the first start of a front end installs its modules and takes minutes."
                                        .formatted(name))))
                .findFirst();
    }

    /** Whether the plan was made before the front end could serve the site. */
    private static boolean awaitsRequests(String deployment, DevPlan plan, ReconciliationState state) {
        return deployment.equals(FrontendPods.name(state.plan().name()))
                && plan.frontend().filter(DevPlan.Frontend::serves).isEmpty();
    }

    private static List<Finding> warnings(DevPlan plan, ReconciliationState state) {
        var warnings = new ArrayList<Finding>();
        problems(plan)
                .forEach(problem -> warnings.add(Finding.warning(
                        DEVELOPMENT,
                        problem.getKey().reason(),
                        problem.getKey().message(plan.claim(), problem.getValue()))));
        plan.frontend()
                .flatMap(DevPlan.Frontend::ca)
                .flatMap(PodData::warning)
                .ifPresent(flaw -> warnings.add(Finding.warning(DEVELOPMENT, flaw.reason(), flaw.message())));
        InitdbFinding.of(plan, state).flatMap(InitdbFinding::warning).ifPresent(warnings::add);
        image(plan, "outdated")
                .ifPresent(_ -> warnings.add(Finding.warning(
                        DEVELOPMENT,
                        Reason.IMAGE_OUTDATED,
                        "Image %s was built from another Pipfile.lock than the tree has. Run make backend_build."
                                .formatted(plan.image()))));
        Optional.ofNullable(plan.reports().get(FrontendPods.PART))
                .filter(PartReport::polling)
                .ifPresent(
                        _ -> warnings.add(
                                Finding.warning(
                                        DEVELOPMENT,
                                        Reason.INOTIFY_LIMIT_LOW,
                                        "The node has too few inotify watches, so the front end polls its files, and changes show seconds later. Run sysctl -w fs.inotify.max_user_watches=524288 on the node, then make frontend_restart.")));
        return warnings;
    }

    private static Optional<PartReport> image(DevPlan plan, String state) {
        return Optional.ofNullable(plan.reports().get(BackendPods.PART)).filter(report -> state.equals(report.image()));
    }

    private static String available(DevPlan plan, ReconciliationState state) {
        var sentences = new ArrayList<String>();
        sentences.add("The pods run the tree of claim %s.".formatted(plan.claim()));
        image(plan, "unknown")
                .ifPresent(_ ->
                        sentences.add("Whether the image fits its Pipfile.lock is unknown: one of them is missing."));
        InitdbFinding.of(plan, state).flatMap(InitdbFinding::note).ifPresent(sentences::add);
        return String.join(" ", sentences);
    }
}
