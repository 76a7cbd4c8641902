package com.recordsponge.operator.dev;

/** Names of the watchers' containers and reports. */
final class Watchers {

    private Watchers() {}

    static String container(DevPlan.Watcher watcher) {
        return "watch-" + watcher.name();
    }

    /** The key of a watcher's report; differs from the parts' names. */
    static String report(DevPlan.Watcher watcher) {
        return container(watcher);
    }
}
