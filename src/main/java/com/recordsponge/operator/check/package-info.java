/**
 * The bounds of every check of an external system: how many run at a time, how long each can take, when it is repeated.
 * Nothing here knows what is checked.
 */
package com.recordsponge.operator.check;
