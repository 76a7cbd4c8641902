/**
 * The types of the {@code recordsponge.com/v1} API, from which the CustomResourceDefinition is generated. The schema
 * contains the defaults and validation rules (CEL), so that the API server applies them to every client; the operator
 * never writes the spec. Components, condition types and reasons are part of the API.
 */
package com.recordsponge.operator.api.v1;
