# Volumes of a developer's environment: the source tree, read-only by the pods, and folders of this machine for its claims.
# shellcheck shell=bash

# local_volume NAME PATH SIZE CLAIM: a folder of this machine as a volume for one claim.
local_volume() {
  jq -n --arg name "$1" --arg path "$2" --arg size "$3" --arg claim "$4" --arg namespace "$NAMESPACE" --arg node "$NODE_NAME" '{
    apiVersion: "v1", kind: "PersistentVolume",
    metadata: {name: $name, labels: {"recordsponge.com/dev": "true"}},
    spec: {
      capacity: {storage: $size}, accessModes: ["ReadWriteOnce"], persistentVolumeReclaimPolicy: "Retain",
      local: {path: $path}, claimRef: {namespace: $namespace, name: $claim},
      nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [
        {key: "kubernetes.io/hostname", operator: "In", values: [$node]}]}]}}}}'
}

# A volume's path cannot be changed: another tree needs another volume and claim.
tree_volume() {
  local name=$1 tree=$2 shown
  shown=$(kubectl get pv "$NAMESPACE-$name" -o jsonpath='{.spec.local.path}' 2>/dev/null) || shown=
  if [ -n "$shown" ] && [ "$shown" != "$tree" ]; then
    say "the environment now has the tree $tree instead of $shown"
    # The operator recreates the pods at once. They cannot be scheduled with a claim that is being deleted.
    kubectl delete pvc -n "$NAMESPACE" "$name" --wait=false >/dev/null
    kubectl delete pod -n "$NAMESPACE" -l "recordsponge.com/environment=$ENVIRONMENT" --wait >/dev/null
    kubectl wait pvc -n "$NAMESPACE" "$name" --for=delete --timeout=120s >/dev/null
    kubectl delete pv "$NAMESPACE-$name" --wait >/dev/null
  fi
  [ "$shown" = "$tree" ] || local_volume "$NAMESPACE-$name" "$tree" 1Gi "$name" | kubectl create -f - >/dev/null
  kubectl get pvc -n "$NAMESPACE" "$name" >/dev/null 2>&1 || kubectl create -f - >/dev/null <<YAML
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: $name, namespace: $NAMESPACE}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  volumeName: $NAMESPACE-$name
  resources: {requests: {storage: 1Gi}}
YAML
}

# data_volume CLAIM SIZE USER: a folder below the cluster's state for a claim that the operator creates.
data_volume() {
  local folder=$STATE/volumes/$1
  mkdir -p "$folder"
  chown "$3:$3" "$folder"
  chmod 2770 "$folder"
  kubectl get pv "$NAMESPACE-$1" >/dev/null 2>&1 || local_volume "$NAMESPACE-$1" "$folder" "$2" "$1" | kubectl create -f - >/dev/null
}

# Deletes an environment with its claims, volumes and data; the tree remains.
delete_environment() {
  local claim
  kubectl delete recordsponge -n "$NAMESPACE" "$ENVIRONMENT" --ignore-not-found --wait >/dev/null
  kubectl wait pod -n "$NAMESPACE" -l "recordsponge.com/environment=$ENVIRONMENT" --for=delete --timeout=60s >/dev/null 2>&1 || true
  for claim in "$ENVIRONMENT-postgres" "$ENVIRONMENT-node-modules" "$(tree_claim)"; do
    kubectl delete pvc -n "$NAMESPACE" "$claim" --ignore-not-found --wait >/dev/null
    kubectl delete pv "$NAMESPACE-$claim" --ignore-not-found --wait >/dev/null
    rm -rf "${STATE:?}/volumes/$claim"
  done
  kubectl delete secret -n "$NAMESPACE" "$ENVIRONMENT-postgres" --ignore-not-found >/dev/null
}
