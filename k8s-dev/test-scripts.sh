#!/usr/bin/env bash
# Tests of the scripts themselves, in namespaces of their own: no process, mount, interface or firewall rule of the
# machine is visible to them, so a running cluster is not disturbed.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

main() {
  check_root test
  [ -z "$(missing_packages)" ] || (take_lock && install_packages)
  cd "$PROJECT" || exit
  git ls-files '*.sh' '*.bats' .ci/run | xargs shellcheck -x
  unshare --mount --net --pid --fork --mount-proc --kill-child bash -c '
    mount -t tmpfs tmpfs /run && mkdir /run/lock && ip link set lo up && TMPDIR=/run exec bats "$@"' \
    bats --print-output-on-failure "${@:-k8s-dev/tests}"
}

main "$@"
