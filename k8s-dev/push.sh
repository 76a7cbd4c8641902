#!/usr/bin/env bash
# push.sh build|push [TAG...]: builds the sample application's images from sample-app/. 'push' also moves their tags in
# the cluster's registry: an environment with release.policy Track deploys them. Without tags: dev, staging and
# prod.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

# Whether the environment that 'make dev' started runs another tree: the tag dev is the image of that one.
follows_another_tree() {
  local shown
  running kube-apiserver && build_tools || return
  shown=$(kubectl get pv "$NAMESPACE-tree" -o jsonpath='{.spec.local.path}' 2>/dev/null) && [ "$shown" != "$SAMPLE" ]
}

main() {
  local what=$1 tag
  shift
  check_root "$what"
  if [ $# -eq 0 ]; then
    set -- "${SAMPLE_TAGS[@]}"
    if [ "$what" = push ] && follows_another_tree; then
      note "the tag dev stays: it is the image of the tree that 'make dev' runs"
      set -- staging prod
    fi
  fi
  [ "$what" = build ] || running docker-registry || die "The image registry is not running." "Start it: make new"
  for tag in "$@"; do
    [[ " ${SAMPLE_TAGS[*]} " = *" $tag "* ]] || die "The sample application has no tag '$tag'." "Use one of: ${SAMPLE_TAGS[*]}"
  done
  for tag in "$@"; do
    build_sample_image "$tag"
    [ "$what" = build ] || push_sample_image "$tag"
  done
}

main "$@"
