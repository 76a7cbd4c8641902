#!/usr/bin/env bats
# push.sh: what it builds from a sample application, and what a push moves in a real registry.
# shellcheck disable=SC2030,SC2031,SC2154,SC2317

. "$BATS_TEST_DIRNAME/helpers.sh"

# a_checkout: a copy of the scripts, whose application tests change. Debian's packages are not unpacked for it.
a_checkout() {
  local base
  mkdir "$BATS_TEST_TMPDIR/checkout"
  cp -r "$K8S_DEV" "$BATS_TEST_TMPDIR/checkout/k8s-dev"
  checkout=$BATS_TEST_TMPDIR/checkout/k8s-dev
  base=$(layout() { :; } && sample_base 2>/dev/null)
  layout "$base" true
}

a_registry() {
  configure "$K8S_DEV/config/registry.yaml" "$CONFIG/registry.yaml"
  mkdir -p "$STATE/registry"
  start docker-registry /usr/bin/docker-registry serve "$CONFIG/registry.yaml"
  wait_up 15 docker-registry "an answer on $REGISTRY" curl -fs "http://$REGISTRY/v2/"
}

# digest TAG: of the application's image in the registry.
digest() { digest_in_registry expungeservice "$1"; }

# build_id TAG: the file of this name in the image.
build_id() {
  skopeo --insecure-policy copy --quiet --src-tls-verify=false \
    "docker://$REGISTRY/recordsponge/expungeservice:$1" "oci:$BATS_TEST_TMPDIR/pulled:$1"
  umoci unpack --image "$BATS_TEST_TMPDIR/pulled:$1" "$BATS_TEST_TMPDIR/unpacked-$1" >&2
  cat "$BATS_TEST_TMPDIR/unpacked-$1/rootfs/src/build-id"
}

@test "a push moves the tag to the image of the application's files, and says its digest" {
  a_checkout
  a_registry
  run "$checkout/push.sh" push staging
  is "$status" 0
  [[ $output = *"recordsponge/expungeservice:staging is $(digest staging)"* ]]
  [[ $(build_id staging) = staging-* ]]
  is "$(digest prod)" ""
}

@test "a push without a tag moves all, and each tag has an image of its own" {
  a_checkout
  a_registry
  "$checkout/push.sh" push
  is "$(for tag in dev staging prod; do digest "$tag"; done | grep -c ^sha256 | sort -u)" 3
  is "$(for tag in dev staging prod; do digest "$tag"; done | sort -u | wc -l)" 3
}

@test "a push of unchanged files changes no digest, so that nothing is deployed" {
  a_checkout
  a_registry
  "$checkout/push.sh" push staging
  before=$(digest staging)
  run "$checkout/push.sh" push staging
  is "$status" 0
  [[ $output != *packing* ]]
  is "$(digest staging)" "$before"
}

@test "a push of changed files moves the tag; the former image remains" {
  a_checkout
  a_registry
  "$checkout/push.sh" push staging
  before=$(digest staging)
  echo '# changed' >>"$checkout/sample-app/src/backend/uwsgi.ini"
  "$checkout/push.sh" push staging
  not is "$(digest staging)" "$before"
  curl -fsI -o /dev/null -H 'Accept: application/vnd.oci.image.manifest.v1+json' \
    "http://$REGISTRY/v2/recordsponge/expungeservice/manifests/$before"
}

@test "a build needs no registry, and pushes nothing" {
  a_checkout
  "$checkout/push.sh" build staging
  a_registry
  is "$(digest staging)" ""
  run "$checkout/push.sh" push staging
  [[ $output != *packing* ]]
}

@test "an unknown tag is named with those that exist, and nothing is pushed" {
  a_checkout
  a_registry
  run "$checkout/push.sh" push staging stagign
  refuses "no tag 'stagign'" "Use one of: dev staging prod"
  is "$(digest staging)" ""
}

@test "a push without a registry says how to start it" {
  a_checkout
  run "$checkout/push.sh" push staging
  refuses "The image registry is not running." "make new"
}
