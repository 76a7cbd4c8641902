#!/usr/bin/env bash
# Starts the cluster, on a fresh machine or after any earlier run, and deploys a site that answers. 'new.sh cluster'
# omits the operator and the example.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

# Installs only the operator and the example, on an existing cluster.
on_current_cluster() {
  local tool
  [ -n "${OPERATOR_IMAGE:-}" ] ||
    die "OPERATOR_IMAGE is not set, and your cluster cannot pull from this machine's registry." \
      "Push the operator's image, then: OPERATOR_IMAGE=registry/repository:tag CLUSTER=current make new"
  for tool in kubectl helm jq; do
    command -v "$tool" >/dev/null || die "CLUSTER=current requires $tool, which is not on PATH." "Install $tool."
  done
  kubectl() { command kubectl "$@"; }
  helm() { command helm "$@"; }
  LOG=$(mktemp -d)
  kubectl version >/dev/null 2>&1 || die "The cluster of kubectl's current context does not respond." "Check 'kubectl config current-context' and 'kubectl version'."
  say "using the cluster of context $(kubectl config current-context)"
  make_namespace "$NAMESPACE"
  install_operator
  kubectl apply -f "$K8S_DEV/examples/staging.yaml"
  kubectl wait -n "$NAMESPACE" --for=condition=Ready recordsponge/staging --timeout=300s >/dev/null || {
    kubectl describe recordsponge staging -n "$NAMESPACE" >&2
    die "The environment staging did not become Ready." \
      "It needs the ClusterIssuer recordsponge-ca, its database and the Secret staging-db. Adapt k8s-dev/examples/staging.yaml and try again."
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
