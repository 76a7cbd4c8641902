/**
 * Base classes of the objects that the operator owns: {@link
 * com.recordsponge.operator.dependent.PlannedDependentResource} for those that Kubernetes deletes with the environment, {@link
 * com.recordsponge.operator.dependent.RetainedDependentResource} for those that outlive it, {@link
 * com.recordsponge.operator.dependent.VersionedDependentResource} for those that others refer to by name. {@link
 * com.recordsponge.operator.dependent.FieldRule} decides what others can change.
 */
package com.recordsponge.operator.dependent;
