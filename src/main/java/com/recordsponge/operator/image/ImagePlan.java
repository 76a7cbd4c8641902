package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.LocalRef;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.ReleasePolicy;
import com.recordsponge.operator.api.v1.ReleaseSpec;
import com.recordsponge.operator.api.v1.Tier;
import com.recordsponge.operator.plan.Digest;
import com.recordsponge.operator.plan.Durations;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.registry.Credential;
import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.registry.DigestQuery;
import com.recordsponge.operator.registry.DockerConfig;
import com.recordsponge.operator.registry.ImageReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The plan of the image.
 *
 * @param interval how often to ask the registry
 * @param question what to ask it; empty if it need not be asked
 * @param policyInput what the choice depends on, with the registry's answer
 * @param candidate what the policy chooses
 * @param promotion what another environment offers; empty unless the policy is Promote
 * @param rules what limits that choice
 */
public record ImagePlan(
        ImagePolicy policy,
        Duration interval,
        Optional<DigestQuery> question,
        PolicyInput policyInput,
        ImageChoice candidate,
        Optional<Promotion> promotion,
        ReleaseRules rules,
        int historyLimit) {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int HISTORY_LIMIT = 10;

    /** The tiers that return from a failed image automatically, unless the spec says otherwise. */
    private static final Set<Tier> ROLLING_BACK = Set.of(Tier.STAGING, Tier.PROD);

    /** The plan before the registry has answered. */
    static ImagePlan of(PlanInput input, Environments environments) {
        var spec = input.spec();
        var requested = ImageReference.parse(spec.image());
        var release =
                release(input.environment()).orElseGet(() -> new ReleaseSpec(null, null, null, null, null, null, null));
        var policyInput =
                new PolicyInput(requested, mark(release), CurrentImage.of(input, requested), Optional.empty());
        var promotion = Optional.ofNullable(release.promoteFrom())
                .filter(_ -> release.policy() == ReleasePolicy.PROMOTE)
                .map(from -> PromotionLookup.find(input, from, policyInput.current(), environments));
        var policy = promotion.<ImagePolicy>map(PromotePolicy::new).orElseGet(() -> policy(requested, release));
        return new ImagePlan(
                policy,
                interval(release),
                policy.asks(policyInput)
                        ? Optional.of(new DigestQuery(requested, credentials(input, requested)))
                        : Optional.empty(),
                policyInput,
                policy.choose(policyInput),
                promotion,
                ReleaseOrders.rules(
                        input,
                        policyInput,
                        release,
                        Objects.requireNonNullElse(release.autoRollback(), ROLLING_BACK.contains(spec.tier()))),
                Objects.requireNonNullElse(release.historyLimit(), HISTORY_LIMIT));
    }

    /** The release of an environment's spec, if it has one. */
    static Optional<ReleaseSpec> release(RecordSpongeEnvironment environment) {
        return Optional.ofNullable(environment.getSpec().release());
    }

    private static ImagePolicy policy(ImageReference requested, ReleaseSpec release) {
        if (requested.digest().isPresent()) {
            return new DigestPolicy();
        }
        return release.policy() == ReleasePolicy.TRACK ? new TrackPolicy() : new PinnedPolicy();
    }

    private static Duration interval(ReleaseSpec release) {
        return release.interval() == null ? INTERVAL : Durations.parse(release.interval());
    }

    /** Changes with the policy and the interval, however the defaults are written. */
    private static String mark(ReleaseSpec release) {
        var policy = Objects.requireNonNullElse(release.policy(), ReleasePolicy.PINNED);
        return Digest.of(Map.of(
                "policy", policy.toString(), "interval", interval(release).toString()));
    }

    private static List<Credential> credentials(PlanInput input, ImageReference image) {
        var config = new DockerConfig();
        Objects.requireNonNullElse(input.spec().imagePullSecrets(), List.<LocalRef>of())
                .forEach(secret -> input.data(input.secret(secret.name())).ifPresent(config::add));
        return config.find(image);
    }

    ImagePlan with(Optional<DigestAnswer> answer) {
        var answered = policyInput.with(answer);
        return new ImagePlan(
                policy, interval, question, answered, policy.choose(answered), promotion, rules, historyLimit);
    }

    QueryTerms terms() {
        return new QueryTerms(interval, policyInput.release(), policyInput.isSettled(), choice().waits());
    }

    /** What pods are to run: the policy's choice within the rules. */
    ImageChoice choice() {
        return rules.apply(candidate, policyInput);
    }

    /** Whether the rules keep the policy's choice from running. */
    boolean isHeld() {
        return !choice().image().equals(candidate.image());
    }

    /** The image in the pod template. */
    public String podImage() {
        return choice().image().toString();
    }

    /**
     * Annotations of the Deployment: its image, and what it was chosen for. While the policy's choice is held there is no mark
     * of a release: the policy decides again as soon as the rules permit.
     */
    public Map<String, String> annotations() {
        var choice = choice();
        if (!isHeld() && !choice.settled()) {
            return policyInput.current().map(CurrentImage::annotations).orElse(Map.of(CurrentImage.REQUESTED, ""));
        }
        var failed = candidate.image().digest().filter(digest -> isHeld() && rules.isBad(digest));
        return new CurrentImage(
                        choice.image(),
                        isHeld() && failed.isEmpty()
                                ? chosenFor()
                                : policyInput.requested().toString(),
                        Optional.of(isHeld() ? "" : policyInput.release()),
                        failed,
                        Optional.empty(),
                        false)
                .annotations();
    }

    /** While an order stands, an image that the spec names meanwhile has not been chosen yet. */
    private String chosenFor() {
        return policyInput.current().map(CurrentImage::requested).orElseGet(() -> policyInput
                .requested()
                .toString());
    }

    /** The digest that pods are to run; without one in the template, that of the image which they pulled. */
    Optional<String> digest() {
        return choice().image().digest().or(() -> policyInput
                .current()
                .filter(current -> current.image().equals(choice().image()))
                .flatMap(CurrentImage::pulled));
    }
}
