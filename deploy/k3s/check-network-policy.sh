#!/usr/bin/env bash
# check-network-policy.sh NAMESPACE ENVIRONMENT
#
# Checks on a real cluster which connections an environment's NetworkPolicy allows. Starts three pods: one to which the
# policy applies, one with the ingress controller's labels, and an unrelated one. The pods are never ready, so no Service
# sends them requests. Deletes them at the end. Uses kubectl's current context.
#
#   IMAGE   image of the pods, which must contain python3; default: the environment's image
#
# Exit code: 0 if the cluster enforces the policy, 1 if it does not, 2 if the check could not run.
set -euo pipefail

die() {
  printf 'error: %s\n' "$1" >&2
  exit 2
}

# Programs for the pods: accept connections on some ports; try one connection; resolve a name; print the DNS server.
LISTEN='
import os, selectors, socket, sys
ip = os.environ["POD_IP"]
family = socket.AF_INET6 if ":" in ip else socket.AF_INET
selector = selectors.DefaultSelector()
for port in sys.argv[1:]:
    selector.register(socket.create_server((ip, int(port)), family=family), selectors.EVENT_READ)
while True:
    for key, _ in selector.select():
        key.fileobj.accept()[0].close()'
CONNECT='
import socket, sys
try:
    socket.create_connection((sys.argv[1], int(sys.argv[2])), 3).close()
    print("allowed")
except OSError:
    print("denied")'
RESOLVE='
import socket
try:
    socket.getaddrinfo("kubernetes.default.svc", 443)
    print("allowed")
except OSError:
    print("denied")'
NAMESERVER='print(next(line.split()[1] for line in open("/etc/resolv.conf") if line.startswith("nameserver")))'

# pod NAME NAMESPACE LABELS PORTS: prints the manifest of a pod that listens on ports.
pod() {
  cat <<YAML
---
apiVersion: v1
kind: Pod
metadata: {name: $RUN-$1, namespace: $2, labels: {recordsponge.com/check: $RUN, $3}}
spec:
  activeDeadlineSeconds: 900
  terminationGracePeriodSeconds: 0
  automountServiceAccountToken: false
  enableServiceLinks: false
  imagePullSecrets: [$PULL_SECRETS]
  securityContext:
    runAsNonRoot: true
    runAsUser: 65534
    seccompProfile: {type: RuntimeDefault}
    sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: "0"}]
  containers:
    - name: check
      image: $IMAGE
      command:
        - python3
        - -c
        - |
