/**
 * Asks a registry for the digest behind a tag, where the nodes pull. {@link
 * com.recordsponge.operator.registry.RegistryClient} is the entry; {@link
 * com.recordsponge.operator.registry.DistributionClient} follows the protocol: the endpoints of registries.yaml in their
 * order, each with its certificates and credentials, within one deadline and with bounds on all that is read.
 */
package com.recordsponge.operator.registry;
