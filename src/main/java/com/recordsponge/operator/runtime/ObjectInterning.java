package com.recordsponge.operator.runtime;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Deduplicates equal strings and managed fields across cached objects, which then need a third of the memory. The JVM's
 * string deduplication saves half as much of the text and nothing of the managed fields.
 */
@Singleton
class ObjectInterning implements KubernetesClientObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule().addDeserializer(String.class, new SharedText()));
        mapper.addMixIn(FieldsV1.class, SharedFieldsV1.class);
    }

    /** A cache with a fixed number of slots: new text replaces the text in its slot. */
    static final class SharedText extends StringDeserializer {

        private static final long serialVersionUID = 1L;
        private static final int SLOTS = 4096;
        private static final int LONGEST = 128;

        private final transient String[] known = new String[SLOTS];

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var text = super.deserialize(parser, context);
            if (text == null || text.length() > LONGEST) {
                return text;
            }
            var hash = text.hashCode();
            var slot = (hash ^ hash >>> 16) & SLOTS - 1;
            var first = known[slot];
            if (text.equals(first)) {
                return first;
            }
            known[slot] = text;
            return text;
        }
    }

    @JsonDeserialize(converter = ShareFields.class)
    private interface SharedFieldsV1 {}

    /** Shares nested sets, innermost first: whole sets differ, as they contain the owner's UID. Sets never change. */
    static final class ShareFields extends StdConverter<FieldsV1, FieldsV1> {

        private static final Map<Map<String, Object>, WeakReference<Map<String, Object>>> KNOWN = new WeakHashMap<>();

        @Override
        public FieldsV1 convert(FieldsV1 fields) {
            fields.setAdditionalProperties(share(fields.getAdditionalProperties()));
            return fields;
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> share(Map<String, Object> fields) {
            var shared = new HashMap<String, Object>();
            fields.forEach((name, value) -> shared.put(name, share((Map<String, Object>) value)));
            return first(Map.copyOf(shared));
        }

        /** The cached set that is equal to this one. */
        private static Map<String, Object> first(Map<String, Object> fields) {
            synchronized (KNOWN) {
                var known = KNOWN.get(fields);
                var first = known == null ? null : known.get();
                if (first != null) {
                    return first;
                }
                KNOWN.put(fields, new WeakReference<>(fields));
                return fields;
            }
        }
    }
}
