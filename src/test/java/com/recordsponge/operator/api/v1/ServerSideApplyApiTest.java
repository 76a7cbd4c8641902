package com.recordsponge.operator.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.TestApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two field managers, such as Argo CD and a person, can own different entries of one list. */
class ServerSideApplyApiTest {

    private static final TestApiServer SERVER = TestApiServer.get();
    private static final String NAMESPACE = "server-side-apply";

    @BeforeAll
    static void createNamespace() {
        SERVER.namespace(NAMESPACE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    env              | env: [{name: A, value: x}]                                       | env: [{name: B, value: y}]
                    pull-secrets     | imagePullSecrets: [{name: a}]                                    | imagePullSecrets: [{name: b}]
                    aliases          | aliases: [a.example.org]                                         | aliases: [b.example.org]
                    basic-auth       | ingress: {basicAuth: [{path: /a, secretRef: {name: users}}]}     | ingress: {basicAuth: [{path: /b, secretRef: {name: users}}]}
                    """)
    void twoFieldManagersOwnEntriesOfOneList(String name, String first, String second) {
        apply(name, "gitops", first);
        apply(name, "person", second);
        assertThat(spec(name)).contains(entry(first), entry(second));

        apply(name, "person", "");
        assertThat(spec(name)).contains(entry(first)).doesNotContain(entry(second));
    }

    @Test
    void aListWithoutKeysIsReplaced() {
        apply("env-from", "gitops", "envFrom: [{secretRef: {name: a}}]");
        apply("env-from", "person", "envFrom: [{secretRef: {name: b}}]");
        assertThat(spec("env-from")).doesNotContain("\"a\"").contains("\"b\"");
    }

    @Test
    void everyListHasAListType() {
        assertThat(Stream.concat(lists(EnvironmentSpec.class), lists(EnvironmentStatus.class)))
                .isNotEmpty()
                .allSatisfy(list -> assertThat(list.getAnnotation(ListType.class))
                        .as("%s needs @ListType", list)
                        .isNotNull());
    }

    private static Stream<RecordComponent> lists(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            if (component.getType() == List.class) {
                var entry = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
                return Stream.concat(
                        Stream.of(component),
                        entry instanceof Class<?> record && record.isRecord() ? lists(record) : Stream.empty());
            }
            return component.getType().isRecord() ? lists(component.getType()) : Stream.empty();
        });
    }

    /** The part in the innermost brackets of a field's only entry, as JSON. */
    private static String entry(String yaml) {
        var values = new ArrayList<String>();
        var matcher = java.util.regex.Pattern.compile("(?:name: |path: |aliases: \\[)([^,}\\]]+)")
                .matcher(yaml);
        while (matcher.find()) {
            values.add(matcher.group(1).trim());
        }
        return "\"" + values.getFirst() + "\"";
    }

    private static String spec(String name) {
        return Serialization.asJson(SERVER.client()
                .genericKubernetesResources("recordsponge.com/v1", "RecordSpongeEnvironment")
                .inNamespace(NAMESPACE)
                .withName(name)
                .get()
                .<Object>get("spec"));
    }

    private static void apply(String name, String manager, String fields) {
        var yaml = """
                apiVersion: recordsponge.com/v1
                kind: RecordSpongeEnvironment
                metadata: {name: %s, namespace: %s}
                spec:
                  tier: staging
                  image: recordsponge/expungeservice:staging
                  host: example.org
                  tls: {secretName: certificate}
                  %s
                """.formatted(name, NAMESPACE, fields);
        SERVER.client()
                .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(manager)
                        .withForce(true)
                        .build());
    }
}
