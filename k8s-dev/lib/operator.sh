# Installs the operator and its CRD with its Helm chart.
# shellcheck shell=bash

CHART=$PROJECT/deploy/helm/recordsponge-operator
RELEASE=recordsponge-operator

helm() { KUBECONFIG=${KUBECONFIG:-$K8S_DEV/kubeconfig} "$HELM/helm" "$@"; }

# The key of the chart and image. The release's description holds it, so that an unchanged release is not upgraded.
release_key() {
  { folder_content_key "$CHART" && echo "$OPERATOR_IMAGE $NAMESPACE" && cat /dev/null "${registries[@]}"; } | sha256sum | cut -c1-16
}

release_current() {
  helm status "$RELEASE" -n "$OPERATOR_NAMESPACE" -o json 2>/dev/null |
    jq -e --arg key "$(release_key)" '.info.status == "deployed" and .info.description == $key' >/dev/null &&
    [ -n "$(operator_deployment)" ] && crds_current
}

crds_current() { kubectl diff --server-side --force-conflicts -f "$PROJECT/deploy/crds" >/dev/null 2>&1; }

operator_deployment() {
  kubectl get deployment -n "$OPERATOR_NAMESPACE" -l "app.kubernetes.io/instance=$RELEASE" -o name | head -1
}

# An interrupted helm leaves the release locked.
unlock_release() {
  local status
  status=$(helm status "$RELEASE" -n "$OPERATOR_NAMESPACE" -o json 2>/dev/null | jq -r .info.status) || return 0
  case $status in
    pending-install) helm uninstall "$RELEASE" -n "$OPERATOR_NAMESPACE" --wait >/dev/null ;;
    pending-*) helm rollback "$RELEASE" -n "$OPERATOR_NAMESPACE" --wait >/dev/null ;;
  esac
}

# install_operator [OPERATOR-NAMESPACE NAMESPACE]: installs one release per namespace with environments. Only one
# release can own the CRD: the one without arguments takes ownership, whoever applied the CRD before.
install_operator() {
  local OPERATOR_NAMESPACE=${1:-$OPERATOR_NAMESPACE} NAMESPACE=${2:-$NAMESPACE} crds=(--take-ownership) registries=() push=()
  # Another cluster's nodes pull from elsewhere.
  [ "${CLUSTER:-}" = current ] || registries=("$CONFIG/operator-registries.yaml")
  [ "${CLUSTER:-}" = current ] || push=(--set pushNotifications.existingSecret=push)
  [ -d "$CHART" ] || die "The operator's chart is missing: $CHART" "Restore it: git checkout deploy/helm"
  if [ $# -gt 0 ]; then
    crds=(--set crds.install=false)
    push+=(--set pushNotifications.path=/push/test)
    kubectl apply --server-side --force-conflicts -f "$PROJECT/deploy/crds" >/dev/null
  fi
  if release_current; then
    kubectl rollout status -n "$OPERATOR_NAMESPACE" "$(operator_deployment)" --timeout=120s >/dev/null || operator_failed
    return
  fi
  say "installing the operator ($OPERATOR_IMAGE) with its Helm chart"
  unlock_release
  [ ${#push[@]} -eq 0 ] || push_secret
  helm upgrade --install "$RELEASE" "$CHART" -n "$OPERATOR_NAMESPACE" --create-namespace \
    --set "image.repository=${OPERATOR_IMAGE%:*}" --set-string "image.tag=${OPERATOR_IMAGE##*:}" \
    --set "watchNamespaces={$NAMESPACE}" "${registries[@]/#/--values=}" "${push[@]}" "${crds[@]}" --description "$(release_key)" --wait --timeout 3m >"$LOG/helm.log" 2>&1 || {
    tail -n 5 "$LOG/helm.log" >&2
    operator_failed
  }
}

# The registry shows it to the operator.
push_secret() {
  make_namespace "$OPERATOR_NAMESPACE"
  NAMESPACE=$OPERATOR_NAMESPACE secret_from_file push secret "$CONFIG/push-secret"
}

operator_failed() {
  diagnose "$OPERATOR_NAMESPACE"
  die "The operator did not become ready." "See its pods, events and log above. 'make new' tries again."
}

# diagnose NAMESPACE: prints what a person would look at first.
diagnose() {
  {
    echo
    kubectl get pods -n "$1" 2>&1
    kubectl get events -n "$1" --sort-by=.metadata.creationTimestamp 2>&1 | tail -n 20
    kubectl logs -n "$OPERATOR_NAMESPACE" "deployment/$RELEASE" --tail=25 2>&1 | cut -c1-400
    echo
  } >&2
}
