#!/usr/bin/env bats
# lib/dev*.sh and app.mk: what a developer's environment makes of a source tree, and that it never changes the tree.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154,SC2317

. "$BATS_TEST_DIRNAME/helpers.sh"

# a_tree: a source tree in a path with a space.
a_tree() {
  TREE="$(mktemp -d /run/XXXXXX)/my tree"
  mkdir -p "$TREE/src/backend" "$TREE/src/frontend/src"
  echo "FROM python:3" >"$TREE/src/backend/Dockerfile"
  chmod -R a+rX "$(dirname "$TREE")"
}

# kubectl_prints JSON: replaces kubectl; its arguments go to the file 'calls'.
kubectl_prints() {
  answer=$1
  kubectl() { echo "$*" >>"$BATS_TEST_TMPDIR/calls" && echo "$answer"; }
}

example='{"metadata": {"name": "dev"}, "spec": {"image": "recordsponge/expungeservice:dev", "host": "dev.recordsponge.localhost",
  "dev": {"source": {"claimName": "tree"}, "frontend": {}, "watchers": [
    {"name": "b", "runs": "backend"}, {"name": "f", "runs": "frontend"}]}}}'

@test "a folder that is no source tree is named with the variable to set" {
  TREE=$BATS_TEST_TMPDIR
  run check_tree
  refuses "$TREE has no folder src/backend" "SOURCE="
}

@test "a tree that pods cannot read is named with the command that cures it" {
  a_tree
  chmod 700 "$TREE"
  run check_tree
  refuses "User 65534" "chmod -R a+rX '$TREE'"
}

@test "a tree is readable although the folders above it are private" {
  a_tree
  chmod 700 "$(dirname "$TREE")"
  check_tree
}

@test "a path with spaces becomes a volume as it is" {
  a_tree
  check_tree
  is "$(local_volume name "$TREE" 1Gi tree | jq -r .spec.local.path)" "$TREE"
}

@test "each environment has an image tag, a claim and a host of its own" {
  a_tree
  kubectl_prints "$example"
  is "$(image_tag) $(tree_claim)" "dev tree"
  ENVIRONMENT=other
  is "$(dev_manifest | jq -r '[.metadata.name, .spec.image, .spec.host, .spec.dev.source.claimName] | join(" ")')" \
    "other recordsponge/expungeservice:dev-other other.$DOMAIN tree-other"
}

@test "parts that the tree lacks are left out of the environment" {
  a_tree
  kubectl_prints "$example"
  is "$(dev_manifest | jq -c '.spec.dev | [has("frontend"), (.watchers | map(.name))]')" '[true,["b","f"]]'
  rm -r "$TREE/src/frontend"
  is "$(dev_manifest | jq -c '.spec.dev | [has("frontend"), (.watchers | map(.name))]')" '[false,["b"]]'
}

@test "make up puts back whatever another target patches" {
  a_tree
  kubectl_prints "$example"
  patches=$(sed -n "s/.*patch '\([^']*\)'.*/\1/p" "$K8S_DEV/app.sh")
  [ -n "$patches" ]
  is "$(jq -c --argjson manifest "$(dev_manifest)" '. as $patch | paths(type != "object")
    | select(. as $path | ($manifest | getpath($path)) | . == null or . == ($patch | getpath($path)))' <<<"$patches")" ''
}

@test "a front end that was down is restarted once it has a Deployment again" {
  kubectl_prints ''
  apply_environment() { echo apply >>"$BATS_TEST_TMPDIR/calls"; }
  start_frontend
  is "$(cut -d' ' -f1-5 "$BATS_TEST_TMPDIR/calls")" "apply
wait -n $NAMESPACE --for=create deployment/dev-frontend"
}

@test "the image is built from the tree's Dockerfile and knows its Pipfile.lock" {
  a_tree
  is "$(labelled_dockerfile)" "FROM python:3"
  echo '{}' >"$TREE/src/backend/Pipfile.lock"
  lock=$(sha256sum <"$TREE/src/backend/Pipfile.lock" | cut -c1-64)
  is "$(labelled_dockerfile)" "FROM python:3

ENV RECORDSPONGE_PIPFILE_LOCK=$lock
LABEL recordsponge.com/pipfile-lock=$lock"
}

