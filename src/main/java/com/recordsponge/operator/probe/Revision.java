package com.recordsponge.operator.probe;

import java.time.Duration;

/**
 * A form of the application that alone serves a site.
 *
 * @param id differs from that of every other form
 * @param settles for how long a former one can still answer; an earlier answer proves nothing
 */
public record Revision(String id, Duration settles) {}
