package com.recordsponge.operator.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Objects;

/**
 * Secrets and ConfigMaps without their data: enough to notice a change without keeping a whole namespace in memory. The
 * client requests only the metadata of their lists; fabric8's informers have no such mode.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonDeserialize(using = JsonDeserializer.None.class)
public abstract class ObjectMetadata implements HasMetadata, Namespaced {

    private static final long serialVersionUID = 1L;

    private ObjectMeta metadata = new ObjectMeta();

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    /** Keeps only what identifies a version of the object. */
    @Override
    public void setMetadata(ObjectMeta full) {
        metadata = new ObjectMeta();
        if (full != null) {
            metadata.setNamespace(full.getNamespace());
            metadata.setName(full.getName());
            metadata.setUid(full.getUid());
            metadata.setResourceVersion(full.getResourceVersion());
        }
    }

    @Override
    public void setApiVersion(String version) {
        // Fixed by the type; a PartialObjectMetadata carries another.
    }

    /** The API server writes {@code null} where it has no items. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonDeserialize(using = JsonDeserializer.None.class)
    public abstract static class Items<R extends ObjectMetadata> extends DefaultKubernetesResourceList<R> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<R> getItems() {
            return Objects.requireNonNullElseGet(super.getItems(), List::of);
        }
    }

    /** A Secret's metadata. */
    @Group("")
    @Version("v1")
    @Kind("Secret")
    @Singular("secret")
    @Plural("secrets")
    public static class OfSecret extends ObjectMetadata {
        private static final long serialVersionUID = 1L;
    }

    /** fabric8 finds it by its name. */
    public static class OfSecretList extends Items<OfSecret> {
        private static final long serialVersionUID = 1L;
    }

    /** A ConfigMap's metadata. */
    @Group("")
    @Version("v1")
    @Kind("ConfigMap")
    @Singular("configmap")
    @Plural("configmaps")
    public static class OfConfigMap extends ObjectMetadata {
        private static final long serialVersionUID = 1L;
    }

    /** fabric8 finds it by its name. */
    public static class OfConfigMapList extends Items<OfConfigMap> {
        private static final long serialVersionUID = 1L;
    }
}
