package com.recordsponge.operator.database;

/** Logs in to a database once. May take as long as its time-outs allow. */
public interface DatabaseLogin {

    /** Never throws for what the server or the network does: that is a result. */
    LoginResult tryLogin(DatabaseConnection database);
}
