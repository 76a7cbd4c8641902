package com.recordsponge.operator.faults;

import java.time.Duration;

/** What the proxy does with a request. */
sealed interface FaultAction {

    /** Forwards it and its response. */
    record Pass() implements FaultAction {}

    /** Responds with an error: instead of the API server, or after it has applied the request. */
    record Refuse(int code, String reason, boolean applied) implements FaultAction {}

    /** Forwards it after a delay. */
    record Delay(Duration by) implements FaultAction {}

    /** Closes the connection without a response: before it forwards the request, or after the API server has applied it. */
    record Close(boolean applied) implements FaultAction {}

    /** Never responds: before it forwards the request, or after the API server has applied it. */
    record Hold(boolean applied) implements FaultAction {}

    /** Forwards a watch and cuts it after a while, even in the middle of an event. */
    record Drop(Duration after) implements FaultAction {}
}
