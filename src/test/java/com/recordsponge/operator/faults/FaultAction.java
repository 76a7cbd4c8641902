package com.recordsponge.operator.faults;

import java.time.Duration;

/** What becomes of a request on its way through the proxy. */
sealed interface FaultAction {

    /** Nothing happens to it. */
    record Pass() implements FaultAction {}

    /** It is answered with an error, whether or not the API server has done what it asks for. */
    record Refuse(int code, String reason, boolean done) implements FaultAction {}

    /** It is forwarded only after a while. */
    record Delay(Duration by) implements FaultAction {}

    /** Its connection ends without an answer, before or after the API server has done what it asks for. */
    record Close(boolean done) implements FaultAction {}

    /** It waits without an end, before or after the API server has done what it asks for. */
    record Hold(boolean done) implements FaultAction {}

    /** The watch that it opens ends after a while, in the middle of whatever it sends. */
    record Drop(Duration after) implements FaultAction {}
}