@test "a tree without a Dockerfile gets an image of what its Pipfile needs" {
  a_tree
  rm "$TREE/src/backend/Dockerfile"
  printf '[requires]\npython_version = "3.7"\n' >"$TREE/src/backend/Pipfile"
  is "$(labelled_dockerfile | sed -n '1p;$p')" "FROM python:3.7
RUN pipenv install --dev"
}

@test "a tree without Dockerfile and Pipfile is named" {
  a_tree
  rm "$TREE/src/backend/Dockerfile"
  run build_backend
  refuses "There is neither Dockerfile nor Pipfile in $TREE/src/backend" "SOURCE"
}

@test "a tree whose image cannot be pushed never runs the sample application's" {
  a_tree
  in_registry() { return 1; }
  image_builder() { echo builder; }
  builder() { [ "$1" = build ]; }
  retag() { echo "retag $*" >>"$BATS_TEST_TMPDIR/calls"; }
  run ensure_backend_image
  refuses "could not be pushed to $REGISTRY" "podman"
  [ ! -e "$BATS_TEST_TMPDIR/calls" ]
}

@test "a base image that cannot be pulled is told with the way to bring it" {
  a_tree
  image_builder() { echo builder; }
  builder() { return 1; }
  run build_backend
  refuses "The image could not be built" "skopeo copy --dest-tls-verify=false SOURCE docker://$REGISTRY/library/NAME:TAG"
}

@test "a claim leaves its tree before the pods that the operator recreates can hold it" {
  a_tree
  kubectl() {
    echo "$*" >>"$BATS_TEST_TMPDIR/calls"
    [ "$1" != create ] || cat >/dev/null
    echo /another/tree
  }
  tree_volume tree "$TREE"
  is "$(grep -o "^delete [a-z]*\|^wait [a-z]*" "$BATS_TEST_TMPDIR/calls")" "delete pvc
delete pod
wait pvc
delete pv"
  grep -q "^delete pvc .*--wait=false" "$BATS_TEST_TMPDIR/calls"
}

@test "without a program that builds images: says which to install" {
  a_tree
  in_empty_path() { PATH=$BATS_TEST_TMPDIR/bin image_builder "$TREE"; }
  run in_empty_path
  refuses "neither podman, buildah nor docker" "apt-get install buildah"
}

@test "deleting an environment deletes its volumes' data, and nothing of the tree" {
  a_tree
  kubectl_prints ''
  mkdir -p "$STATE/volumes/dev-postgres/data" "$STATE/volumes/dev-node-modules" "$STATE/volumes/other-postgres"
  delete_environment
  is "$(ls "$STATE/volumes")" "other-postgres"
  [ -f "$TREE/src/backend/Dockerfile" ]
  for claim in tree dev-postgres dev-node-modules; do
    grep -q "^delete pvc -n $NAMESPACE $claim " "$BATS_TEST_TMPDIR/calls"
    grep -q "^delete pv $NAMESPACE-$claim " "$BATS_TEST_TMPDIR/calls"
  done
}

@test "the application's own Makefile gets all targets, for its own tree" {
  local people="$BATS_TEST_TMPDIR/our projects"
  mkdir -p "$people/application" "$people/operator"
  cp "$K8S_DEV/app.mk" "$people/operator"
  printf '#!/bin/sh\necho "$SOURCE $1"\n' >"$people/operator/app.sh"
  chmod +x "$people/operator/app.sh"
  echo "include ../operator/app.mk" >"$people/application/Makefile"
  targets=$(sed -n '/^APP_TARGETS/,/[^\\]$/p' "$K8S_DEV/app.mk" | sed 's/.*:=//; s/\\//')
  [ "$(wc -w <<<"$targets")" -ge 20 ]
  for target in $targets; do
    is "$(make -s -C "$people/application" "$target")" "$people/application $target"
    grep -qE "^    ([a-z_]+ \| )*$target( \| [a-z_]+)*\)" "$K8S_DEV/app.sh"
  done
}
