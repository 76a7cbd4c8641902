package com.recordsponge.operator.image;

import java.time.Duration;

/**
 * What an environment needs an answer for.
 *
 * @param interval how often to ask
 * @param release mark of the policy and the interval; with another one, the tag is to be resolved again
 * @param settled whether the image was chosen for the present spec: then any answer will do, else only one that is newer
 *     than the spec
 * @param waitedFor whether pods wait for the answer
 */
public record Need(Duration interval, String release, boolean settled, boolean waitedFor) {}
