package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.IpAddresses;
import com.recordsponge.operator.plan.PodParts.Destination;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The database servers that pods connect to. The addresses of one that has a name are known as soon as a login has
 * succeeded.
 */
final class DatabaseDestinations {

    private DatabaseDestinations() {}

    /** The requested server and, until new pods get its connection, the one that they have. */
    static Stream<Destination> of(DatabasePlan plan) {
        var used = plan.connection().filter(_ -> plan.inUse());
        var requested = new Destination(addresses(plan.login(), used), plan.port());
        if (plan.assigned().isPresent() || !plan.canKeep()) {
            return Stream.of(requested);
        }
        return Stream.concat(
                Stream.of(requested)
                        .filter(destination -> !destination.addresses().isEmpty()),
                plan.current().map(_ -> former(plan)).stream());
    }

    private static Destination former(DatabasePlan plan) {
        return new Destination(
                addresses(plan.formerLogin(), plan.former()),
                plan.former().map(DatabaseConnection::port).orElse(plan.port()));
    }

    /** @param used the connection, if pods use it: the address that it names needs no login */
    private static List<String> addresses(Optional<LoginResult> login, Optional<DatabaseConnection> used) {
        return login.map(LoginResult::addresses)
                .filter(addresses -> !addresses.isEmpty())
                .orElseGet(() -> used.map(DatabaseConnection::host)
                        .filter(IpAddresses::isAddress)
                        .map(IpAddresses::canonical)
                        .map(List::of)
                        .orElse(List.of()));
    }
}
