# containerd, kubelet, kube-proxy.
# shellcheck shell=bash

# configure SOURCE TARGET: replaces each ${NAME} in a file; does not touch the target if nothing changes.
configure() {
  local text name
  text=$(cat "$1")
  for name in BRIDGE CNI_NETWORK NODE_NAME NODE_IP NODE_CIDR DNS_SERVICE_IP TRAEFIK_SERVICE_IP REGISTRY HTTP_PORT HTTPS_PORT DOMAIN \
    CONFIG PKI RUN LOG STATE CONTAINERD_SOCKET CNI_PLUGINS RESOLV_CONF PAUSE_TAG COREDNS_TAG TRAEFIK_TAG \
    CERT_MANAGER_TAG ACME_SOLVER_TAG; do
    text=${text//"\${$name}"/"${!name:-}"}
  done
  [ -f "$2" ] && [ "$text" = "$(cat "$2")" ] || printf '%s\n' "$text" >"$2"
}

make_configuration() {
  # A pod cannot reach systemd-resolved's stub on loopback.
  RESOLV_CONF=/etc/resolv.conf
  if grep -q '^nameserver 127\.' /etc/resolv.conf && [ -s /run/systemd/resolve/resolv.conf ]; then
    RESOLV_CONF=/run/systemd/resolve/resolv.conf
  fi
  mkdir -p "$CONFIG/cni" "$CONFIG/registries/docker.io"
  configure "$K8S_DEV/config/audit-policy.yaml" "$CONFIG/audit-policy.yaml"
  configure "$K8S_DEV/config/containerd.toml" "$CONFIG/containerd.toml"
  configure "$K8S_DEV/config/cni.conflist" "$CONFIG/cni/10-recordsponge.conflist"
  configure "$K8S_DEV/config/kubelet.yaml" "$CONFIG/kubelet.yaml"
  configure "$K8S_DEV/config/kube-proxy.yaml" "$CONFIG/kube-proxy.yaml"
  configure "$K8S_DEV/config/registry.yaml" "$CONFIG/registry.yaml"
  # The local registry replaces Docker Hub, like a mirror in registries.yaml on k3s. There is no fallback: a missing tag
  # fails at once instead of starting a download.
  printf 'server = "http://%s"\n\n[host."http://%s"]\n  capabilities = ["pull", "resolve"]\n' "$REGISTRY" "$REGISTRY" \
    >"$CONFIG/registries/docker.io/hosts.toml"
}

start_node() {
  if ! running containerd && ! running kubelet; then clear_node; fi
  mkdir -p "$RUN/containerd" "$STATE/kubelet"
  start containerd containerd --config="$CONFIG/containerd.toml"
  wait_up 30 containerd "its socket" ctr --address "$CONTAINERD_SOCKET" version
  start kubelet "$KUBERNETES/kubelet" --config="$CONFIG/kubelet.yaml" \
    --kubeconfig="$CONFIG/kubelet-client.kubeconfig" --root-dir="$STATE/kubelet" \
    --hostname-override="$NODE_NAME" --node-ip="$NODE_IP"
}

start_proxy() { start kube-proxy "$KUBERNETES/kube-proxy" --config="$CONFIG/kube-proxy.yaml"; }

node_ready() { kubectl wait --for=condition=Ready "node/$NODE_NAME" --timeout=1s; }
