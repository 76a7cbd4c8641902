package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.ReferencedValue;
import com.recordsponge.operator.plan.SecretText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * User name and password: those in the Secret of the spec or, while that is not usable, those that pods got from it.
 *
 * @param blockers what is wrong with the Secret, if the pods have nothing from it
 * @param warnings what is wrong with it, if they have
 */
record Credentials(
        Optional<String> username, Optional<String> password, List<Blocker> blockers, List<Blocker> warnings) {

    /** PostgreSQL truncates longer names (NAMEDATALEN). */
    private static final int LONGEST_ROLE = 63;

    /** DATABASE_URL, where a byte can become three, must fit in one environment variable: 128 KiB on Linux. */
    private static final int LONGEST_PASSWORD = 32 * 1024;

    static Credentials of(PlanInput input, Reference source, Optional<CurrentConnection> current) {
        var username = read(input, source, "username", LONGEST_ROLE);
        var password = read(input, source, "password", LONGEST_PASSWORD);
        var flaws = Stream.of(username.blocker(), password.blocker())
                .flatMap(Optional::stream)
                .toList();
        var kept = current.filter(connection -> connection.isFrom(source));
        return flaws.isEmpty() || kept.isEmpty()
                ? new Credentials(username.text(), password.text(), flaws, List.of())
                : new Credentials(
                        kept.get().variable("PGUSER"),
                        kept.get().variable("PGPASSWORD"),
                        List.of(),
                        flaws.stream()
                                .map(flaw -> PodData.withCopy(flaw, kept.get().name()))
                                .toList());
    }

    private static ReferencedValue read(PlanInput input, Reference source, String key, int longest) {
        return ReferencedValue.read(
                input, Component.DATABASE, source, key, value -> SecretText.flawOfLogin(value, longest));
    }

    /** Without the password, which must not reach a log by accident. */
    @Override
    public String toString() {
        return "Credentials[" + username.orElse("") + "]";
    }
}
