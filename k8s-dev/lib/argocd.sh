# Argo CD as processes on the host, with a Git server: an add-on that the cluster does without.
# shellcheck shell=bash

# Each installation tracks what it has deployed in another way.
ARGOCD_NAMESPACE=argocd
ARGOCD_LABEL_NAMESPACE=argocd-label
ARGOCD_STATE=$STATE/argocd
GIT_PORT=3000
REDIS_PORT=6379
ARGOCD_PORT=8090
REPO_SERVER_PORT=8081
ARGOCD_COMPONENTS=(argocd-server argocd-application-controller argocd-label-controller argocd-repo-server redis-server git-server)

check_argocd_ports() {
  local free="Stop that program; this port cannot be changed."
  check_port 127.0.0.1 "$GIT_PORT" "Git server" "$free" git-server
  check_port 127.0.0.1 "$REDIS_PORT" Redis "$free" redis-server
  check_port 127.0.0.1 "$ARGOCD_PORT" "Argo CD's webhooks" "$free" argocd-server
  check_port 127.0.0.1 "$REPO_SERVER_PORT" "Argo CD's repository server" "$free" argocd-repo-server
  check_port 0.0.0.0 8082 "Argo CD's metrics" "$free" argocd-application-controller
  check_port 0.0.0.0 8085 "Argo CD's metrics" "$free" argocd-label-controller
}

# patch_argocd NAMESPACE KIND NAME FILE
patch_argocd() { kubectl patch -n "$1" "$2" "$3" --patch-file "$4" >/dev/null; }

# configure_argocd NAMESPACE TRACKING: the settings of Argo CD's own manifests and of deploy/argocd, and what the components
# expect to find.
configure_argocd() {
  kubectl create namespace "$1" --dry-run=client -o yaml | apply -f -
  apply -n "$1" -k "$ARGOCD_MANIFESTS/base/config"
  patch_argocd "$1" configmap argocd-cm "$PROJECT/deploy/argocd/argocd-cm.yaml"
  patch_argocd "$1" configmap argocd-cm "$PROJECT/deploy/argocd/app-of-apps.yaml"
  patch_argocd "$1" configmap argocd-cm <(echo "data: {application.resourceTrackingMethod: $2}")
  # Without this key the controller ignores every later change of argocd-cm.
  [ -s "$ARGOCD_STATE/server.secretkey" ] || (umask 077 && openssl rand -hex 32 >"$ARGOCD_STATE/server.secretkey")
  patch_argocd "$1" secret argocd-secret <(echo "stringData: {server.secretkey: $(cat "$ARGOCD_STATE/server.secretkey")}")
  apply -f - <<YAML
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: default, namespace: $1}
spec:
  sourceRepos: ['*']
  destinations: [{namespace: '*', server: '*'}]
  clusterResourceWhitelist: [{group: '*', kind: '*'}]
YAML
}

# argocd_component NAME COMPONENT OPTIONS...
# Argo CD's cache can be behind by more than its usual 2 s after a wave, while tests use every core.
argocd_component() {
  local name=$1 component=$2
  shift 2
  start "$name" env --chdir="$ARGOCD_STATE/work" \
    HOME="$ARGOCD_STATE/work" TMPDIR="$ARGOCD_STATE/work" PATH="$ARGOCD:$HELM:/usr/bin:/bin" KUBECONFIG="$CONFIG/argocd.kubeconfig" \
    ARGOCD_FAKE_IN_CLUSTER=true ARGOCD_GPG_ENABLED=false ARGOCD_ASK_PASS_SOCK="$ARGOCD_STATE/work/ask-pass.sock" \
    ARGOCD_TLS_DATA_PATH="$ARGOCD_STATE/work" ARGOCD_SSH_DATA_PATH="$ARGOCD_STATE/work" \
    ARGOCD_SYNC_WAVE_DELAY=5 GOMEMLIMIT=200MiB "$ARGOCD/argocd" "$component" --logformat=text --redis "127.0.0.1:$REDIS_PORT" "$@"
}

# argocd_controller NAME NAMESPACE METRICS-PORT REDIS-DATABASE
argocd_controller() {
  argocd_component "$1" application-controller --kubeconfig "$CONFIG/argocd.kubeconfig" --namespace "$2" \
    --metrics-port "$3" --redisdb "$4" --repo-server "127.0.0.1:$REPO_SERVER_PORT" --repo-server-plaintext \
    --persist-resource-health
}

start_argocd() {
  mkdir -p "$ARGOCD_STATE/git" "$ARGOCD_STATE/work"
  client_kubeconfig "$CONFIG/argocd.kubeconfig" admin
  apply -k "$ARGOCD_MANIFESTS/crds"
  wait_for 30 "Argo CD's resources" kubectl get applications,appprojects -A
  configure_argocd "$ARGOCD_NAMESPACE" annotation
  configure_argocd "$ARGOCD_LABEL_NAMESPACE" label
  start git-server "$ARGOCD/git-server" "127.0.0.1:$GIT_PORT" "$ARGOCD_STATE/git"
  start redis-server redis-server --bind 127.0.0.1 --port "$REDIS_PORT" --dir "$ARGOCD_STATE" --save '' --set-proc-title no
  argocd_component argocd-repo-server repo-server --address 127.0.0.1 --port "$REPO_SERVER_PORT" \
    --metrics-address 127.0.0.1 --disable-tls
  argocd_controller argocd-application-controller "$ARGOCD_NAMESPACE" 8082 0
  argocd_controller argocd-label-controller "$ARGOCD_LABEL_NAMESPACE" 8085 1
  argocd_component argocd-server server --kubeconfig "$CONFIG/argocd.kubeconfig" --namespace "$ARGOCD_NAMESPACE" \
    --repo-server "127.0.0.1:$REPO_SERVER_PORT" --repo-server-plaintext --insecure --disable-auth \
    --address 127.0.0.1 --port "$ARGOCD_PORT" --metrics-address 127.0.0.1
  wait_up 60 argocd-server "its webhooks" curl -fsS --noproxy '*' "http://127.0.0.1:$ARGOCD_PORT/healthz"
  wait_up 60 argocd-application-controller "its metrics" curl -fsS --noproxy '*' "http://127.0.0.1:8082/metrics"
  wait_up 60 argocd-label-controller "its metrics" curl -fsS --noproxy '*' "http://127.0.0.1:8085/metrics"
}

stop_argocd() {
  local name
  for name in "${ARGOCD_COMPONENTS[@]}"; do stop "$name"; done
}

# The CRDs and settings that Argo CD's module has beside its code.
argocd_manifests() {
  local module
  module=$(cd "$K8S_DEV/tools/argocd" && go mod download -json github.com/argoproj/argo-cd/v3 | jq -r .Dir)
  echo "$module/manifests"
}

# Sets ARGOCD to the folder of its programs and ARGOCD_MANIFESTS to that of its manifests, and starts the cluster if necessary.
bring_up_argocd() {
  PACKAGES+=(git redis-server)
  SERVICES+=(redis-server)
  bring_up
  ARGOCD=$("$K8S_DEV/tools/build.sh" argocd)
  ARGOCD_MANIFESTS=$(argocd_manifests)
  check_argocd_ports
  running argocd-server || say "starting Argo CD"
  start_argocd
}
