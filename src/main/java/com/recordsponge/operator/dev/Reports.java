package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import java.util.Map;

/** Keeps the newest reports of the supervisors. */
@FunctionalInterface
public interface Reports {

    /**
     * The newest reports, by the keys of the addresses; without those that have not answered yet. Asks again at intervals
     * from now on, until there are no addresses; a report that differs triggers a reconciliation. Never waits.
     */
    Map<String, PartReport> latest(RecordSpongeEnvironment environment, Map<String, ReportAddresses.Address> addresses);
}
