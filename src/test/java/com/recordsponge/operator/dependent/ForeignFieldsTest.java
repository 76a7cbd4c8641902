package com.recordsponge.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which fields of a Deployment others changed, by its managedFields. */
class ForeignFieldsTest {

    private static final String OURS = """
      {f:spec: {f:replicas: {}, f:template: {f:spec: {f:containers: {'k:{"name":"app"}':
        {.: {}, f:name: {}, f:image: {}, f:env: {'k:{"name":"TIER"}': {.: {}, f:name: {}, f:value: {}}}}}}}}}
      """;

    private static final String DESIRED = """
      {spec: {replicas: 2, template: {spec: {containers: [
        {name: app, image: 'site:1', env: [{name: TIER, value: production}]}]}}}}
      """;

    private static List<ForeignField> found(String theirs, String actual) {
        return ForeignFields.of(
                "Deployment",
                List.of(entry("recordsponge-operator", OURS), entry("kubectl-edit", theirs)),
                map(actual),
                map(DESIRED),
                "recordsponge-operator");
    }

    private static ManagedFieldsEntry entry(String manager, String fields) {
        var all = new FieldsV1();
        all.setAdditionalProperties(map(fields));
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withFieldsV1(all)
                .build();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, Map.class);
    }

    @Test
    void anAddedVariableIsFoundAtItsPlace() {
        var fields = found("""
                {f:spec: {f:template: {f:spec: {f:containers: {'k:{"name":"app"}': {f:env:
                  {'k:{"name":"DEBUG"}': {.: {}, f:name: {}, f:value: {}}}}}}}}}
                """, """
                {spec: {replicas: 2, template: {spec: {containers: [{name: app, image: 'site:1',
                  env: [{name: TIER, value: production}, {name: DEBUG, value: '1'}]}]}}}}
                """);
        assertThat(fields).singleElement().satisfies(field -> {
            assertThat(field.path()).isEqualTo("spec.template.spec.containers[app].env[DEBUG]");
            assertThat(field.pointer()).isEqualTo("/spec/template/spec/containers/0/env/1");
            assertThat(field.manager()).isEqualTo("kubectl-edit");
            assertThat(field.added()).isTrue();
        });
    }

    /** To remove it would set it to its default for a moment. */
    @Test
    void aChangedFieldIsNotOneToRemove() {
        var fields = found("{f:spec: {f:replicas: {}}}", DESIRED.replace("replicas: 2", "replicas: 7"));
        assertThat(fields).singleElement().satisfies(field -> {
            assertThat(field.path()).isEqualTo("spec.replicas");
            assertThat(field.added()).isFalse();
        });
    }

    @Test
    void aFieldOfTheSameValueIsNoDifference() {
        assertThat(found("{f:spec: {f:replicas: {}}}", DESIRED)).isEmpty();
    }

    @Test
    void aNewContainerIsOneFieldAndNotEachOfItsParts() {
        var fields = found("""
                {f:spec: {f:template: {f:spec: {f:containers: {'k:{"name":"debug"}':
                  {.: {}, f:name: {}, f:image: {}, f:resources: {}}}}}}}
                """, """
                {spec: {template: {spec: {containers: [{name: debug, image: busybox, resources: {}}, {name: app}]}}}}
                """);
        assertThat(fields).extracting(ForeignField::pointer).containsExactly("/spec/template/spec/containers/0");
    }

    @Test
    void whatOthersMayAddIsNoDifference() {
        var fields = found("""
                {f:metadata: {f:annotations: {.: {}, 'f:argocd.argoproj.io/tracking-id': {}}},
                 f:spec: {f:paused: {}, f:template: {f:metadata: {f:annotations:
                   {.: {}, 'f:kubectl.kubernetes.io/restartedAt': {}, 'f:other/annotation': {}}}}}}
                """, """
                {metadata: {annotations: {argocd.argoproj.io/tracking-id: x}}, spec: {paused: true, template:
                  {metadata: {annotations: {kubectl.kubernetes.io/restartedAt: now, other/annotation: x}}}}}
                """);
        assertThat(fields)
                .extracting(ForeignField::pointer)
                .containsExactly("/spec/template/metadata/annotations/other~1annotation");
    }

    /** Such as what an admission webhook adds to the operator's own request. */
    @Test
    void aFieldThatBelongsToTheOperatorsManagerIsNoDifference() {
        var both = ForeignFields.of(
                "Deployment",
                List.of(
                        entry("recordsponge-operator", "{f:spec: {f:minReadySeconds: {}}}"),
                        entry("webhook", "{f:spec: {f:minReadySeconds: {}}}")),
                map("{spec: {minReadySeconds: 5}}"),
                map(DESIRED),
                "recordsponge-operator");
        assertThat(both).isEmpty();
    }

    @Test
    void aFieldThatIsGoneIsNoDifference() {
        assertThat(found("{f:spec: {f:minReadySeconds: {}}}", DESIRED)).isEmpty();
    }
}
