#!/usr/bin/env bats
# lib/network.sh: the bridge, and whose firewall rules are removed.
# shellcheck disable=SC2030,SC2031,SC2154

. "$BATS_TEST_DIRNAME/helpers.sh"

# All tests share a network namespace.
teardown() {
  local table
  for table in filter nat mangle; do iptables -t "$table" -F && iptables -t "$table" -X; done
  ip -br link | awk '$1 !~ /^lo/ { sub(/@.*/, "", $1); print $1 }' | xargs -rn1 ip link delete 2>/dev/null || true
  ip netns | cut -d' ' -f1 | xargs -rn1 ip netns delete
}

# pod NETWORK BRIDGE SUBNET PORT: what the CNI plugins make for a pod with a host port: interface and firewall rules.
pod() {
  local network result
  network='{"cniVersion": "0.4.0", "name": "'$1'", "bridge": "'$2'", "isGateway": true, "ipMasq": true,
    "ipam": {"type": "host-local", "dataDir": "'$STATE/cni'", "ranges": [[{"subnet": "'$3'"}]]},
    "runtimeConfig": {"portMappings": [{"hostPort": '$4', "containerPort": 80, "protocol": "tcp"}]}}'
  ip netns add "$1"
  for plugin in bridge portmap firewall; do
    result=$(jq --arg type "$plugin" --argjson previous "${result:-null}" '. + {type: $type, prevResult: $previous}' <<<"$network" |
      CNI_COMMAND=ADD CNI_CONTAINERID=$1 CNI_NETNS=/run/netns/$1 CNI_IFNAME=eth0 CNI_PATH=$CNI_PLUGINS "$CNI_PLUGINS/$plugin")
  done
}

# kube_proxy: a part of the rules of kube-proxy.
kube_proxy() {
  iptables-restore --noflush <<'RULES'
*nat
:KUBE-SERVICES - [0:0]
:KUBE-SVC-A - [0:0]
-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A KUBE-SERVICES -d 10.43.0.10/32 -j KUBE-SVC-A
COMMIT
*filter
:KUBE-FORWARD - [0:0]
-A FORWARD -j KUBE-FORWARD
-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP
COMMIT
RULES
}

# foreign: rules of somebody else, one of them with a counter that is not zero.
foreign() {
  iptables-restore --noflush --counters <<'RULES'
*nat
:DOCKER - [0:0]
[0:0] -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
[7:420] -A DOCKER -p tcp -m tcp --dport 8080 -m comment --comment "not KUBE-SVC" -j DNAT --to-destination 172.17.0.2:80
COMMIT
*filter
:ufw-input - [0:0]
[0:0] -A INPUT -j ufw-input
[3:180] -A ufw-input -s 10.42.0.0/16 -j ACCEPT
COMMIT
RULES
}

# rules [-c]: chains and rules, with their counters.
rules() { iptables-save "$@" | grep -E '^(\[.*\] )?-A|^:[^ ]+ -' || true; }

@test "the bridge gets the node's address and the route to Services" {
  make_network
  ip -4 addr show dev "$BRIDGE" | grep -q "inet $NODE_IP/24 "
  ip route get 10.43.0.1 | grep -q "dev $BRIDGE"
}

@test "making the network again changes nothing" {
  make_network
  before=$(ip addr show dev "$BRIDGE"; ip route)
  make_network
  is "$(ip addr show dev "$BRIDGE"; ip route)" "$before"
}

@test "a bridge that lost its address and route is repaired" {
  ip link add "$BRIDGE" type bridge
  make_network
  ip -4 addr show dev "$BRIDGE" | grep -q "inet $NODE_IP/24 "
  ip route get 10.43.0.1 | grep -q "dev $BRIDGE"
}

@test "removing a bridge that is not there is no error" {
  remove_bridge
}

@test "all rules, interfaces and addresses of the cluster are removed" {
  make_network
  pod "$CNI_NETWORK" "$BRIDGE" "$NODE_CIDR" 80
  kube_proxy
  clear_network
  is "$(rules)" ""
  is "$(ip -br link show master "$BRIDGE")" ""
  not [ -e "$STATE/cni" ]
}

@test "rules of other programs keep their place and their counters" {
  foreign
  before=$(rules -c)
  make_network
  pod "$CNI_NETWORK" "$BRIDGE" "$NODE_CIDR" 80
  kube_proxy
  clear_network
  is "$(rules -c)" "$before"
}

@test "pods and containers of another CNI network keep their rules" {
  pod podman cni-podman0 10.88.0.0/16 8080
  before=$(rules)
  make_network
  pod "$CNI_NETWORK" "$BRIDGE" "$NODE_CIDR" 80
  clear_network
  is "$(rules | sort)" "$(sort <<<"$before")"
  ip netns exec podman ip link show eth0
}

@test "without this cluster's bridge the rules of another Kubernetes stay" {
  kube_proxy
  before=$(rules)
  clear_network
  is "$(rules)" "$before"
}

@test "interfaces on another bridge stay" {
  make_network
  ip link add other0 type bridge
  ip link add tap0 master other0 type veth peer name tap1
  clear_network
  ip link show tap0
}
