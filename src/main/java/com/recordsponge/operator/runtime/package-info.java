/**
 * The process: settings, Kubernetes client, leader election, health, metrics and memory.
 */
package com.recordsponge.operator.runtime;
