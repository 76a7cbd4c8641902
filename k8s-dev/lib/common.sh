# Shared by all scripts in k8s-dev: locations, and functions for messages.
# shellcheck shell=bash
set -euo pipefail

K8S_DEV=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PROJECT=$(cd "$K8S_DEV/.." && pwd)
# Built programs and images, keyed by content and shared by all checkouts. Deleting the folder only costs a rebuild.
CACHE=${RECORDSPONGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/recordsponge}
# One cluster per machine: its state, pids, sockets and certificates. The path is written as the kernel shows it in lists
# of mounts and processes.
STATE=$(realpath -m "${RECORDSPONGE_STATE:-/var/lib/recordsponge-dev}")

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }

# die PROBLEM [REMEDY]
die() {
  printf '\n\033[31merror:\033[0m %s\n' "$1" >&2
  [ -z "${2:-}" ] || printf '       %s\n' "$2" >&2
  exit 1
}

case $STATE in
  / | *[!A-Za-z0-9/._-]*)
    die "RECORDSPONGE_STATE cannot be '$STATE'." "Set it to a folder with only letters, digits and ._- in its path, other than /."
    ;;
esac

# wait_for SECONDS WHAT COMMAND...: repeats the command until it succeeds; on a timeout the message names WHAT.
wait_for() {
  local limit=$1 what=$2 deadline
  shift 2
  deadline=$((SECONDS + limit))
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || {
      printf '\033[31merror:\033[0m timed out after %s s while waiting for %s\n' "$limit" "$what" >&2
      return 1
    }
    sleep 0.2
  done
}

# content_key PATH...: a short hash of the names and contents of files, and of those in folders.
content_key() {
  local path
  for path in "$@"; do find -L "$path" -type f | LC_ALL=C sort || return; done |
    xargs -d '\n' sha256sum | sed "s#$PROJECT/##" | sha256sum | cut -c1-16
}
