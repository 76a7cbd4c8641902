#!/usr/bin/env bash
# Tests the chart without a cluster: lints it and runs its unit tests.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

# The oldest version that the chart supports; this build of helm assumes an older one by default.
KUBE_VERSION=1.30.0

main() {
  local folders helm unittest values
  folders=$("$K8S_DEV/tools/build.sh" helm chart-tests)
  { read -r helm && read -r unittest; } <<<"$folders"
  "$helm/helm" lint --strict --quiet --kube-version "$KUBE_VERSION" "$CHART"
  for values in "$CHART"/ci/*-values.yaml; do
    "$helm/helm" lint --strict --quiet --kube-version "$KUBE_VERSION" --values "$values" "$CHART"
  done
  "$unittest/helm-unittest" --strict "$CHART"
}

main
