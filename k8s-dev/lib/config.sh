# Configuration of the development cluster: addresses, ports, folders.
# shellcheck shell=bash

BRIDGE=rse0
CNI_NETWORK=recordsponge
NODE_NAME=recordsponge
NODE_IP=10.42.0.1
NODE_CIDR=10.42.0.0/24
POD_NETWORK=10.42.0.0/16
SERVICE_CIDR=10.43.0.0/16
API_SERVICE_IP=10.43.0.1
DNS_SERVICE_IP=10.43.0.10
TRAEFIK_SERVICE_IP=10.43.0.80
# Open, for pushes from this machine; the node and the operator pull with TLS and a password.
REGISTRY=127.0.0.1:5000
NODE_REGISTRY=$NODE_IP:5000
HTTP_PORT=${HTTP_PORT:-80}
HTTPS_PORT=${HTTPS_PORT:-443}
DOMAIN=recordsponge.localhost

CONFIG=$STATE/config
PKI=$STATE/pki
RUN=$STATE/run
LOG=$STATE/log
CONTAINERD_SOCKET=$RUN/containerd/containerd.sock
CNI_PLUGINS=/usr/lib/cni
NAMESPACE=recordsponge
OPERATOR_NAMESPACE=recordsponge-system
