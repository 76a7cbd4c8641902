/**
 * What the operator looks up in the cluster: the Secrets and ConfigMaps that environments reference, and what the cluster
 * offers beyond Kubernetes' own kinds.
 */
package com.recordsponge.operator.cluster;
