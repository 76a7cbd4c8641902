#!/usr/bin/env bash
# Tests everything: scripts, the chart, pure tests, tests on a real API server, tests on the real cluster. Stops the
# cluster afterwards if it was not running before.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

stop_cluster_again() {
  local code=$?
  "$K8S_DEV/down.sh" || true
  exit "$code"
}

main() {
  running kube-apiserver || trap stop_cluster_again EXIT
  "$K8S_DEV/new.sh" cluster
  say "testing the scripts"
  "$K8S_DEV/test-scripts.sh"
  say "checking the chart"
  "$K8S_DEV/chart.sh"
  say "running the Java tests"
  "$K8S_DEV/mvn.sh" verify
}

main
