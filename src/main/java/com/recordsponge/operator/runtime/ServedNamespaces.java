package com.recordsponge.operator.runtime;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import io.quarkiverse.operatorsdk.runtime.QuarkusControllerConfiguration;
import io.quarkiverse.operatorsdk.runtime.QuarkusInformerConfiguration;
import java.time.Duration;
import java.util.Set;

/** A controller's configuration whose namespaces are those that the operator serves at the moment. */
final class ServedNamespaces<P extends HasMetadata> extends QuarkusControllerConfiguration<P> {

    ServedNamespaces(QuarkusControllerConfiguration<P> configured, WatchedNamespaces namespaces) {
        super(
                new Informers<>(configured.getInformerConfig(), namespaces),
                configured.getName(),
                configured.isGenerationAware(),
                configured.getAssociatedReconcilerClassName(),
                configured.getRetry(),
                configured.getRateLimiter(),
                configured.maxReconciliationInterval().orElse(null),
                configured.getFinalizerName(),
                configured.fieldManager(),
                configured.getWorkflow(),
                configured.getResourceTypeName(),
                configured.getResourceClass());
        setParent((QuarkusConfigurationService) configured.getConfigurationService());
    }

    private static final class Informers<P extends HasMetadata> extends QuarkusInformerConfiguration<P> {

        private final WatchedNamespaces namespaces;

        Informers(InformerConfiguration<P> configured, WatchedNamespaces namespaces) {
            super(configured);
            this.namespaces = namespaces;
        }

        @Override
        public Set<String> getNamespaces() {
            return namespaces.served();
        }

        /** Before a namespace can return: the SDK reports no environment that it remembers to have just written itself. */
        @Override
        public Duration getGhostResourceCacheCheckInterval() {
            return OperatorStart.LAST_RETRY;
        }
    }
}
