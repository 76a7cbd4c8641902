package com.recordsponge.operator.image;

import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.registry.ImageReference;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The image that was chosen last, and what for. The Deployment's annotations say so: a restarted operator, or one whose
 * environment lost its status, must not replace pods, and an image that somebody else writes into the template is no choice.
 *
 * @param image the chosen image
 * @param requested the {@code spec.image} that it was chosen for; empty if it was not chosen for any
 * @param release mark of the policy and the interval that it was chosen for
 * @param failed digest that does not run, since it failed, although it was requested; empty for none
 * @param pulled digest that the newest pod reports; empty while none has been pulled, or if the image was imported
 * @param imported whether pods run an image that was imported on their node: it has no digest of a registry
 */
record CurrentImage(
        ImageReference image,
        String requested,
        Optional<String> release,
        Optional<String> failed,
        Optional<String> pulled,
        boolean imported) {

    /** Annotation of the Deployment: the image that was chosen. */
    static final String IMAGE = "recordsponge.com/image";

    /** Annotation of the Deployment: the {@code spec.image} that its image was chosen for. */
    static final String REQUESTED = "recordsponge.com/requested-image";

    /** Annotation of the Deployment: a mark of the policy and the interval that its image was chosen for. */
    static final String RELEASE = "recordsponge.com/release";

    /** Annotation of the Deployment: the digest that failed and was replaced. */
    static final String FAILED = "recordsponge.com/failed-image";

    /** @param wanted the image of the spec */
    static Optional<CurrentImage> of(PlanInput input, ImageReference wanted) {
        return input.owned()
                .named(Deployment.class, input.name())
                .filter(input::owns)
                .map(deployment -> of(deployment, input))
                .orElseGet(() -> RecordedImage.of(input, wanted));
    }

    private static Optional<CurrentImage> of(Deployment deployment, PlanInput input) {
        var annotations =
                Objects.requireNonNullElse(deployment.getMetadata().getAnnotations(), Map.<String, String>of());
        return Optional.ofNullable(annotations.get(IMAGE))
                .or(() -> template(deployment))
                .map(image -> of(image, annotations, input));
    }

    private static Optional<String> template(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .findFirst()
                .map(Container::getImage);
    }

    /** A Deployment without the annotations has the image of the spec that it was created for. */
    private static CurrentImage of(String image, Map<String, String> annotations, PlanInput input) {
        var pulled = statuses(input.owned(), input.name(), image)
                .flatMap(CurrentImage::digest)
                .findFirst();
        return new CurrentImage(
                ImageReference.parse(image),
                annotations.getOrDefault(REQUESTED, image),
                Optional.ofNullable(annotations.get(RELEASE)),
                Optional.ofNullable(annotations.get(FAILED)),
                pulled,
                pulled.isEmpty() && statuses(input.owned(), input.name(), image).anyMatch(CurrentImage::hasImage));
    }

    /** The digest that the newest ready pod reports, of whatever image. */
    static Optional<String> running(OwnedObjects owned, String deployment) {
        return statuses(owned, deployment, null)
                .filter(status -> Boolean.TRUE.equals(status.getReady()))
                .flatMap(CurrentImage::digest)
                .findFirst();
    }

    /** @param image that of the containers' spec; null for any */
    private static Stream<ContainerStatus> statuses(OwnedObjects owned, String deployment, String image) {
        return DeploymentPods.of(owned, deployment)
                .filter(pod -> pod.getStatus() != null)
                .sorted(DeploymentPods.NEWEST_FIRST)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> image == null || isOf(status, image, pod)));
    }

    private static boolean isOf(ContainerStatus status, String image, Pod pod) {
        return pod.getSpec().getContainers().stream()
                .anyMatch(container -> image.equals(container.getImage())
                        && container.getName().equals(status.getName()));
    }

    /** While an image is being pulled, its ID is empty. */
    private static boolean hasImage(ContainerStatus status) {
        return status.getImageID() != null && !status.getImageID().isEmpty();
    }

    private static Stream<String> digest(ContainerStatus status) {
        return Stream.ofNullable(status.getImageID())
                .filter(id -> id.contains("@"))
                .map(id -> id.substring(id.lastIndexOf('@') + 1));
    }

    /** The annotations of the Deployment. */
    Map<String, String> annotations() {
        var annotations = new TreeMap<>(Map.of(IMAGE, image.toString(), REQUESTED, requested));
        release.ifPresent(mark -> annotations.put(RELEASE, mark));
        failed.ifPresent(digest -> annotations.put(FAILED, digest));
        return annotations;
    }

    /** Whether the template has this image already, by its digest or by a tag under which that digest was pulled. */
    boolean is(ImageReference other) {
        return image.isOfRepositoryOf(other) && runningDigest().equals(other.digest());
    }

    /** The digest in the template, or that which was pulled by the tag in it. */
    Optional<String> runningDigest() {
        return image.digest().or(() -> pulled);
    }

    boolean isChosenFor(ImageReference other) {
        return requested.equals(other.toString());
    }

    boolean isChosenFor(ImageReference other, String otherRelease) {
        return isChosenFor(other)
                && release.filter(mark -> !mark.equals(otherRelease)).isEmpty();
    }
}
