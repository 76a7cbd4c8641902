package com.recordsponge.operator.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures what the operator costs on a real kube-apiserver and etcd without nodes, next to a client that only applies
 * the same objects, and how fast it deploys on the development cluster. All figures are from one run, because machines
 * differ. {@code make bench} runs it; {@code -Dbench.scenarios=network,large} runs only some scenarios, and prints their
 * results without writing them.
 */
final class Bench {

    private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

    static {
        SCENARIOS.put("start", new StartScenario());
        SCENARIOS.put("growth", new GrowthScenario());
        SCENARIOS.put("sites", new SitesScenario());
        SCENARIOS.put("network", new NetworkScenario());
        SCENARIOS.put("large", new LargeScenario());
        // Last, as the cluster that it starts would disturb the others.
        SCENARIOS.put("pushes", new PushesScenario());
    }

    private Bench() {}

    public static void main(String... arguments) {
        Locale.setDefault(Locale.ROOT);
        try {
            run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run() throws Exception {
        var names = new ArrayList<>(SCENARIOS.keySet());
        var some = System.getProperty("bench.scenarios");
        if (some != null) {
            names.retainAll(List.of(some.split(",")));
        }
        var results = new Results();
        results.add("Machine", "", "%s", Results.machine());
        for (var name : names) {
            SCENARIOS.get(name).run(results);
        }
        if (some == null) {
            results.write();
        }
    }
}
