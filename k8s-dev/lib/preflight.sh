# Everything that can refuse a start, checked before anything is changed.
# shellcheck shell=bash

# All 'make' targets that change the cluster take turns.
take_lock() {
  exec 8>/run/lock/recordsponge-dev.lock
  flock -n 8 || { say "waiting until another 'make' on this machine has finished with the cluster" && flock 8; }
}

check_root() {
  [ "$(id -u)" = 0 ] || die "'make ${1:-new}' requires root: it runs containers and changes mounts and the network." "Run: sudo make ${1:-new}"
  [ -x /usr/bin/apt-get ] || die "This is not Debian: apt-get is missing." "Use Debian 12 or newer, or use a cluster of your own: CLUSTER=current make new"
}

# Refuses a folder with files of somebody else: 'make clean' removes all of it.
check_state() {
  local other
  other=$(find "$STATE" -mindepth 1 -maxdepth 1 -printf '%f\n' 2>/dev/null |
    grep -vxE -m1 'access-(password|users)|argocd|cni|config|containerd|etcd|kubelet|log|owner|pki|postgres|registry|run|volumes') || return 0
  die "$STATE is not a state folder of this cluster: it contains $other. 'make clean' would delete that." \
    "Set RECORDSPONGE_STATE to a folder that is empty or does not exist."
}

is_jdk_25() { [ -x "$1/bin/javac" ] && grep -qs '^JAVA_VERSION="25' "$1/release"; }

# Sets JAVA_HOME to a JDK 25, wherever one is usually installed.
find_jdk() {
  local home java
  java=$(readlink -f "$(command -v java)" 2>/dev/null) || java=
  for home in "${JAVA_HOME:-}" "${java%/bin/java}" /usr/lib/jvm/* /opt/java/* /opt/*jdk* /usr/local/*jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if is_jdk_25 "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done
  die "No JDK 25 was found in JAVA_HOME, on PATH, or in /usr/lib/jvm, /opt, /usr/local, ~/.sdkman and ~/.jdks." \
    "Install one, for example Eclipse Temurin 25, and set JAVA_HOME to its folder."
}

find_go() {
  local folder wanted found
  if ! command -v go >/dev/null; then
    for folder in /usr/local/go/bin "$HOME/go/bin" "$HOME/sdk"/go*/bin /usr/lib/go-*/bin; do
      [ ! -x "$folder/go" ] || PATH=$folder:$PATH
    done
  fi
  command -v go >/dev/null || die "Go was not found on PATH or in /usr/local/go." "Install Go 1.26 or newer from https://go.dev/dl/."
  wanted=$(awk '$1 == "go" { print $2 }' "$K8S_DEV"/tools/*/go.mod | sort -V | tail -1)
  found=$(cd / && go env GOVERSION)
  [ "$(printf '%s\n' "$wanted" "${found#go}" | sort -V | head -1)" = "$wanted" ] || [ "$(go env GOTOOLCHAIN)" != local ] ||
    die "Go ${found#go} is too old: the cluster's programs require $wanted." "Install Go $wanted or newer from https://go.dev/dl/."
}

# check_space FOLDER GIGABYTES WHAT VARIABLE
check_space() {
  local folder=$1 free
  while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
  free=$(($(df --output=avail -k "$folder" | tail -1) / 1024 / 1024))
  [ "$free" -ge "$2" ] || die "Only $free GB are free on the disk of $1; $3 requires $2 GB." "Free some space, or set $4 to a folder on another disk."
}

check_disk() {
  if compgen -G "$CACHE/tools/traefik-*[0-9a-f]/traefik" >/dev/null; then
    check_space "$CACHE" 2 "the cache of built parts" RECORDSPONGE_CACHE
  else
    check_space "$CACHE" 15 "building the cluster's parts for the first time" RECORDSPONGE_CACHE
  fi
  check_space "$STATE" 3 "the cluster" RECORDSPONGE_STATE
}

# check_port ADDRESS PORT WHAT REMEDY [COMPONENT]: the port must be free, or held by our own COMPONENT.
check_port() {
  local holder
  if [ -n "${5:-}" ] && running "$5"; then return 0; fi
  # ss does not name a holder in another PID namespace, or in the kernel.
  holder=$(ss -Hltnp "sport = :$2" | awk -v address="$1" '{ local = $4; sub(/:[0-9]+$/, "", local)
    if (local == address || local == "0.0.0.0" || local == "*" || local == "[::]") {
      if (split($6, part, /[",=]/) < 5) print "a program in another container, or by the kernel"
      else print part[2] " (process " part[5] ")"
    } }')
  [ -z "$holder" ] || die "Port $2 on $1 ($3) is already used by ${holder%%$'\n'*}." "$4"
}

check_ports() {
  local free="Stop that program"
  check_port 127.0.0.1 "$HTTP_PORT" "HTTP of the sites" "$free, or choose another port: HTTP_PORT=8080 make new"
  check_port 127.0.0.1 "$HTTPS_PORT" "HTTPS of the sites" "$free, or choose another port: HTTPS_PORT=8443 make new"
  free="$free; this port cannot be changed."
  check_port 127.0.0.1 5000 "image registry" "$free" docker-registry
  check_port "$NODE_IP" 5000 "image registry of the node" "$free" node-registry
  check_port 127.0.0.1 2379 etcd "$free" etcd
  check_port 127.0.0.1 2380 etcd "$free" etcd
  check_port "$NODE_IP" 6443 "Kubernetes API" "$free" kube-apiserver
  check_port "$NODE_IP" 10250 kubelet "$free" kubelet
  check_port 127.0.0.1 10248 kubelet "$free" kubelet
  check_port 127.0.0.1 10249 kube-proxy "$free" kube-proxy
  check_port 127.0.0.1 10256 kube-proxy "$free" kube-proxy
  check_port 127.0.0.1 10257 "controller manager" "$free" kube-controller-manager
  check_port 127.0.0.1 10259 scheduler "$free" kube-scheduler
  check_port "$NODE_IP" 5432 PostgreSQL "$free" postgres
}

# Another Kubernetes (k3s uses the same networks) or a VPN would receive our packets.
check_networks() {
  local other
  other=$(ip -4 route | awk -v ours="$BRIDGE" '($1 ~ /^10\.4[23]\./) { for (i = 1; i < NF; i++) if ($i == "dev" && $(i + 1) != ours) print $1 " on " $(i + 1) }')
  [ -z "$other" ] || die "The network ${other%%$'\n'*} overlaps this cluster's networks $POD_NETWORK and $SERVICE_CIDR." \
    "Stop the program that created it (k3s: k3s-killall.sh), or use that cluster: CLUSTER=current make new"
}

# Another checkout's running cluster is shared if it consists of the same programs.
check_owner() {
  local checkout key
  any_running || return 0
  read -r key checkout 2>/dev/null <"$STATE/owner" || return 0
  [ "$checkout" = "$PROJECT" ] || [ "$key" = "${KUBERNETES##*/}" ] || [ ! -d "$checkout" ] ||
    die "A cluster of another version ($key) is already running. It was started from $checkout." "Stop it: make -C $checkout down"
}

# record_owner: this checkout, if it starts or upgrades the cluster.
record_owner() {
  local key
  if any_running && read -r key _ 2>/dev/null <"$STATE/owner" && [ "$key" = "${KUBERNETES##*/}" ]; then return 0; fi
  echo "${KUBERNETES##*/} $PROJECT" >"$STATE/owner"
}
