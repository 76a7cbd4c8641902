package com.recordsponge.operator.gitops;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Generates Argo CD's settings from the scripts in the layout of its repository; Helm's also from app-of-apps.yaml. */
final class ArgoCdConfig {

    static final Path CONFIG_MAP = Path.of("deploy/argocd/argocd-cm.yaml");
    static final Path APP_OF_APPS = Path.of("deploy/argocd/app-of-apps.yaml");
    static final Path VALUES = Path.of("deploy/argocd/values.yaml");
    static final Path SCRIPTS =
            Path.of("deploy/argocd/resource_customizations/recordsponge.com/RecordSpongeEnvironment");

    private static final String HEADER = "# Generated from %s by make generate. %s\n";
    private static final String KIND = "recordsponge.com_RecordSpongeEnvironment";

    private ArgoCdConfig() {}

    /** A patch of the ConfigMap argocd-cm. */
    static String configMap() throws IOException {
        return HEADER.formatted(
                        "resource_customizations",
                        "Apply it: kubectl patch -n argocd configmap argocd-cm --patch-file argocd-cm.yaml")
                + """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: argocd-cm
                data:
                """
                + settings().indent(2);
    }

    /** Values of Argo CD's Helm chart, which take the place of both patches of the ConfigMap. */
    static String values() throws IOException {
        return HEADER.formatted(
                        "resource_customizations and app-of-apps.yaml",
                        "Values of the chart argo-cd: helm upgrade argocd argo/argo-cd --values values.yaml")
                + "configs:\n  cm:\n"
                + settings().indent(4)
                + appOfApps().indent(4);
    }

    private static String settings() throws IOException {
        var settings = new LinkedHashMap<String, String>();
        settings.put("health", Files.readString(SCRIPTS.resolve("health.lua")));
        settings.put("actions", actions());
        settings.put("ignoreResourceUpdates", Files.readString(Path.of("deploy/argocd/ignore-resource-updates.yaml")));
        return settings.entrySet().stream()
                .map(setting -> "resource.customizations.%s.%s: |\n%s"
                        .formatted(setting.getKey(), KIND, setting.getValue().indent(2)))
                .collect(Collectors.joining());
    }

    private static String appOfApps() throws IOException {
        return data(APP_OF_APPS).entrySet().stream()
                .map(setting -> "%s: |\n%s"
                        .formatted(setting.getKey(), setting.getValue().indent(2)))
                .collect(Collectors.joining());
    }

    /** The data of a patch of the ConfigMap. */
    static Map<String, String> data(Path patch) throws IOException {
        return Serialization.unmarshal(Files.readString(patch), ConfigMap.class).getData();
    }

    private static String actions() throws IOException {
        var text = new StringBuilder(
                "discovery.lua: |\n" + script("actions/discovery.lua").indent(2) + "definitions:\n");
        for (var action : actionNames()) {
            text.append("- name: %s\n  action.lua: |\n".formatted(action));
            text.append(script("actions/" + action + "/action.lua").indent(4));
        }
        return text.toString();
    }

    private static String script(String name) throws IOException {
        return Files.readString(SCRIPTS.resolve(name));
    }

    static List<String> actionNames() throws IOException {
        try (var folders = Files.list(SCRIPTS.resolve("actions"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("action.lua")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
