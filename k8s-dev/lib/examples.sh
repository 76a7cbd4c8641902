# The example environments: creates the objects that they refer to, deploys them, waits until they answer.
# shellcheck shell=bash

# secret_from_file NAME KEY FILE: creates or updates a Secret from a file, to keep the value out of argument lists.
secret_from_file() {
  kubectl create secret generic "$1" -n "$NAMESPACE" --from-file="$2=$3" --dry-run=client -o yaml | apply -f -
}

# make_namespace NAME: creates a namespace that enforces the restricted Pod Security Standard.
make_namespace() {
  apply -f - <<YAML
apiVersion: v1
kind: Namespace
metadata:
  name: $1
  labels: {pod-security.kubernetes.io/enforce: restricted}
YAML
}

# Traefik requires one key with htpasswd lines. The password itself is only in a file that root can read.
access_users() {
  local password=$STATE/access-password users=$STATE/access-users
  [ -s "$users" ] || (
    umask 077
    openssl rand -hex 12 >"$password"
    printf 'access:%s\n' "$(openssl passwd -apr1 -stdin <"$password")" >"$users"
  )
  secret_from_file access-users users "$users"
}

prepare_examples() {
  make_namespace "$NAMESPACE"
  example_database record_expunge_staging staging-db
  example_database record_expunge prod-db
  secret_from_file db-ca ca.crt "$PKI/database-ca.crt"
  access_users
}

site_port() { [ "$HTTPS_PORT" = 443 ] || echo ":$HTTPS_PORT"; }

answers() { curl -fsS --max-time 10 --cacert "$K8S_DEV/ca.crt" "$1/api/hello"; }

# deploy_example TIER: applies the example, waits for Ready, and checks that it answers with a valid certificate.
deploy_example() {
  local tier=$1 host url port
  kubectl apply -f "$K8S_DEV/examples/$tier.yaml" >/dev/null
  kubectl wait -n "$NAMESPACE" --for=condition=Ready "recordsponge/$tier" --timeout=180s >/dev/null || {
    kubectl describe recordsponge "$tier" -n "$NAMESPACE" | sed -n '/^Status:/,$p' >&2
    diagnose "$NAMESPACE"
    die "The environment $tier did not become Ready." "See its conditions and events above. 'make $tier' tries again."
  }
  host=$(kubectl get recordsponge "$tier" -n "$NAMESPACE" -o jsonpath='{.spec.host}')
  port=$(site_port)
  url=https://$host$port
  wait_for 60 "an answer from $url/api/hello" answers "$url" || {
    answers "$url" >/dev/null || true
    diagnose "$NAMESPACE"
    die "The environment $tier is Ready, but $url does not answer." "See also: kubectl logs -n kube-system deployment/traefik"
  }
  echo
  kubectl get recordsponge -n "$NAMESPACE"
  echo
  say "$url"
  note "curl --cacert k8s-dev/ca.crt $url/api/hello"
  [ "$tier" != prod ] || note "/access/ requires user 'access' and the password in $STATE/access-password"
}
