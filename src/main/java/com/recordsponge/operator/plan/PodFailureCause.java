package com.recordsponge.operator.plan;

import static com.recordsponge.operator.api.v1.Reason.CRASH_LOOP_BACK_OFF;
import static com.recordsponge.operator.api.v1.Reason.CREATE_CONTAINER_CONFIG_ERROR;
import static com.recordsponge.operator.api.v1.Reason.CREATE_CONTAINER_ERROR;
import static com.recordsponge.operator.api.v1.Reason.EVICTED;
import static com.recordsponge.operator.api.v1.Reason.FAILED_SCHEDULING;
import static com.recordsponge.operator.api.v1.Reason.IMAGE_PULL_BACK_OFF;
import static com.recordsponge.operator.api.v1.Reason.OOM_KILLED;
import static com.recordsponge.operator.api.v1.Reason.RUN_CONTAINER_ERROR;

import com.recordsponge.operator.api.v1.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Every failure of a pod that the scheduler, the kubelet or a registry reports, with its remedy and what is to blame. A new
 * one is one more row, before the general row of its source: the tests and docs/conditions.md read this list. Sources, of
 * Kubernetes 1.36: pkg/scheduler/framework/plugins, pkg/kubelet/images/types.go, pkg/kubelet/kuberuntime,
 * pkg/kubelet/container/sync_result.go, pkg/kubelet/lifecycle and containerd's errors.
 */
public enum PodFailureCause {
    DISK_FULL(
            Source.PULL,
            Blame.OTHERS,
            "no space left",
            "write /var/lib/containerd: no space left on device",
            "Free space on the node."),
    NO_SUCH_HOST(
            Source.PULL,
            Blame.OTHERS,
            "no such host|name resolution|server misbehaving",
            "dial tcp: lookup registry.exampel.org on 10.43.0.10:53: no such host",
            "Correct the registry's name in spec.image, or the node's DNS."),
    RATE_LIMIT(
            Source.PULL,
            Blame.OTHERS,
            Status.PREFIX + "429\\b|toomanyrequests|rate limit",
            "429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit",
            "Wait, or pull with an account: name its Secret in spec.imagePullSecrets."),
    NO_PLATFORM(
            Source.PULL,
            Blame.IMAGE,
            "no match for platform|no matching manifest",
            "no match for platform in manifest: not found",
            "Build the image for the architecture of the nodes (kubectl get nodes -L kubernetes.io/arch)."),
    UNAUTHORIZED(
            Source.PULL,
            Blame.OTHERS,
            Status.PREFIX + "40[13]\\b|unauthorized|forbidden|denied|authorization failed|no basic auth",
            "pull access denied, repository does not exist or may require authorization: insufficient_scope",
            "Correct spec.image, or the Secret in spec.imagePullSecrets."),
    MANIFEST_NOT_FOUND(
            Source.PULL,
            Blame.IMAGE,
            Status.PREFIX + "404\\b|not found|manifest unknown|name unknown",
            "docker.io/recordsponge/expungeservice:stagin: not found",
            "Push the image, or correct its tag in spec.image."),
    REGISTRY_REFUSES(
            Source.PULL,
            Blame.OTHERS,
            "connection refused|no route to host|network is unreachable",
            "dial tcp 192.0.2.1:443: connect: connection refused",
            "Start the registry, or open the nodes' way to it."),
    REGISTRY_TIMEOUT(
            Source.PULL,
            Blame.OTHERS,
            "timeout|deadline exceeded|connection reset",
            "dial tcp 192.0.2.1:443: i/o timeout",
            "Check the nodes' network and the registry."),
    REGISTRY_TLS(
            Source.PULL,
            Blame.OTHERS,
            "x509|certificate|HTTP response to HTTPS",
            "tls: failed to verify certificate: x509: certificate signed by unknown authority",
            "Let the nodes trust the registry's certificate; on k3s in registries.yaml."),
    REGISTRY_FAILS(
            Source.PULL,
            Blame.OTHERS,
            Status.PREFIX + "5[0-9][0-9]\\b|registry is unavailable",
            "unexpected status from HEAD request: 503 Service Unavailable",
            "Wait until the registry works again."),
    NEVER_PULLED(
            Source.PULL,
            Blame.OTHERS,
            "ErrImageNeverPull|pull policy of Never",
            "Container image \"a:b\" is not present with pull policy of Never",
            "Load the image on the node, or let it be pulled."),
    IMAGE_NAME(
            Source.PULL,
            Blame.IMAGE,
            "InvalidImageName|invalid reference|parse image name",
            "Failed to apply default image tag \"a:b:c\": couldn't parse image name",
            "Correct spec.image."),
    IMAGE_SIGNATURE(
            Source.PULL,
            Blame.IMAGE,
            "signature validation",
            "image pull failed for a:b because the signature validation failed",
            "Sign the image, or change the node's policy."),
    PULL(Source.PULL, Blame.OTHERS, "", "any other message", "Correct spec.image and spec.imagePullSecrets."),

