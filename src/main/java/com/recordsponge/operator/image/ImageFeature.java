package com.recordsponge.operator.image;

import static com.recordsponge.operator.api.v1.Component.IMAGE;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Check;
import com.recordsponge.operator.plan.Feature;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Reference;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The image that pods run, pinned by its digest. */
@Singleton
public class ImageFeature implements Feature<ImagePlan> {

    /** When something is due already: in the next reconciliation. */
    private static final Duration SOON = Duration.ofMillis(1);

    private final Digests digests;
    private final Environments environments;

    public ImageFeature(Digests digests, Environments environments) {
        this.digests = digests;
        this.environments = environments;
    }

    @Override
    public Component component() {
        return IMAGE;
    }

    @Override
    public Set<Reference> references(RecordSpongeEnvironment environment) {
        return Stream.ofNullable(environment.getSpec().imagePullSecrets())
                .flatMap(List::stream)
                .map(secret -> Reference.secret(environment, secret.name()))
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<ImagePlan> plan(PlanInput input) {
        var plan = ImagePlan.of(input, environments);
        if (plan.question().isEmpty()) {
            digests.release(input.environment());
            return Optional.of(plan);
        }
        return Optional.of(
                plan.with(digests.answer(input.environment(), plan.question().get(), plan.terms())));
    }

    @Override
    public List<Check<ImagePlan>> checks() {
        return List.of((plan, _) -> ImageFinding.expectation(plan).stream().map(ImageFinding::blocker));
    }

    @Override
    public Finding finding(ImagePlan plan, ReconciliationState state) {
        return ImageFinding.of(plan, state);
    }

    @Override
    public void status(ImagePlan plan, ReconciliationState state, EnvironmentStatus.Builder status) {
        status.image(ImageStatus.of(plan, state))
                .release(ReleaseStatus.of(plan, state))
                .history(ServedImages.kept(plan, state));
    }

    @Override
    public void serving(ImagePlan plan, ReconciliationState state, EnvironmentStatus.Builder status) {
        status.history(ServedImages.of(plan, state));
    }

    @Override
    public Optional<Finding> reservation(ImagePlan plan, ReconciliationState state) {
        return RollbackFinding.of(plan, state);
    }

    /**
     * Nothing else happens while the registry hangs, or at the end of a soak. An image that has just failed is replaced in the
     * next reconciliation, when the status says that it is bad.
     */
    @Override
    public Optional<Duration> recheck(ImagePlan plan, ReconciliationState state) {
        if (plan.question().isPresent() && plan.choice().waits()) {
            return Optional.of(Digests.PATIENCE);
        }
        var soak = plan.promotion().flatMap(Promotion::end).map(end -> Duration.between(state.now(), end));
        return Stream.of(FailedImage.recheck(plan, state), soak)
                .flatMap(Optional::stream)
                .min(Duration::compareTo)
                .map(left -> left.isPositive() ? left : SOON);
    }
}
