package com.recordsponge.operator.support;

import com.recordsponge.operator.database.DatabaseLogin;
import com.recordsponge.operator.database.LoginResult;
import com.recordsponge.operator.plan.DatabasePlan;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A PostgreSQL server that answers as a test says, by database name; by default every login succeeds. */
@Mock
@Singleton
public class ScriptedLogin implements DatabaseLogin {

    private final Map<String, LoginResult> answers = new ConcurrentHashMap<>();

    /** Lets every login to a database fail. */
    public void refuse(String database, String reason) {
        answers.put(database, new LoginResult(reason, "scripted", null));
    }

    /** Lets logins to a database succeed again. */
    public void accept(String database) {
        answers.remove(database);
    }

    @Override
    public LoginResult tryLogin(DatabasePlan database) {
        return answers.getOrDefault(
                database.name(),
                new LoginResult(LoginResult.LOGGED_IN, "scripted login of " + database.username(), "17.5"));
    }
}
