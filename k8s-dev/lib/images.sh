# Images without a Docker engine: umoci packs them, the cache keeps them by content, skopeo pushes them to the registry.
# shellcheck shell=bash

start_registry() {
  mkdir -p "$STATE/registry"
  start docker-registry docker-registry serve "$CONFIG/registry.yaml"
  start node-registry docker-registry serve "$CONFIG/node-registry.yaml"
  wait_up 15 docker-registry "an answer on $REGISTRY" curl -fs "http://$REGISTRY/v2/"
  wait_up 15 node-registry "an answer on $NODE_REGISTRY" curl -sS --cacert "$PKI/registry-ca.crt" "https://$NODE_REGISTRY/v2/"
}

# repository NAME: where the local registry has an image; names without a slash are this project's.
repository() { case $1 in */*) echo "$1" ;; *) echo "recordsponge/$1" ;; esac; }

# in_registry NAME TAG: succeeds if the local registry has the image.
in_registry() {
  curl -fsI -o /dev/null -H 'Accept: application/vnd.oci.image.manifest.v1+json' \
    "http://$REGISTRY/v2/$(repository "$1")/manifests/$2" 2>/dev/null
}

# layout FOLDER BUILDER ARGUMENTS...: creates an OCI layout in the cache, once; BUILDER fills the image at $IMAGE.
layout() {
  local folder=$1 work=$1.partial.$BASHPID
  shift
  [ ! -d "$folder" ] || return 0
  mkdir -p "$(dirname "$folder")"
  rm -rf "$folder".partial.*
  LAYOUT=$work IMAGE=$work:latest
  umoci init --layout "$LAYOUT"
  umoci new --image "$IMAGE"
  "$@"
  umoci gc --layout "$LAYOUT" 2>/dev/null
  mv -T "$LAYOUT" "$folder"
}

# on_layer LAYOUT BUILDER ARGUMENTS...: builds on another image in the cache.
on_layer() {
  rm -rf "$LAYOUT"
  mkdir "$LAYOUT"
  cp -rl "$1/blobs" "$LAYOUT"
  cp "$1/index.json" "$1/oci-layout" "$LAYOUT"
  shift
  "$@"
}

# layer NAME KEY PARENT BUILDER ARGUMENTS...: prints the layout of an image that others build on.
layer() {
  local folder=$CACHE/layers/$1-$2 parent=$3
  shift 3
  layout "$folder" on_layer "$parent" "$@" >&2
  echo "$folder"
}

# keep_newest NUMBER FOLDER PATTERN: deletes all but the newest files in a folder.
keep_newest() {
  local old
  while read -r old; do rm -rf "$old"; done < <(find "$2" -maxdepth 1 -name "$3" -printf '%C@ %p\n' | sort -rn | sed "1,$1d;s/^[^ ]* //")
}

# packed NAME TAG: prints the folder of an image in the cache.
packed() { echo "$CACHE/images/${1//\//-}-$2"; }

# pack NAME TAG BUILDER ARGUMENTS...: packs an image into the cache, once.
pack() {
  local name=$1 tag=$2
  shift 2
  [ ! -d "$(packed "$name" "$tag")" ] || return 0
  note "packing image $(repository "$name"):$tag"
  layout "$(packed "$name" "$tag")" "$@"
  keep_newest 8 "$CACHE/images" "${name//\//-}-*"
}

# publish NAME TAG BUILDER ARGUMENTS...: pushes an image to the local registry, once.
publish() {
  ! in_registry "$1" "$2" || return 0
  pack "$@"
  push "$(packed "$1" "$2")" "$1" "$2"
}

# digest_in_registry NAME TAG: prints the digest behind a tag.
digest_in_registry() {
  curl -fsI -H 'Accept: application/vnd.oci.image.manifest.v1+json' "http://$REGISTRY/v2/$(repository "$1")/manifests/$2" |
    sed -n 's/^docker-content-digest: *\(sha256:[a-f0-9]*\).*/\1/Ip'
}

# push LAYOUT NAME TAG: pushes an image to the local registry.
push() {
  skopeo --insecure-policy copy --quiet --dest-tls-verify=false "oci:$1:latest" "docker://$REGISTRY/$(repository "$2"):$3"
}

# retag NAME FROM TO: adds a tag to an image in the local registry.
retag() {
  skopeo --insecure-policy copy --quiet --src-tls-verify=false --dest-tls-verify=false \
    "docker://$REGISTRY/$(repository "$1"):$2" "docker://$REGISTRY/$(repository "$1"):$3"
}

# pack_program PROGRAM: packs one static program into an empty image.
pack_program() {
  umoci insert --image "$IMAGE" "$1" "/$(basename "$1")"
  umoci config --image "$IMAGE" --config.entrypoint "/$(basename "$1")" --config.user 65532
}

# The pause container only holds the pod's network namespace.
pack_pause() {
  umoci insert --image "$IMAGE" /bin/busybox /busybox
  umoci config --image "$IMAGE" --config.entrypoint /busybox --config.cmd sleep --config.cmd 2147483647 --config.user 65534
}

file_key() { sha256sum "$@" | cut -d' ' -f1 | sha256sum | cut -c1-12; }

# The folder names of built programs already end with their keys.
folder_key() { local name=${1##*/}; echo "${name##*-}"; }

tag_images() {
  PAUSE_TAG=$(file_key /bin/busybox)
  COREDNS_TAG=$(folder_key "$COREDNS") TRAEFIK_TAG=$(folder_key "$TRAEFIK")
  CERT_MANAGER_TAG=$(folder_key "$CERT_MANAGER") ACME_SOLVER_TAG=$CERT_MANAGER_TAG
}

publish_addon_images() {
  publish pause "$PAUSE_TAG" pack_pause
  publish coredns "$COREDNS_TAG" pack_program "$COREDNS/coredns"
  publish cert-manager-controller "$CERT_MANAGER_TAG" pack_program "$CERT_MANAGER/cert-manager-controller"
  publish cert-manager-acmesolver "$ACME_SOLVER_TAG" pack_program "$CERT_MANAGER/cert-manager-acmesolver"
  publish traefik "$TRAEFIK_TAG" pack_program "$TRAEFIK/traefik"
}
