# The JVM's ahead-of-time cache (JEP 483, 514): the classes that a training run has loaded and linked. The training run
# has its own API server, and environments that exercise what the operator does later.
# shellcheck shell=bash

TRAINING_ETCD_PORT=22379
TRAINING_API_PORT=26443
TRAINING_HTTP_PORT=28080
TRAINING_NAMESPACE=training

aot_key() {
  {
    folder_content_key "$QUARKUS_APP"
    grep -v '^#' "$JVM_OPTIONS"
    echo "$JRE"
    cat "$K8S_DEV/lib/aot-cache.sh" "$K8S_DEV/manifests/training.yaml"
  } | sha256sum | cut -c1-12
}

# Sets AOT_CACHE to a file in the cache.
build_aot_cache() {
  AOT_CACHE=$CACHE/aot/operator-$(aot_key).aot
  [ ! -f "$AOT_CACHE" ] || return 0
  say "building the operator's AOT cache in a training run"
  mkdir -p "$CACHE/aot"
  (train_operator "$AOT_CACHE.partial" 8>&-) || die "The operator's training run failed." "See $PROJECT/target/training.log"
  touch -d @0 "$AOT_CACHE.partial"
  mv "$AOT_CACHE.partial" "$AOT_CACHE"
  keep_newest 4 "$CACHE/aot" '*.aot'
}

training_kubectl() {
  "$KUBERNETES/kubectl" --kubeconfig=/dev/null --server="https://127.0.0.1:$TRAINING_API_PORT" \
    --certificate-authority="$TRAINING/apiserver.crt" --token=training "$@"
}

train_until() { wait_for 60 "$1" "${@:2}" >>"$PROJECT/target/training.log" 2>&1; }

# train_operator FILE: writes the AOT cache. Call it in a subshell, whose exit stops all processes that it started.
train_operator() {
  local options log=$PROJECT/target/training.log
  pids=()
  TRAINING=$(mktemp -d)
  trap '{ kill -9 "${pids[@]}"; wait; } 2>/dev/null; rm -rf "$TRAINING"' EXIT
  openssl genrsa -out "$TRAINING/sa.key" 2048 2>/dev/null
  echo 'training,training,training,system:masters' >"$TRAINING/tokens"
  "$KUBERNETES/etcd" --data-dir="$TRAINING/etcd" --unsafe-no-fsync --listen-peer-urls=http://127.0.0.1:0 \
    --listen-client-urls="http://127.0.0.1:$TRAINING_ETCD_PORT" \
    --advertise-client-urls="http://127.0.0.1:$TRAINING_ETCD_PORT" >"$log" 2>&1 &
  pids+=($!)
  "$KUBERNETES/kube-apiserver" --etcd-servers="http://127.0.0.1:$TRAINING_ETCD_PORT" --cert-dir="$TRAINING" \
    --secure-port="$TRAINING_API_PORT" --bind-address=127.0.0.1 --service-cluster-ip-range=10.96.0.0/16 \
    --service-account-key-file="$TRAINING/sa.key" --service-account-signing-key-file="$TRAINING/sa.key" \
    --service-account-issuer=https://training --token-auth-file="$TRAINING/tokens" \
    --disable-admission-plugins=ServiceAccount --authorization-mode=RBAC >>"$log" 2>&1 &
  pids+=($!)
  train_until "the API server of the training run" training_kubectl get --raw /readyz || return
  {
    training_kubectl apply --server-side -f "$PROJECT/deploy/crds" -f "$CERT_MANAGER/cert-manager-crds.yaml" -f "$TRAEFIK/traefik-crds.yaml"
    training_kubectl wait --for=condition=Established crd --all --timeout=60s
    training_kubectl create namespace "$TRAINING_NAMESPACE"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$TRAINING/site.key" -subj /CN=training \
      -addext subjectAltName=DNS:site.example.org,DNS:www.site.example.org -out "$TRAINING/site.crt"
    training_kubectl create secret tls provided -n "$TRAINING_NAMESPACE" --cert="$TRAINING/site.crt" --key="$TRAINING/site.key"
  } >>"$log" 2>&1
  mapfile -t options < <(grep -v -e '^#' -e '^-XX:AOTCache=' "$JVM_OPTIONS")
  cd "$QUARKUS_APP" || return
  env -i PATH="$PATH" KUBERNETES_AUTH_TRYKUBECONFIG=false KUBERNETES_MASTER="https://127.0.0.1:$TRAINING_API_PORT" \
    KUBERNETES_CERTS_CA_FILE="$TRAINING/apiserver.crt" KUBERNETES_AUTH_TOKEN=training \
    RECORDSPONGE_LEADER_ELECTION_NAMESPACE="$TRAINING_NAMESPACE" \
    QUARKUS_OPERATOR_SDK_NAMESPACES="$TRAINING_NAMESPACE" QUARKUS_HTTP_PORT="$TRAINING_HTTP_PORT" \
    "$JRE/bin/java" "${options[@]}" -XX:AOTCacheOutput="$1" -jar quarkus-run.jar >>"$log" 2>&1 &
  pids+=($!)
  train_until "the operator to become ready" curl -fs "http://127.0.0.1:$TRAINING_HTTP_PORT/q/health/ready" || return
  training_kubectl apply -f "$K8S_DEV/manifests/training.yaml" >>"$log" 2>&1 || return
  train_until "the operator to process the environments" trained || return
  curl -fs "http://127.0.0.1:$TRAINING_HTTP_PORT/q/health/live" >>"$log"
  training_kubectl delete recordsponge --all -n "$TRAINING_NAMESPACE" >>"$log" 2>&1
  kill "${pids[2]}"
  wait "${pids[2]}" || true
  unset 'pids[2]'
  [ -s "$1" ]
}

# The site has its Ingresses, and the operator has tried to reach the database.
trained() {
  training_kubectl get ingress -n "$TRAINING_NAMESPACE" -o name | grep -q /site-http- &&
    training_kubectl get recordsponge data -n "$TRAINING_NAMESPACE" -o jsonpath='{.status.conditions[?(@.type=="DatabaseReady")].reason}' |
    grep -q DnsFailed
}
