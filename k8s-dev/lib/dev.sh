# A developer's environment on this machine's cluster. ENVIRONMENT names it; SOURCE is the tree.
# shellcheck shell=bash

ENVIRONMENT=${NAME:-dev}
TREE=$(realpath -m "${SOURCE:-$K8S_DEV/sample-app}")

tree_claim() { [ "$ENVIRONMENT" = dev ] && echo tree || echo "tree-$ENVIRONMENT"; }

dev_url() { echo "https://$ENVIRONMENT.$DOMAIN$(site_port)"; }

check_tree() {
  [ -d "$TREE/src/backend" ] ||
    die "$TREE has no folder src/backend." "Set SOURCE to the application's tree: make dev SOURCE=~/recordexpungPDX"
  # Pods have the tree as a mount: the folders above it may be closed to them.
  (cd "$TREE" && setpriv --reuid=65534 --regid=65534 --clear-groups test -r src/backend) ||
    die "User 65534, as whom pods run, cannot read $TREE/src/backend." "chmod -R a+rX '$TREE'"
}

# npm in the pods trusts what this machine trusts: a company's proxy has a CA of its own.
npm_ca() {
  [ -f "${NODE_EXTRA_CA_CERTS:-}" ] || return 0
  kubectl create configmap npm-ca -n "$NAMESPACE" --from-file=ca.crt="$NODE_EXTRA_CA_CERTS" --dry-run=client -o yaml |
    kubectl apply --server-side --force-conflicts -f - >/dev/null
}

# The example, for this environment's name; parts that the tree does not have are left out. It has a value for each field
# that a target of app.mk patches: server-side apply does not change a field that it does not name.
dev_manifest() {
  kubectl create --dry-run=client -o json -f "$K8S_DEV/examples/dev.yaml" |
    jq --arg name "$ENVIRONMENT" --arg host "$ENVIRONMENT.$DOMAIN" --arg claim "$(tree_claim)" --arg tag "$(image_tag)" \
      --argjson frontend "$([ -d "$TREE/src/frontend/src" ] && echo true || echo false)" \
      --argjson ca "$([ -f "${NODE_EXTRA_CA_CERTS:-}" ] && echo true || echo false)" '
      .metadata.name = $name | .spec.image |= sub(":dev$"; ":" + $tag) | .spec.host = $host | .spec.dev.source.claimName = $claim
      | .spec.suspend = false
      | if $ca then .spec.dev.frontend.caConfigMapRef = {name: "npm-ca"} else . end
      | if $frontend then . else del(.spec.dev.frontend) | .spec.dev.watchers |= map(select(.runs != "frontend")) end'
}

apply_environment() { dev_manifest | kubectl apply --server-side --force-conflicts --field-manager=make-dev -f - >/dev/null; }

# The operator deletes the Deployment after frontend_down, and creates it anew.
start_frontend() {
  apply_environment && kubectl wait -n "$NAMESPACE" --for=create "deployment/$ENVIRONMENT-frontend" --timeout=60s >/dev/null
}

start_environment() {
  tree_volume "$(tree_claim)" "$TREE"
  data_volume "$ENVIRONMENT-postgres" 1Gi 999
  data_volume "$ENVIRONMENT-node-modules" 2Gi 65534
  npm_ca
  apply_environment
}

# The first start installs the front end's modules.
wait_for_environment() {
  kubectl wait -n "$NAMESPACE" --for=condition=Ready "recordsponge/$ENVIRONMENT" --timeout=900s >/dev/null || {
    kubectl describe recordsponge "$ENVIRONMENT" -n "$NAMESPACE" | sed -n '/^Status:/,$p' >&2
    diagnose "$NAMESPACE"
    die "The environment $ENVIRONMENT did not become Ready." "See its conditions above; docs/conditions.md explains each. 'make dev' tries again."
  }
}

show_environment() {
  local watched
  watched=$(kubectl get recordsponge "$ENVIRONMENT" -n "$NAMESPACE" -o jsonpath='{.spec.dev.watchers[*].name}')
  echo
  say "$(dev_url)"
  note "source    $TREE, which nothing in the cluster can change"
  [ -z "$watched" ] || note "watched   $watched: kubectl get recordsponge $ENVIRONMENT -n $NAMESPACE -o jsonpath='{.status.dev}'"
  note "logs      make -f k8s-dev/app.mk NAME=$ENVIRONMENT backend_logs, or frontend_logs"
  note "trust     k8s-dev/ca.crt"
}
