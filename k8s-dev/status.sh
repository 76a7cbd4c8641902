#!/usr/bin/env bash
# Shows which components of the cluster are running, and what runs in it.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

main() {
  local name pid
  for name in "${COMPONENTS[@]}"; do
    pid=$(pid_of "$name") || pid=-
    printf '%-26s%s\n' "$name" "$pid"
  done
  running kube-apiserver || die "The cluster is not running." "Start it: make new"
  build_tools
  echo
  kubectl get nodes
  echo
  kubectl get pods -A
  ! kubectl get crd recordspongeenvironments.recordsponge.com >/dev/null 2>&1 || { echo && kubectl get recordsponge -A; }
}

main "$@"
