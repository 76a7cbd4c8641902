# The bridge that carries the node's address and its pods; nothing depends on the machine's outer address.
# shellcheck shell=bash

BRIDGE_MAC=0a:58:0a:2a:00:01

has_bridge() { ip link show "$BRIDGE" >/dev/null 2>&1; }

make_network() {
  modprobe -q br_netfilter 2>/dev/null || true
  modprobe -q overlay 2>/dev/null || true
  has_bridge || ip link add "$BRIDGE" address "$BRIDGE_MAC" type bridge
  ip addr replace "$NODE_IP/24" dev "$BRIDGE"
  ip link set "$BRIDGE" up
  # Without a default route the kernel would refuse packets to Services before kube-proxy's rules see them.
  ip route replace "$SERVICE_CIDR" dev "$BRIDGE"
  [ -e /proc/sys/net/bridge/bridge-nf-call-iptables ] ||
    die "The kernel module br_netfilter is missing. Pods need it to reach Services." "Install the kernel modules of this distribution and run: modprobe br_netfilter"
  echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
  echo 1 >/proc/sys/net/ipv4/ip_forward
}

# Reads what iptables-save prints, writes what iptables-restore --noflush needs to remove this cluster's rules: the chains
# of kube-proxy and the rules and chains of our CNI network. The chains that CNI networks share go with the last network.
removal() {
  network="name: \\\"$CNI_NETWORK\\\"" pods=${NODE_CIDR%.*}. awk '
    BEGIN { network = ENVIRON["network"]; pods = ENVIRON["pods"] }
    function ours(chain) { return chain ~ /^KUBE-/ || chain in of_network || (!shared && chain ~ /^CNI-/) }
    function target(  i) { for (i = NF; i > 2; i--) if ($i == "-j" || $i == "-g") return $(i + 1); return "" }
    { line[NR] = $0 }
    index($0, network) && target() ~ /^CNI-/ { of_network[target()] }
    /name: \\"/ && !index($0, network) { shared = 1 }
    END {
      for (n = 1; n <= NR; n++) {
        $0 = line[n]
        if (/^\*/) { table = $0; flush = remove = drop = "" }
        else if (/^:/ && ours(substr($1, 2))) {
          flush = flush substr($0, 1, index($0, " ")) "- [0:0]\n"
          drop = drop "-X " substr($1, 2) "\n"
        } else if (/^-A/ && !ours($2) && (ours(target()) || index($0, network) || ($2 == "CNI-FORWARD" && index($4, pods) == 1)))
          remove = remove "-D" substr($0, 3) "\n"
        else if (/^COMMIT/ && flush remove) printf "%s\n%s%s%s%s\n", table, flush, remove, drop, $0
      }
    }'
}

# Everything else in the tables stays as it is, with its counters.
clear_iptables() {
  local command rules
  for command in iptables ip6tables; do
    rules=$("$command-save" 2>/dev/null | removal) || continue
    [ -z "$rules" ] || "$command-restore" --noflush <<<"$rules"
  done
}

# Without our bridge there is nothing of ours; rules of the same names belong to another Kubernetes.
clear_network() {
  local port
  rm -rf "$STATE/cni"
  has_bridge || return 0
  for port in $(ip -br link show master "$BRIDGE" | cut -d' ' -f1); do
    ip link delete "${port%@*}" 2>/dev/null || true
  done
  clear_iptables
}

remove_bridge() { ! has_bridge || ip link delete "$BRIDGE"; }
