/**
 * The change matrix: makes every change of every field of the spec on a site that has visitors. The schema says which
 * fields there are, {@code matrix/fields.yaml} which values they have.
 */
package com.recordsponge.operator.matrix;
