#!/usr/bin/env bash
# What the tests of a developer's environment need beside the cluster: images in its registry, and a browser. Prints
# BROWSER=path to standard output, and progress to standard error.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

main() {
  {
    check_root test
    take_lock
    PACKAGES+=(chromium)
    install_packages
    publish_dev_images
  } >&2
  echo "BROWSER=$(command -v chromium)"
}

main
