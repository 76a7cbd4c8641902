# containerd, kubelet, kube-proxy.
# shellcheck shell=bash

# configure SOURCE TARGET: replaces each ${NAME} in a file; does not touch the target if nothing changes.
configure() {
  local text name
  text=$(cat "$1")
  for name in BRIDGE CNI_NETWORK NODE_NAME NODE_IP NODE_CIDR DNS_SERVICE_IP TRAEFIK_SERVICE_IP REGISTRY NODE_REGISTRY PUSH_SECRET HTTP_PORT HTTPS_PORT DOMAIN \
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
  [ -s "$CONFIG/push-secret" ] || (umask 077 && printf %s "$(openssl rand -hex 16)" >"$CONFIG/push-secret")
  PUSH_SECRET=$(cat "$CONFIG/push-secret")
  configure "$K8S_DEV/config/audit-policy.yaml" "$CONFIG/audit-policy.yaml"
  configure "$K8S_DEV/config/containerd.toml" "$CONFIG/containerd.toml"
  configure "$K8S_DEV/config/cni.conflist" "$CONFIG/cni/10-recordsponge.conflist"
  configure "$K8S_DEV/config/kubelet.yaml" "$CONFIG/kubelet.yaml"
  configure "$K8S_DEV/config/kube-proxy.yaml" "$CONFIG/kube-proxy.yaml"
  configure "$K8S_DEV/config/registry.yaml" "$CONFIG/registry.yaml"
  configure "$K8S_DEV/config/node-registry.yaml" "$CONFIG/node-registry.yaml"
  configure "$K8S_DEV/config/build-registries.conf" "$CONFIG/build-registries.conf"
  configure_pulls
}

# The local registry replaces Docker Hub for the node and the operator, like a mirror in registries.yaml on k3s. The node
# has no fallback: a missing tag fails at once instead of starting a download.
configure_pulls() (
  umask 077
  [ -s "$CONFIG/registry-password" ] || openssl rand -hex 16 >"$CONFIG/registry-password"
  password=$(cat "$CONFIG/registry-password")
  [ -s "$CONFIG/registry.htpasswd" ] ||
    perl -e 'chomp($_ = <STDIN>); print "node:", crypt($_, "\$2b\$05\$" . substr($_, 0, 21) . "u"), "\n"' \
      <"$CONFIG/registry-password" >"$CONFIG/registry.htpasswd"
  cat >"$CONFIG/registries/docker.io/hosts.toml" <<TOML
server = "https://$NODE_REGISTRY"

[host."https://$NODE_REGISTRY"]
  capabilities = ["pull", "resolve"]
  ca = "$PKI/registry-ca.crt"
  [host."https://$NODE_REGISTRY".header]
    authorization = "Basic $(printf 'node:%s' "$password" | base64 -w0)"
TOML
  {
    cat <<YAML
registries:
  config:
    mirrors:
      docker.io: {endpoint: ["https://$NODE_REGISTRY"]}
    configs:
      "$NODE_REGISTRY":
        auth: {username: node, password: "$password"}
        tls: {ca_file: ca.crt}
  files:
    ca.crt: |
YAML
    sed 's/^/      /' "$PKI/registry-ca.crt"
  } >"$CONFIG/operator-registries.yaml"
)

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
