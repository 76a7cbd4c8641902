package com.recordsponge.operator.gitops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Generates Argo CD's settings from the scripts in the layout of its repository. */
final class ArgoCdConfig {

    static final Path CONFIG_MAP = Path.of("deploy/argocd/argocd-cm.yaml");
    static final Path VALUES = Path.of("deploy/argocd/values.yaml");
    static final Path SCRIPTS =
            Path.of("deploy/argocd/resource_customizations/recordsponge.com/RecordSpongeEnvironment");

    private static final String HEADER = "# Generated from resource_customizations by make generate. %s\n";
    private static final String KIND = "recordsponge.com_RecordSpongeEnvironment";

    private ArgoCdConfig() {}

    /** A patch of the ConfigMap argocd-cm. */
    static String configMap() throws IOException {
        return HEADER.formatted("Apply it: kubectl patch -n argocd configmap argocd-cm --patch-file argocd-cm.yaml")
                + """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: argocd-cm
                data:
                """
                + settings().indent(2);
    }

    /** Values of Argo CD's Helm chart. */
    static String values() throws IOException {
        return HEADER.formatted("Values of the chart argo-cd: helm upgrade argocd argo/argo-cd --values values.yaml")
                + "configs:\n  cm:\n"
                + settings().indent(4);
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
