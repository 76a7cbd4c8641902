package com.recordsponge.operator.chart;

import com.recordsponge.operator.support.Chart;
import com.recordsponge.operator.support.Golden;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KustomizeTest {

    /** Lines that apply only to a Helm release. */
    private static final String HELM_ONLY =
            "(?m)^(# Source: .*| +helm[.]sh/chart: .*| +app[.]kubernetes[.]io/managed-by: Helm)\n";

    @Test
    void theBaseMatchesTheChartsDefaults() throws IOException {
        var rendered = Chart.yaml(
                "recordsponge-operator",
                "recordsponge-system",
                "--set",
                "watchNamespaces={recordsponge}",
                "--set",
                "crds.install=false");
        Golden.assertMatches(
                Path.of("deploy/kustomize/operator/operator.yaml"),
                "# Generated from deploy/helm/recordsponge-operator by make generate.\n"
                        + rendered.replaceAll(HELM_ONLY, ""));
    }
}
