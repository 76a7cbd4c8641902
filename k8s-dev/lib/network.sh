# The bridge that carries the node's address and its pods; nothing depends on the machine's outer address.
# shellcheck shell=bash

BRIDGE_MAC=0a:58:0a:2a:00:01

make_network() {
  modprobe -q br_netfilter 2>/dev/null || true
  modprobe -q overlay 2>/dev/null || true
  ip link show "$BRIDGE" >/dev/null 2>&1 || ip link add "$BRIDGE" address "$BRIDGE_MAC" type bridge
  ip -4 addr show dev "$BRIDGE" | grep -q "inet $NODE_IP/" || ip addr add "$NODE_IP/24" dev "$BRIDGE"
  ip link set "$BRIDGE" up
  # Without a default route the kernel would refuse packets to Services before kube-proxy's rules see them.
  ip route replace "$SERVICE_CIDR" dev "$BRIDGE"
  [ -e /proc/sys/net/bridge/bridge-nf-call-iptables ] ||
    die "The kernel has no br_netfilter, so pods could not reach Services." "Install the distribution's kernel modules, then 'modprobe br_netfilter'."
  echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
  echo 1 >/proc/sys/net/ipv4/ip_forward
}

# Rules and chains of kube-proxy and of the CNI plugins; everything else in the tables stays as it is.
clear_iptables() {
  local command rules ours='^:(KUBE|CNI)-|^-A (KUBE|CNI)-|-j (KUBE|CNI)-'
  for command in iptables ip6tables; do
    rules=$("$command-save" 2>/dev/null) || continue
    ! grep -qE -e "$ours" <<<"$rules" || grep -vE -e "$ours" <<<"$rules" | "$command-restore"
  done
}

clear_network() {
  local port
  for port in /sys/class/net/"$BRIDGE"/brif/*; do
    [ ! -e "$port" ] || ip link delete "${port##*/}" 2>/dev/null || true
  done
  rm -rf "$STATE/cni"
  clear_iptables
}

remove_bridge() { ! ip link show "$BRIDGE" >/dev/null 2>&1 || ip link delete "$BRIDGE"; }
