package com.recordsponge.operator.image;

import java.time.Duration;

/**
 * On what terms an environment asks: how often, and which answers will do.
 *
 * @param interval how often to ask
 * @param release mark of the policy and the interval; with another one, the tag is to be resolved again
 * @param settled whether the image was chosen for the present spec: then any answer will do, else only one that is newer
 *     than the spec
 * @param waitedFor whether pods wait for the answer
 */
public record QueryTerms(Duration interval, String release, boolean settled, boolean waitedFor) {}
