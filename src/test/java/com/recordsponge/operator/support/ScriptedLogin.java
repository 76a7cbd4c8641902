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

/** A PostgreSQL server that answers as a test says, by database name; by default every login succeeds. */
@Mock
@Singleton
public class ScriptedLogin implements DatabaseLogin {

    private final Map<String, LoginResult> answers = new ConcurrentHashMap<>();

    /** Lets every login to a database fail. */
    public void refuse(String database, Reason reason) {
        answers.put(database, LoginResult.failure(reason, "scripted"));
    }

    /** Lets logins to a database succeed at the given addresses. */
    public void resolve(String database, String... addresses) {
        answers.put(database, LoginResult.success("scripted", "17.5", List.of(addresses)));
    }

    /** Lets logins to a database succeed again. */
    public void accept(String database) {
        answers.remove(database);
    }

    @Override
    public LoginResult tryLogin(DatabaseConnection database) {
        return answers.getOrDefault(
                database.name(),
                LoginResult.success(
                        "scripted login of " + database.username(),
                        "17.5",
                        List.of(IpAddresses.isAddress(database.host()) ? database.host() : "192.0.2.5")));
    }
}
