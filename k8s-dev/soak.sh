#!/usr/bin/env bash
# Long tests of developers' environments that CI does not run: two side by side, a path with spaces, a second 'make dev',
# the targets of app.mk, no network after the first run, a killed node, a killed cluster, another tree. Prints how long each
# took, and the memory in use.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"
. "$K8S_DEV/soak-targets.sh"

# step WHAT COMMAND...: prints how long it took.
step() {
  local what=$1 started=$SECONDS
  shift
  "$@" >"$LOG/soak.log" 2>&1 || { tail -n 30 "$LOG/soak.log" >&2 && die "Failed: $what" "See the output above."; }
  printf '%4d s  %s\n' "$((SECONDS - started))" "$what"
}

# checksum TREE: contents, owners and modes of everything.
checksum() (cd "$1" && { find . -printf '%p %U:%G %m %y\n' | sort; find . -type f -exec sha256sum {} + | sort; } | sha256sum)

make_dev() { NAME=$1 SOURCE=$2 "$K8S_DEV/dev.sh"; }

# page NAME PATH
page() { curl -sS --fail --max-time 10 --cacert "$K8S_DEV/ca.crt" --connect-to "::127.0.0.1:" "https://$1.$DOMAIN$(site_port)$2"; }

# shown NAME: both ends of the environment answer.
shown() {
  page "$1" / | grep -q bundle.js && page "$1" /api/db | grep -q record_expunge_dev
}

# in_postgres NAME SQL
in_postgres() {
  kubectl exec -n "$NAMESPACE" "deployment/$1-postgres" -c postgres -- psql -tAc "$2"
}

# Pods reach nothing outside the cluster, and programs of this machine find no way to a registry.
without_network() {
  export http_proxy=http://127.0.0.1:1 https_proxy=http://127.0.0.1:1 no_proxy=127.0.0.1,localhost,$NODE_IP,.localhost
  export HTTP_PROXY=$http_proxy HTTPS_PROXY=$https_proxy NO_PROXY=$no_proxy
  iptables -I FORWARD -s "$POD_NETWORK" ! -d "$POD_NETWORK" -j REJECT || return
  trap 'iptables -D FORWARD -s "$POD_NETWORK" ! -d "$POD_NETWORK" -j REJECT' EXIT
}

new_pods() {
  kubectl delete pod -n "$NAMESPACE" -l "recordsponge.com/environment=$1" --wait &&
    make_dev "$1" "$2"
}

# kill_with_containers COMPONENT...: as when a machine loses power: nothing can end in order.
kill_with_containers() {
  local name pid pids
  for name in "$@"; do
    pid=$(pid_of "$name") && kill -KILL "$pid"
  done
  mapfile -t pids < <(container_pids)
  kill -KILL "${pids[@]}"
}

memory() {
  say "memory of the pods (MiB, working set as the kubelet reports it)"
  kubectl get --raw "/api/v1/nodes/$NODE_NAME/proxy/stats/summary" |
    jq -r --arg namespace "$NAMESPACE" '.pods[] | select(.podRef.namespace == $namespace) | .podRef.name as $pod
      | .containers[] | "\(.memory.workingSetBytes / 1048576 | floor)\t\($pod)\t\(.name)"' | sort -k2
}

main() {
  local work first second tree untouched
  check_root soak
  PACKAGES+=(buildah) # its trees are not the sample application's, whose image is packed
  (take_lock && install_packages)
  work=$(mktemp -d)
  chmod a+rx "$work"
  first=$work/first second="$work/second tree"
  for tree in "$first" "$second"; do cp -r "$SAMPLE" "$tree" && chmod -R a+rX "$tree"; done
  untouched="$(checksum "$first") $(checksum "$second")"
  build_tools
  mkdir -p "$LOG"
  step "make dev" make_dev dev "$first"
  step "make dev again" make_dev dev "$first"
  step "a second environment, from a path with spaces" make_dev second "$second"
  shown dev
  shown second
  memory
  app_targets dev "$first"
  in_postgres dev "CREATE TABLE kept (text text)" >/dev/null
  (without_network && step "new pods without a network" new_pods dev "$first")
  kill_with_containers kubelet containerd
  step "make dev after the node was killed, and not the control plane" make_dev dev "$first"
  step "the second environment" make_dev second "$second"
  shown dev
  shown second
  kill_with_containers "${COMPONENTS[@]}"
  step "make dev after the cluster was killed" make_dev dev "$first"
  step "the second environment" make_dev second "$second"
  shown dev
  shown second
  step "make dev with another tree" make_dev dev "$second"
  shown dev
  in_postgres dev "SELECT count(*) FROM kept" >/dev/null || die "The data of PostgreSQL is lost."
  NAME=dev SOURCE=$first step "make clobber" "$K8S_DEV/app.sh" clobber
  NAME=second SOURCE=$second step "the second environment" "$K8S_DEV/app.sh" clobber
  [ "$(checksum "$first") $(checksum "$second")" = "$untouched" ] || die "Something changed a source tree."
  say "both source trees are as they were"
  rm -rf "$work"
}

main