    SECRET_KEY(
            Source.CONFIG,
            Blame.OTHERS,
            "couldn't find key",
            "couldn't find key SECRET_KEY in Secret recordsponge/app",
            "Add the key."),
    ROOT_USER(
            Source.CONFIG,
            Blame.OTHERS,
            "runAsNonRoot|non-numeric user|run as root",
            "container has runAsNonRoot and image will run as root",
            "Build the image with a numeric user other than 0."),
    CONFIG(
            Source.CONFIG,
            Blame.OTHERS,
            "",
            "configmap \"other\" not found",
            "Create or correct the object that the message names."),
    IMAGE_SETTINGS(
            Source.CREATE,
            Blame.IMAGE,
            "no command specified|no matching entries in passwd|unable to find (user|group)",
            "failed to generate container: no command specified",
            "Correct the image: it has no command, or not the user that it names."),
    BUSY_AT_CREATION(
            Source.CREATE,
            Blame.OTHERS,
            "deadline exceeded|context canceled|failed to reserve container name|is reserved for|no space left",
            "failed to reserve container name \"app_staging\": name \"app_staging\" is reserved for \"0123\"",
            "Wait, or free the node: it is slow or full (kubectl describe node)."),
    CREATE(
            Source.CREATE,
            Blame.OTHERS,
            "",
            "any other message",
            "Correct what the message names; kubectl describe pod shows more."),
    MEMORY_LIMIT(
            Source.RUN,
            Blame.IMAGE,
            "OOM-killed|memory limit too low|minimum memory",
            "container init was OOM-killed (memory limit too low?)",
            "Raise spec.resources.limits.memory."),
    BUSY_AT_START(
            Source.RUN,
            Blame.OTHERS,
            "deadline exceeded|context canceled|no space left|resource temporarily unavailable|too many open files",
            "failed to create containerd task: context deadline exceeded",
            "Wait, or free the node: it is slow or full (kubectl describe node)."),
    MOUNT(
            Source.RUN,
            Blame.OTHERS,
            "error mounting|failed to mount|cannot mount",
            "error mounting \"/var/lib/kubelet/pods/0123/volumes/sessions\" to rootfs at \"/sessions\": no such file or directory",
            "Correct the volume that the message names."),
    NO_EXECUTABLE(
            Source.RUN,
            Blame.IMAGE,
            "executable file not found|no such file|permission denied|exec format error",
            "exec: \"uwsgi\": executable file not found in $PATH",
            "Correct the image: its command cannot be run on this node."),
    RUN(Source.RUN, Blame.IMAGE, "", "any other message", "Correct what the message names."),
    OUT_OF_MEMORY(Source.OUT_OF_MEMORY, Blame.IMAGE, "", "OOMKilled", "Raise spec.resources.limits.memory."),
    UNRESPONSIVE(
            Source.CRASH,
            Blame.IMAGE,
            "does not answer",
            "does not answer at /api/hello, so the kubelet restarts it (exit code 0)",
            "It must answer on port 5000 within 3 minutes of its start; see kubectl logs POD --previous."),
    CRASH(Source.CRASH, Blame.IMAGE, "", "exits with code 1", "See kubectl logs POD --previous."),

    CPU_OR_MEMORY(
            Source.SCHEDULER,
            Blame.OTHERS,
            "Insufficient (cpu|memory|ephemeral-storage)",
            "0/1 nodes are available: 1 Insufficient memory.",
            "Lower spec.resources.requests, or free or add a node."),
    TOO_MANY_PODS(
            Source.SCHEDULER,
            Blame.OTHERS,
            "Too many pods",
            "0/1 nodes are available: 1 Too many pods.",
            "Remove pods, or add a node."),
    CLAIM(
            Source.SCHEDULER,
            Blame.OTHERS,
            "persistentvolumeclaim|unbound immediate|persistent volumes? to bind|non-existent pv|free storage",
            "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.",
            "See the condition SessionsReady."),
    VOLUME_PLACE(
            Source.SCHEDULER,
            Blame.OTHERS,
            "PersistentVolume's node affinity|volume zone|volume count|no available disk",
            "0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity.",
            "Bring the node with the volume of sessions back: pods run only there."),
    CORDONED(
            Source.SCHEDULER,
            Blame.OTHERS,
            "were unschedulable|unknown conditions",
            "0/1 nodes are available: 1 node(s) were unschedulable.",
            "Run kubectl uncordon NODE."),
    TAINTED(
            Source.SCHEDULER,
            Blame.OTHERS,
            "taint",
            "0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }.",
            "Correct what the taint says of the node, or remove the taint."),
    NO_NODES(
            Source.SCHEDULER,
            Blame.OTHERS,
            "no nodes available",
            "no nodes available to schedule pods",
            "Add a node, or start it."),
    SCHEDULER(Source.SCHEDULER, Blame.OTHERS, "", "any other message", "Correct what the message names."),

