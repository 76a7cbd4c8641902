package com.recordsponge.operator.support;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.database.DatabaseConnection;
import com.recordsponge.operator.database.DatabaseLogin;
import com.recordsponge.operator.database.LoginResult;
import com.recordsponge.operator.plan.IpAddresses;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Logs in to no database: returns the result that a test sets for the database's name, success by default. */
@Mock
@Singleton
public class FakeDatabaseLogin implements DatabaseLogin {

    private final Map<String, LoginResult> results = new ConcurrentHashMap<>();

    /** Lets logins to a database fail. */
    public void refuse(String database, Reason reason) {
        results.put(database, LoginResult.failure(reason, "scripted"));
    }

    /** Lets logins to a database succeed at the given addresses. */
    public void resolve(String database, String... addresses) {
        results.put(database, LoginResult.success("scripted", "17.5", List.of(addresses)));
    }

    /** Lets logins to a database succeed again. */
    public void accept(String database) {
        results.remove(database);
    }

    @Override
    public LoginResult tryLogin(DatabaseConnection database) {
        return results.getOrDefault(
                database.name(),
                LoginResult.success(
                        "scripted login of " + database.username(),
                        "17.5",
                        List.of(IpAddresses.isAddress(database.host()) ? database.host() : "192.0.2.5")));
    }
}
