# What k3s brings along: cluster DNS and Traefik; and cert-manager with an authority of this cluster's own.
# shellcheck shell=bash

apply() { kubectl apply --server-side --force-conflicts --field-manager=k8s-dev "$@" | sed -n '/serverside-applied/!{/unchanged/!s/^/    /p;}'; }

# apply_once STAMP FILES...: large files are sent again only when they differ or the cluster has lost them.
apply_crds() {
  local stamp=$STATE/crds.applied key
  key=$(cat "$@" | sha256sum)
  if [ "$(cat "$stamp" 2>/dev/null)" = "$key" ] &&
    kubectl get crd ingressroutes.traefik.io certificates.cert-manager.io >/dev/null 2>&1; then
    return
  fi
  apply $(printf -- '-f %s ' "$@")
  kubectl wait --for=condition=Established --timeout=30s crd/certificates.cert-manager.io crd/clusterissuers.cert-manager.io crd/middlewares.traefik.io >/dev/null
  echo "$key" >"$stamp"
}
