package com.recordsponge.operator.e2e;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How fast pushes reach their pods on the development cluster, whose registry notifies the operator. */
public final class PushTimes {

    private PushTimes() {}

    /** Starts the cluster if necessary, and returns the times from the registry's answer to a push to the new pod's creation. */
    public static List<Duration> measure(int pushes) {
        var environment = new TestEnvironment(TestCluster.get(), "pushes-" + TestCluster.RUN);
        var site = new TrackingSite(environment, new MovingTag("moved-by-bench"));
        try {
            site.deploy("");
            return Stream.generate(site::timeFromPushToPod).limit(pushes).toList();
        } finally {
            environment.resource().delete();
        }
    }
}
