package com.recordsponge.operator.runtime;

import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Map;
import java.util.stream.Stream;

/** The informers of a controller. */
final class RunningInformers {

    private RunningInformers() {}

    /** Each with its namespace. An informer that is just being registered has none yet. */
    static Stream<Map.Entry<String, InformerHealthIndicator>> of(RegisteredController<?> controller) {
        return controller.getControllerHealthInfo().informerEventSourceHealthIndicators().values().stream()
                .filter(source -> source instanceof AbstractEventSource<?, ?> started && started.isRunning())
                .flatMap(source -> source.informerHealthIndicators().entrySet().stream());
    }
}
