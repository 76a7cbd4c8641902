package com.recordsponge.operator.matrix;

import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.StubPods;
import com.recordsponge.operator.support.StubRegistry;
import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Starts stub pods where there is no node, as a kubelet does: one whose image cannot be pulled or whose objects do not exist
 * waits. A stopping pod leaves its Services at once, and answers as long as it is used, as {@code preStop} lets it.
 */
final class StubKubelet implements AutoCloseable {

    private static final Duration RETRY = Duration.ofMillis(200);

    /** How long a deleted pod still answers. */
    private static final Duration FAREWELL = Duration.ofMinutes(2);

    private final ClusterView view;
    private final KubernetesClient client;
    private final StubDatabases databases;
    private final Map<String, StubPod> running = new ConcurrentHashMap<>();
    private final Set<String> stopping = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock =
            Executors.newScheduledThreadPool(32, Thread.ofVirtual().factory());

    StubKubelet(ClusterView view, StubDatabases databases) {
        this.view = view;
        this.client = view.client();
        this.databases = databases;
        view.onPod(this::observe);
        view.onService(this::serve);
    }

    private void observe(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            if (stopping.add(pod.getMetadata().getUid())) {
                stop(pod);
            }
        } else if (pod.getSpec().getNodeName() == null) {
            clock.execute(() -> ignoringGone(() -> start(pod)));
        }
    }

    private void start(Pod pod) {
        client.resource(bound(pod)).create();
        tryToRun(pod);
    }

    private static Binding bound(Pod pod) {
        return new BindingBuilder()
                .withNewMetadata()
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .endMetadata()
                .withNewTarget()
                .withKind("Node")
                .withName("stub")
                .endTarget()
                .build();
    }

    private void tryToRun(Pod pod) {
        if (view.isGone(pod)) {
            return;
        }
        var image = pod.getSpec().getContainers().getFirst().getImage();
        if (image.contains(":" + StubRegistry.MISSING)) {
            report(pod, "ImagePullBackOff", "Back-off pulling image \"%s\": not found".formatted(image));
            return;
        }
        var snapshot = PodSnapshot.of(pod, view);
        var problem = snapshot.problem();
        if (problem.isPresent()) {
            report(pod, "CreateContainerConfigError", problem.get());
            clock.schedule(() -> ignoringGone(() -> tryToRun(pod)), RETRY.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        running.put(pod.getMetadata().getUid(), new StubPod(pod, snapshot, view, databases));
        if (stopping.contains(pod.getMetadata().getUid())) {
            stop(pod);
            return;
        }
        editStatus(pod, ControllerWrites::running);
        view.services(pod.getMetadata().getNamespace()).forEach(service -> serve(pod, service));
    }

    private void report(Pod pod, String reason, String message) {
        editStatus(pod, current -> WaitingPods.waiting(current, reason, message));
    }

    /** Of the pod as it is now: it has changed since it was bound. */
    private void editStatus(Pod pod, UnaryOperator<Pod> edit) {
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .editStatus(edit);
    }

    private void serve(Service service) {
        running.values().stream()
                .map(StubPod::pod)
                .filter(pod -> pod.getMetadata()
                        .getNamespace()
                        .equals(service.getMetadata().getNamespace()))
                .forEach(pod -> serve(pod, service));
    }

    private void serve(Pod pod, Service service) {
        Optional.ofNullable(running.get(pod.getMetadata().getUid()))
                .filter(stub -> stub.isSelectedBy(service))
                .ifPresent(stub -> stub.serve(service.getMetadata().getName(), handler -> {
                    try {
                        return new StubPods(
                                client,
                                service.getMetadata().getNamespace(),
                                service.getMetadata().getName(),
                                handler);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
    }

    private void stop(Pod pod) {
        var stub = running.remove(pod.getMetadata().getUid());
        if (stub == null) {
            clock.execute(() -> ignoringGone(() -> remove(pod)));
            return;
        }
        clock.execute(() -> {
            stub.stopping();
            removeOnceUnused(pod, stub);
        });
    }

    private void removeOnceUnused(Pod pod, StubPod stub) {
        if (stub.isUnused()) {
            stub.gone();
            ignoringGone(() -> remove(pod));
            clock.schedule(stub::close, FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            clock.schedule(() -> removeOnceUnused(pod, stub), RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void remove(Pod pod) {
        client.resource(pod).withGracePeriod(0).delete();
    }

    private static void ignoringGone(Runnable work) {
        try {
            work.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                e.printStackTrace();
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        running.values().forEach(StubPod::close);
    }
}
