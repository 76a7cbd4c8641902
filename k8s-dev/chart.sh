#!/usr/bin/env bash
# The chart's own tests, without a cluster: lint, and what each template gives.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

# The oldest that the chart admits; this build of helm takes itself for an older one.
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
