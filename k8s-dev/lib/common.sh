# Shared by every script of k8s-dev: where things are, and how to speak to a person.
# shellcheck shell=bash
set -euo pipefail

K8S_DEV=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PROJECT=$(cd "$K8S_DEV/.." && pwd)
# Built parts, keyed by content and shared by all checkouts; removing the folder costs only a rebuild.
CACHE=${RECORDSPONGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/recordsponge}
# One cluster per machine: its state, pids, sockets and certificates.
STATE=${RECORDSPONGE_STATE:-/var/lib/recordsponge-dev}

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }

# die WHAT-IS-WRONG WHAT-TO-DO
die() {
  printf '\n\033[31merror:\033[0m %s\n' "$1" >&2
  [ -z "${2:-}" ] || printf '       %s\n' "$2" >&2
  exit 1
}

# wait_for SECONDS WHAT COMMAND...: until the command succeeds; names what did not happen.
wait_for() {
  local limit=$1 what=$2 deadline
  shift 2
  deadline=$((SECONDS + limit))
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || {
      printf '\033[31merror:\033[0m %s did not happen within %ss\n' "$what" "$limit" >&2
      return 1
    }
    sleep 0.2
  done
}

# content_key FILE...: one short hash over the names and contents of files.
content_key() { sha256sum "$@" | sed "s#$PROJECT/##" | sha256sum | cut -c1-16; }
