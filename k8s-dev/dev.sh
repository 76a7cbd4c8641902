#!/usr/bin/env bash
# Runs a source tree as an environment of tier dev: starts the cluster if it is not up, builds what is missing, and waits
# until the site answers. A second run changes only what differs.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

main() {
  check_root dev
  check_tree
  bring_up
  install_operator
  publish_dev_images
  ensure_backend_image
  start_environment
  wait_for_environment
  show_environment
}

main "$@"
