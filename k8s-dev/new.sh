#!/usr/bin/env bash
# From a fresh machine, or from whatever an earlier start left, to a site that answers. 'new.sh cluster' stops before
# the operator and the example are installed.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

# On a cluster that exists already: the operator and the example only.
on_current_cluster() {
  local tool
  [ -n "${OPERATOR_IMAGE:-}" ] ||
    die "OPERATOR_IMAGE is not set: this cluster cannot pull from a local registry." \
      "OPERATOR_IMAGE=registry/repository:tag CLUSTER=current make new"
  for tool in kubectl helm jq; do
    command -v "$tool" >/dev/null || die "$tool is needed for CLUSTER=current and is not on PATH." "Install $tool."
  done
  kubectl() { command kubectl "$@"; }
  helm() { command helm "$@"; }
  LOG=$(mktemp -d)
  kubectl version >/dev/null 2>&1 || die "The cluster of kubectl's current context does not answer." "Check 'kubectl config current-context' and 'kubectl version'."
  say "using the cluster of context $(kubectl config current-context)"
  make_namespace "$NAMESPACE"
  install_operator
  kubectl apply -f "$K8S_DEV/examples/staging.yaml"
  kubectl wait -n "$NAMESPACE" --for=condition=Ready recordsponge/staging --timeout=300s >/dev/null || {
    kubectl describe recordsponge staging -n "$NAMESPACE" >&2
    die "The environment staging did not become Ready." \
      "It needs a ClusterIssuer recordsponge-ca and a database that Secret staging-db leads to: adapt k8s-dev/examples/staging.yaml."
  }
  kubectl get recordsponge -n "$NAMESPACE"
}

main() {
  if [ "${CLUSTER:-}" = current ]; then
    on_current_cluster
    return
  fi
  bring_up
  [ "${1:-}" != cluster ] || return 0
  install_operator
  deploy_example staging
}

main "$@"
