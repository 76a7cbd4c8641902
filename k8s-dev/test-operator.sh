#!/usr/bin/env bash
# Installs a second release of the operator for the cluster tests, in namespaces of its own, beside that of 'make new'.
# Starts the cluster if necessary. Prints variables for the tests to standard output, and progress to standard error.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

TEST_NAMESPACE=recordsponge-test
TEST_OPERATOR_NAMESPACE=recordsponge-test-system

main() {
  {
    bring_up
    make_namespace "$TEST_NAMESPACE"
    install_operator "$TEST_OPERATOR_NAMESPACE" "$TEST_NAMESPACE"
  } >&2
  cat <<VALUES
KUBECTL=$KUBERNETES/kubectl
KUBECONFIG=$K8S_DEV/kubeconfig
CA=$K8S_DEV/ca.crt
HTTP_PORT=$HTTP_PORT
HTTPS_PORT=$HTTPS_PORT
NAMESPACE=$TEST_NAMESPACE
OPERATOR_NAMESPACE=$TEST_OPERATOR_NAMESPACE
PGHOST=$NODE_IP
PGSOCKET=$POSTGRES/socket
PGCA=$PKI/database-ca.crt
LOG=$LOG
VALUES
}

main
