#!/usr/bin/env bash
# bench.sh [OPTIONS OF MAVEN]: measures what the operator costs, and updates docs/performance.md.
# -Dbench.scenarios=start,pushes measures only these, and prints the results. Stops the cluster afterwards if it was not
# running before.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

main() {
  stop_cluster_afterwards
  "$K8S_DEV/mvn.sh" -q test-compile exec:java@bench "$@"
}

main "$@"
