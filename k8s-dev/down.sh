#!/usr/bin/env bash
# Stops what 'make new' started and cleans up mounts, interfaces and firewall rules. 'down.sh clean' also deletes
# all state.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

main() {
  check_root "${1:-down}"
  check_state
  take_lock
  mkdir -p "$RUN"
  stop_cluster
  if [ "${1:-}" = clean ]; then
    if grep -q " $STATE/" /proc/self/mountinfo; then
      die "A file system is still mounted below $STATE." "Find it with 'findmnt | grep $STATE', unmount it and run 'make clean' again."
    fi
    rm -rf "$STATE" "$K8S_DEV/kubeconfig" "$K8S_DEV/ca.crt"
    note "deleted $STATE; $CACHE keeps built programs and images"
  fi
}

main "$@"
