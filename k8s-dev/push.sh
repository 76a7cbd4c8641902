#!/usr/bin/env bash
# push.sh build|push [TAG...]: builds the sample application's images from sample-app/. 'push' also moves their tags in
# the cluster's registry: an environment with release.policy Track deploys them. Without tags: dev, staging and prod.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

main() {
  local what=$1 tag
  shift
  [ $# -gt 0 ] || set -- "${SAMPLE_TAGS[@]}"
  check_root "$what"
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
