# Cluster DNS and Traefik, which k3s includes, and cert-manager with a CA of this cluster.
# shellcheck shell=bash

apply() { kubectl apply --server-side --force-conflicts --field-manager=k8s-dev "$@" >/dev/null; }

apply_addons() {
  local name
  mkdir -p "$CONFIG/manifests"
  for name in coredns traefik cert-manager issuer; do
    configure "$K8S_DEV/manifests/$name.yaml" "$CONFIG/manifests/$name.yaml"
  done
  apply -f "$TRAEFIK/traefik-crds.yaml" -f "$CERT_MANAGER/cert-manager-crds.yaml" \
    -f "$CONFIG/manifests/coredns.yaml" -f "$CONFIG/manifests/traefik.yaml" -f "$CONFIG/manifests/cert-manager.yaml"
  kubectl create secret tls recordsponge-ca -n cert-manager --cert="$PKI/ingress-ca.crt" --key="$PKI/ingress-ca.key" \
    --dry-run=client -o yaml | apply -f -
  wait_for 30 "cert-manager's resources" kubectl get clusterissuers
  apply -f "$CONFIG/manifests/issuer.yaml"
}

wait_addons() {
  kubectl rollout status --timeout=180s -n kube-system deployment/coredns >/dev/null &&
    kubectl rollout status --timeout=180s -n kube-system deployment/traefik >/dev/null &&
    kubectl rollout status --timeout=180s -n cert-manager deployment/cert-manager >/dev/null &&
    kubectl wait --for=condition=Ready --timeout=60s clusterissuer/recordsponge-ca >/dev/null
}
