/**
 * What an environment needs, with every default applied: the step between what was observed and the objects that are
 * built. Pure: no client, no clock.
 */
package com.recordsponge.operator.plan;
