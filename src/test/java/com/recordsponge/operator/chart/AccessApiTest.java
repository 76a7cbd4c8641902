package com.recordsponge.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.Chart;
import com.recordsponge.operator.support.Permission;
import com.recordsponge.operator.support.TestApiServer;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests a real API server allows the operator's service account. */
class AccessApiTest {

    private static final TestApiServer SERVER = TestApiServer.get();

    private static final Release BLUE = new Release("blue", "blue-system", "watchNamespaces={blue-sites}");
    private static final Release GREEN = new Release("green", "green-system", "watchNamespaces={green-sites}");
    private static final Release WIDE = new Release("wide", "wide-system", "clusterWide=true");

    private static KubernetesClient blue;
    private static KubernetesClient wide;

    private record Release(String name, String namespace, String scope) {

        Set<Permission> grants() throws IOException {
            return Permission.granted(Chart.render(name, namespace, "--set", scope));
        }

        KubernetesClient install() throws IOException {
            SERVER.namespace(namespace);
            Chart.apply(SERVER, name, namespace, "--set", scope);
            return client(namespace, name);
        }
    }

    @BeforeAll
    static void install() throws IOException {
        SERVER.namespace("blue-sites");
        SERVER.namespace("green-sites");
        blue = BLUE.install();
        GREEN.install();
        wide = WIDE.install();
    }

    @AfterAll
    static void closeClients() {
        blue.close();
        wide.close();
    }

    private static KubernetesClient client(String namespace, String serviceAccount) {
        return new KubernetesClientBuilder()
                .withConfig(SERVER.access(namespace, serviceAccount))
                .build();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        watch,  recordsponge.com,           recordspongeenvironments,        blue-sites
        patch,  recordsponge.com,           recordspongeenvironments/status, blue-sites
        get,    '',                         secrets,                         blue-sites
        patch,  apps,                       deployments,                     blue-sites
        delete, apps,                       deployments,                     blue-sites
        create, coordination.k8s.io,        leases,                          blue-system
        get,    networking.k8s.io,          ingressclasses,                  ''
        get,    cert-manager.io,            clusterissuers,                  ''
        list,   acme.cert-manager.io,       challenges,                      blue-sites
        """)
    void theOperatorHasThisRight(String verb, String group, String resource, String namespace) {
        assertThat(may(blue, verb, group, resource, namespace)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        get,         '',                           secrets,                         green-sites
        get,         '',                           secrets,                         blue-system
        list,        '',                           secrets,                         kube-system
        list,        '',                           secrets,                         ''
        watch,       '',                           secrets,                         ''
        list,        recordsponge.com,             recordspongeenvironments,        green-sites
        list,        recordsponge.com,             recordspongeenvironments,        ''
        create,      recordsponge.com,             recordspongeenvironments,        blue-sites
        update,      recordsponge.com,             recordspongeenvironments,        blue-sites
        patch,       recordsponge.com,             recordspongeenvironments,        blue-sites
        delete,      recordsponge.com,             recordspongeenvironments,        blue-sites
        update,      recordsponge.com,             recordspongeenvironments/status, blue-sites
        update,      recordsponge.com,             recordspongeenvironments/finalizers, green-sites
        patch,       apps,                         deployments,                     green-sites
        patch,       apps,                         deployments,                     blue-system
        create,      '',                           pods,                            blue-sites
        delete,      '',                           pods,                            blue-sites
        create,      '',                           pods/exec,                       blue-sites
        create,      '',                           pods/attach,                     blue-sites
        create,      '',                           pods/portforward,                blue-sites
        get,         '',                           pods/log,                        blue-sites
        patch,       '',                           configmaps,                      blue-sites
        create,      '',                           serviceaccounts/token,           blue-sites
        create,      '',                           serviceaccounts/token,           blue-system
        impersonate, '',                           serviceaccounts,                 blue-system
        update,      coordination.k8s.io,          leases,                          blue-system
        update,      coordination.k8s.io,          leases,                          green-system
        create,      coordination.k8s.io,          leases,                          green-system
        update,      coordination.k8s.io,          leases,                          kube-system
        create,      rbac.authorization.k8s.io,    roles,                           blue-sites
        create,      rbac.authorization.k8s.io,    rolebindings,                    blue-sites
        bind,        rbac.authorization.k8s.io,    roles,                           blue-sites
        escalate,    rbac.authorization.k8s.io,    clusterroles,                    ''
        create,      rbac.authorization.k8s.io,    clusterrolebindings,             ''
        get,         '',                           nodes,                           ''
        list,        '',                           nodes,                           ''
        get,         '',                           nodes/proxy,                     ''
        get,         '',                           namespaces,                      ''
        list,        '',                           namespaces,                      ''
        create,      '',                           namespaces,                      ''
        list,        '',                           persistentvolumes,               ''
        get,         apiextensions.k8s.io,         customresourcedefinitions,       ''
        patch,       apiextensions.k8s.io,         customresourcedefinitions,       ''
        create,      admissionregistration.k8s.io, validatingwebhookconfigurations, ''
        list,        networking.k8s.io,            ingressclasses,                  ''
        list,        cert-manager.io,              clusterissuers,                  ''
        create,      cert-manager.io,              issuers,                         blue-sites
        get,         cert-manager.io,              certificaterequests,             green-sites
        create,      cert-manager.io,              certificaterequests,             blue-sites
        list,        acme.cert-manager.io,         challenges,                      green-sites
        patch,       acme.cert-manager.io,         challenges,                      blue-sites
        delete,      acme.cert-manager.io,         orders,                          blue-sites
        """)
    void theOperatorLacksThisRight(String verb, String group, String resource, String namespace) {
        assertThat(may(blue, verb, group, resource, namespace)).isFalse();
    }

