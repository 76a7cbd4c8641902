package com.recordsponge.operator.database;

/** Logs in to a database once, and waits until the login ends or times out. */
public interface DatabaseLogin {

    /** Never throws for a failure of the server or the network: that is a result. */
    LoginResult tryLogin(DatabaseConnection connection);
}
