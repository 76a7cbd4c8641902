package com.recordsponge.operator.bench;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Runs an action for many items, several at a time. */
final class Parallel {

    private Parallel() {}

    static <T> void run(int threads, List<T> items, Consumer<T> action) throws InterruptedException {
        var queue = new ConcurrentLinkedQueue<>(items);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var workers = IntStream.range(0, threads)
                    .mapToObj(_ -> executor.submit(() -> {
                        for (var item = queue.poll(); item != null; item = queue.poll()) {
                            action.accept(item);
                        }
                    }))
                    .toList();
            for (var worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
