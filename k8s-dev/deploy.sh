#!/usr/bin/env bash
# deploy.sh TIER: applies the tier's example to the running cluster and waits until it answers.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

main() {
  [ -f "$K8S_DEV/examples/${1:-}.yaml" ] || die "There is no example for tier '${1:-}'." "Use one of: dev, staging, prod"
  check_root "$1"
  running kube-apiserver || die "The cluster is not running." "Start it: make new"
  build_tools
  [ -f "$K8S_DEV/kubeconfig" ] || write_checkout_files
  kubectl get crd recordspongeenvironments.recordsponge.com >/dev/null 2>&1 || die "The operator is not installed." "Install it: make new"
  deploy_example "$1"
}

main "$@"