    NODE(
            Source.NODE,
            Blame.OTHERS,
            "",
            "The node was low on resource: memory.",
            "Free or add a node; kubectl describe node shows its state.");

    /** What would have to be another one for the pod to run. */
    enum Blame {
        /** The new image: the last good one runs. */
        IMAGE,
        /** Nodes, registry, credentials or settings, which any image needs. */
        OTHERS
    }

    /** Distinguishes the status that a registry reports from other numbers in a message, such as those of a path. */
    private static final class Status {

        static final String PREFIX = "(?:^|: |status[ =]|code )";
    }

    /** Who reports a failure, and when. */
    public enum Source {
        PULL(IMAGE_PULL_BACK_OFF),
        CONFIG(CREATE_CONTAINER_CONFIG_ERROR),
        CREATE(CREATE_CONTAINER_ERROR),
        RUN(RUN_CONTAINER_ERROR),
        OUT_OF_MEMORY(OOM_KILLED),
        CRASH(CRASH_LOOP_BACK_OFF),
        SCHEDULER(FAILED_SCHEDULING),
        NODE(EVICTED);

        private final Reason reason;

        Source(Reason reason) {
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }

        /** The source of a reason for which the kubelet's container waits; empty for one that is no failure, or a crash. */
        public static Optional<Source> ofWaiting(String reason) {
            return switch (reason == null ? "" : reason) {
                case "ErrImagePull",
                        "ImagePullBackOff",
                        "InvalidImageName",
                        "ErrImageNeverPull",
                        "ImageInspectError",
                        "RegistryUnavailable",
                        "SignatureValidationFailed" -> Optional.of(PULL);
                case "CreateContainerConfigError" -> Optional.of(CONFIG);
                case "CreateContainerError", "PreCreateHookError" -> Optional.of(CREATE);
                case "RunContainerError",
                        "PreStartHookError",
                        "PostStartHookError",
                        "CreatePodSandboxError",
                        "ConfigPodSandboxError" -> Optional.of(RUN);
                default -> Optional.empty();
            };
        }
    }

    private final Source source;
    private final Blame blame;
    private final Pattern words;
    private final String example;
    private final String remedy;

    PodFailureCause(Source source, Blame blame, String words, String example, String remedy) {
        this.source = source;
        this.blame = blame;
        this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
        this.example = example;
        this.remedy = remedy;
    }

    /** The first row of a source whose words a message contains. */
    public static PodFailureCause of(Source source, String message) {
        return Arrays.stream(values())
                .filter(cause ->
                        cause.source == source && cause.words.matcher(message).find())
                .findFirst()
                .orElseThrow();
    }

    /**
     * What a condition told: the row whose remedy its message has, or the general one of its reason; empty for a reason that
     * is no pod's.
     */
    public static Optional<PodFailureCause> told(Condition condition) {
        var message = Objects.requireNonNullElse(condition.getMessage(), "");
        var rows = Arrays.stream(values())
                .filter(cause -> cause.source.reason.toString().equals(condition.getReason()))
                .toList();
        return rows.stream()
                .filter(cause -> message.contains(cause.remedy))
                .findFirst()
                .or(() -> rows.stream().filter(PodFailureCause::isGeneral).findFirst());
    }

    public Source source() {
        return source;
    }

    /** Whether another image could run where this one does not. */
    public boolean blamesImage() {
        return blame == Blame.IMAGE;
    }

    /** Words of a message, as they are reported. */
    public String example() {
        return example;
    }

    /** What to do: a sentence. */
    public String remedy() {
        return remedy;
    }

    /** Whether this is the row of all messages that no other row of its source knows. */
    public boolean isGeneral() {
        return words.pattern().isEmpty();
    }
}
