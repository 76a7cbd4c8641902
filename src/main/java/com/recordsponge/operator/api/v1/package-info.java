/**
 * The types of the {@code recordsponge.com/v1} API, from which the CustomResourceDefinition is generated. Defaults and
 * refusals (CEL) are part of the schema, so that the API server applies them to whatever client writes; the operator
 * never writes the spec.
 */
package com.recordsponge.operator.api.v1;
