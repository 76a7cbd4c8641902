#!/usr/bin/env bash
# Stops what 'make new' started and removes what that left in the kernel; 'down.sh clean' also removes all state.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

main() {
  check_root "${1:-down}"
  take_lock
  mkdir -p "$RUN"
  stop_cluster
  if [ "${1:-}" = clean ]; then
    if grep -q " $STATE/" /proc/self/mountinfo; then
      die "Something is still mounted below $STATE." "See 'findmnt | grep $STATE', unmount it, and run 'make clean' again."
    fi
    rm -rf "$STATE" "$K8S_DEV/kubeconfig" "$K8S_DEV/ca.crt"
    note "removed $STATE; built parts stay in $CACHE"
  fi
}

main "$@"
