# The whole cluster: builds its programs, starts them, and waits for the add-ons.
# shellcheck shell=bash

# Sets KUBERNETES, CERT_MANAGER, COREDNS, HELM and TRAEFIK to the folders of the built programs.
build_tools() {
  local folders
  folders=$("$K8S_DEV/tools/build.sh" kubernetes cert-manager coredns helm traefik)
  { read -r KUBERNETES && read -r CERT_MANAGER && read -r COREDNS && read -r HELM && read -r TRAEFIK; } <<<"$folders"
  tag_images
}

# in_parallel FUNCTIONS...: fails if one of them fails.
in_parallel() {
  local function pids=() pid failed=0
  for function in "$@"; do
    "$function" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || failed=1; done
  return "$failed"
}

stop_half_started() {
  local jobs
  trap - EXIT
  trap '' INT TERM
  mapfile -t jobs < <(jobs -p)
  [ "${#jobs[@]}" = 0 ] || { kill "${jobs[@]}" && wait; } 2>/dev/null || true
  say "stopping the half-started cluster"
  stop_cluster
}

start_control_plane() {
  start_etcd
  start_apiserver
  wait_up 60 kube-apiserver "a ready API" api_ready
  start_controllers
  start_proxy
}

start_images_and_node() {
  start_registry
  publish pause "$PAUSE_TAG" pack_pause
  start_node
  publish_addon_images
}

start_cluster() {
  local fresh=
  any_running || fresh=yes
  mkdir -p "$RUN" "$LOG/pods" "$CONFIG"
  chmod 755 "$STATE"
  if [ -n "$fresh" ]; then
    trap 'stop_half_started; exit 1' EXIT
    trap 'exit 130' INT TERM
  fi
  make_pki
  make_configuration
  make_network
  write_checkout_files
  record_owner
  in_parallel start_control_plane start_images_and_node start_postgres
  apply_addons
  wait_for 60 "the node to become Ready" node_ready
  trap - EXIT INT TERM
}

# When the script ends, stops the cluster if it is not running now.
stop_cluster_afterwards() { running kube-apiserver || trap stop_cluster_again EXIT; }

stop_cluster_again() {
  local code=$?
  ! running kube-apiserver || "$K8S_DEV/down.sh" || true
  exit "$code"
}

# From any state, starts a cluster with all images and Secrets, but without the operator.
bring_up() {
  check_root
  check_state
  take_lock
  find_jdk
  find_go
  check_disk
  install_packages
  build_tools
  check_owner
  kill_strays
  check_networks
  check_ports
  any_running || say "starting Kubernetes"
  start_cluster
  make_namespace "$NAMESPACE"
  in_parallel publish_sample_images prepare_examples wait_addons
  publish_operator_image
}
