package com.recordsponge.operator.database;

/** Logs in to a database once. Takes as long as its time-outs allow. */
public interface DatabaseLogin {

    /** Never throws for a failure of the server or the network: that is a result. */
    LoginResult tryLogin(DatabaseConnection connection);
}