${LISTEN//$'\n'/$'\n'          }
      args: [$4]
      env: [{name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
      readinessProbe: {exec: {command: ["false"]}, periodSeconds: 60}
      resources: {requests: {cpu: 10m, memory: 32Mi}, limits: {cpu: 200m, memory: 64Mi}}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
YAML
}

namespace_of() { if [ "$1" = controller ]; then echo "$CONTROLLER_NAMESPACE"; else echo "$NAMESPACE"; fi; }

# ask POD PROGRAM ARGUMENTS...: runs a program in one of the pods and prints its output.
ask() {
  local pod=$1
  shift
  kubectl exec -n "$(namespace_of "$pod")" "$RUN-$pod" -- python3 -c "$@"
}

address() { kubectl get pod -n "$(namespace_of "$1")" "$RUN-$1" -o jsonpath='{.status.podIP}'; }

# read_policy GO-TEMPLATE: prints parts of the environment's NetworkPolicy.
read_policy() { kubectl get networkpolicy -n "$NAMESPACE" "$ENVIRONMENT" -o go-template="$1"; }

# within SECONDS COMMAND...: repeats the command until it succeeds.
within() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" 2>/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 1
  done
}

clean_up() {
  local namespace
  for namespace in "$NAMESPACE" "$CONTROLLER_NAMESPACE"; do
    kubectl delete pod -n "$namespace" -l "recordsponge.com/check=$RUN" --ignore-not-found --wait=false >/dev/null || true
  done
}

# expect allowed|denied SENTENCE POD PROGRAM ARGUMENTS...: tries a connection and prints a row of the table.
expect() {
  local wanted=$1 sentence=$2 found verdict=ok
  shift 2
  found=$(ask "$@") || die "kubectl exec failed in pod $RUN-$1; see its message above. Run the check again."
  ROWS=$((ROWS + 1))
  if [ "$found" != "$wanted" ]; then
    verdict=WRONG
    WRONG=$((WRONG + 1))
  elif [ "$wanted" = denied ]; then
    DENIED=$((DENIED + 1))
  fi
  printf '%-6s %-8s %-8s %s\n' "$verdict" "$wanted" "$found" "$sentence"
}

# shellcheck disable=SC2016 # the variables are those of Go templates
read_environment() {
  local object=recordspongeenvironments.recordsponge.com/$ENVIRONMENT
  command -v kubectl >/dev/null || die "kubectl is not on PATH; install it."
  kubectl get --raw /version >/dev/null || die "kubectl cannot reach a cluster; on k3s: export KUBECONFIG=/etc/rancher/k3s/k3s.yaml"
  kubectl get -n "$NAMESPACE" "$object" >/dev/null ||
    die "there is no environment $ENVIRONMENT in namespace $NAMESPACE; 'kubectl get recordsponge -A' lists them."
  kubectl get -n "$NAMESPACE" networkpolicy "$ENVIRONMENT" >/dev/null ||
    die "environment $ENVIRONMENT has no NetworkPolicy: either the chart's networkPolicy.enabled is false, or the operator has not created it yet; see 'kubectl describe recordsponge -n $NAMESPACE $ENVIRONMENT'."
  CONTROLLER_NAMESPACE=$(read_policy '{{with (index (index .spec.ingress 0).from 0)}}{{index .namespaceSelector.matchLabels "kubernetes.io/metadata.name"}}{{end}}')
  CONTROLLER_LABELS=$(read_policy '{{range $key, $value := (index (index .spec.ingress 0).from 0).podSelector.matchLabels}}{{$key}}: "{{$value}}", {{end}}')
  APP_LABELS=$(read_policy '{{range $key, $value := .spec.podSelector.matchLabels}}{{$key}}: "{{$value}}", {{end}}')
  DATABASES=$(read_policy '{{range .spec.egress}}{{$port := (index .ports 0).port}}{{range .to}}{{if .ipBlock}}{{.ipBlock.cidr}} {{$port}}{{"\n"}}{{end}}{{end}}{{end}}' |
    sed -nE 's#^([^ ]+)/(32|128) #\1 #p')
  IMAGE=${IMAGE:-$(kubectl get deployment -n "$NAMESPACE" "$ENVIRONMENT" -o jsonpath='{.spec.template.spec.containers[0].image}')}
  PULL_SECRETS=$(kubectl get deployment -n "$NAMESPACE" "$ENVIRONMENT" \
    -o go-template='{{range .spec.template.spec.imagePullSecrets}}{name: {{.name}}}, {{end}}')
}

start_pods() {
  trap clean_up EXIT
  {
    pod app "$NAMESPACE" "$APP_LABELS" '"5000", "8080"'
    pod stranger "$NAMESPACE" "" '"22", "25", "53", "80", "443", "5432"'
    pod controller "$CONTROLLER_NAMESPACE" "$CONTROLLER_LABELS" '"5000"'
  } | kubectl apply -f - >/dev/null || die "kubectl could not create the pods for the check; see its message above."
  { within 180 listening app 8080 && within 180 listening stranger 5432 && within 180 listening controller 5000; } ||
    die "the pods for the check did not start within 3 minutes. If $IMAGE lacks python3, set IMAGE to another, such as python:3-alpine."
  APP=$(address app)
  STRANGER=$(address stranger)
}

# listening POD PORT: a pod can always reach itself, whatever its policy says.
listening() { [ "$(ask "$1" "$CONNECT" "$(address "$1")" "$2")" = allowed ]; }

# A policy engine picks up new pods after some seconds.
settled() {
  [ "$(ask controller "$CONNECT" "$APP" 5000)" = allowed ] && [ "$(ask stranger "$CONNECT" "$APP" 5000)" = denied ]
}

try_everything() {
  local port database
  printf '%-6s %-8s %-8s %s\n' "" EXPECTED FOUND CONNECTION
  expect allowed "from the ingress controller to the site, port 5000" controller "$CONNECT" "$APP" 5000
  expect denied "from the ingress controller to another port of its pod" controller "$CONNECT" "$APP" 8080
  expect denied "from a pod of the same namespace to the site, port 5000" stranger "$CONNECT" "$APP" 5000
  expect denied "from a pod of the same namespace to another port of its pod" stranger "$CONNECT" "$APP" 8080
  expect allowed "from the site to the cluster's DNS over UDP" app "$RESOLVE"
  expect allowed "from the site to the cluster's DNS over TCP" app "$CONNECT" "$(ask app "$NAMESERVER")" 53
  while read -r database port; do
    [ -z "$database" ] ||
      expect allowed "from the site to its database, $database port $port" app "$CONNECT" "$database" "$port"
  done <<<"$DATABASES"
  expect allowed "from the site to anywhere, port 443" app "$CONNECT" "$STRANGER" 443
  for port in 22 25 53 80 5432; do
    expect denied "from the site to another pod, port $port" app "$CONNECT" "$STRANGER" "$port"
  done
}

[ $# = 2 ] || die "usage: $0 NAMESPACE ENVIRONMENT"
NAMESPACE=$1
ENVIRONMENT=$2
RUN=network-policy-check-$$
ROWS=0 WRONG=0 DENIED=0

read_environment
start_pods
within 20 settled || true
try_everything
if [ "$WRONG" = 0 ]; then
  echo "This cluster enforces the NetworkPolicy of $ENVIRONMENT."
elif [ "$DENIED" = 0 ]; then
  echo "Nothing was denied: this cluster accepts NetworkPolicies and does not enforce them. k3s does, unless it was started with --disable-network-policy."
else
  echo "$WRONG of $ROWS connections differ from the NetworkPolicy of $ENVIRONMENT. If an allowed one is denied, its server may just not answer."
fi
[ "$WRONG" = 0 ]