    /** Ignores the rights that the cluster grants every service account. */
    @Test
    void theOperatorHasExactlyTheRightsOfTheChart() throws IOException {
        assertThat(rights(blue, "blue-sites"))
                .containsExactlyInAnyOrderElementsOf(BLUE.grants().stream()
                        .filter(permission -> !permission.namespace().equals("blue-system"))
                        .map(permission -> permission.in("blue-sites"))
                        .toList());
    }

    @Test
    void onlyClusterScopedRightsReachOtherNamespaces() {
        assertThat(rights(blue, "green-sites"))
                .extracting(Permission::resource)
                .containsExactlyInAnyOrder("ingressclasses", "clusterissuers");
        assertThat(rights(blue, "green-system"))
                .isEqualTo(rights(blue, "green-sites").stream()
                        .map(permission -> permission.in("green-system"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void clusterWideModeGrantsTheSameRightsEverywhere() throws IOException {
        var named = BLUE.grants().stream()
                .map(permission -> switch (permission.namespace()) {
                    case "blue-sites" -> permission.in(Permission.EVERYWHERE);
                    case "blue-system" -> permission.in("wide-system");
                    default -> permission;
                })
                .collect(Collectors.toSet());

        assertThat(WIDE.grants()).isEqualTo(named);
        assertThat(may(wide, "watch", "", "secrets", "")).isTrue();
        assertThat(may(wide, "patch", "recordsponge.com", "recordspongeenvironments", "green-sites"))
                .isFalse();
    }

    private static boolean may(KubernetesClient who, String verb, String group, String resource, String namespace) {
        var parts = resource.split("/");
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(parts[0])
                .withSubresource(parts.length > 1 ? parts[1] : null)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return who.resource(review).create().getStatus().getAllowed();
    }

    /** The rights in a namespace, without those that the cluster grants every service account. */
    private static Set<Permission> rights(KubernetesClient who, String namespace) {
        SERVER.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace("blue-system")
                        .withName("nobody")
                        .endMetadata()
                        .build())
                .serverSideApply();
        try (var nobody = client("blue-system", "nobody")) {
            var rights = listed(who, namespace);
            rights.removeAll(listed(nobody, namespace));
            return rights;
        }
    }

    private static Set<Permission> listed(KubernetesClient who, String namespace) {
        var review = new SelfSubjectRulesReviewBuilder()
                .withNewSpec()
                .withNamespace(namespace)
                .endSpec()
                .build();
        return who.resource(review).create().getStatus().getResourceRules().stream()
                .flatMap(rule -> Permission.of(namespace, rule.getApiGroups(), rule.getResources(), rule.getVerbs()))
                .collect(Collectors.toSet());
    }
}
