#!/usr/bin/env bash
# Tests everything: scripts, the chart, pure tests, tests on a real API server, tests on the real cluster. Stops the
# cluster afterwards if it was not running before.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

# The classes that take longest, so that one over its budget is seen. Cluster tests run four at a time.
minutes_by_class() {
  say "minutes by test class (those over 15 s)"
  sed -n 's/^<testsuite .* name="\([^"]*\)" time="\([0-9.]*\)" tests="\([0-9]*\)".*/\2 \3 \1/p' \
    "$PROJECT"/target/surefire-reports/TEST-*.xml | sort -rn |
    awk '$1 > 15 { sub(/.*[.]/, "", $3); printf "    %5.1f  %3d tests  %s\n", $1 / 60, $2, $3 }'
}

# Runs what follows and prints how long it took.
timed() {
  local started=$SECONDS what=$1
  shift
  say "$what"
  "$@" || return
  note "$((SECONDS - started)) s"
}

main() {
  stop_cluster_afterwards
  timed "starting the cluster" "$K8S_DEV/new.sh" cluster
  timed "building Argo CD, which the cluster tests start" "$K8S_DEV/tools/build.sh" argocd
  timed "testing the scripts" "$K8S_DEV/test-scripts.sh"
  timed "checking the chart" "$K8S_DEV/chart.sh"
  rm -rf "$PROJECT/target/statuses" # those of earlier runs, which RecordedStatusesTest would read too
  timed "running the Java tests" "$K8S_DEV/mvn.sh" verify || { minutes_by_class; exit 1; }
  minutes_by_class
}

main
