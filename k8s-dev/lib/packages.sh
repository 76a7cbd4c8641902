# Debian packages: only those that are missing are installed, and none of their services is started.
# shellcheck shell=bash

PACKAGES=(ca-certificates conntrack containerd containernetworking-plugins curl docker-registry iproute2 iptables jq kmod
  mmdebstrap openssl postgresql busybox-static runc shellcheck skopeo umoci)
# Services that these packages bring; the cluster runs its own copies of them.
SERVICES=(containerd docker-registry postgresql)
POLICY=/usr/sbin/policy-rc.d

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_packages() {
  local package
  for package in "${PACKAGES[@]}"; do installed "$package" || echo "$package"; done
}

# As Debian asks: while this file denies it, no package starts a service.
deny_services() {
  [ ! -e "$POLICY" ] || mv "$POLICY" "$POLICY.recordsponge-dev"
  printf '#!/bin/sh\n# recordsponge-dev\nexit 101\n' >"$POLICY"
  chmod 755 "$POLICY"
}

allow_services() {
  grep -qs '^# recordsponge-dev' "$POLICY" || return 0
  rm "$POLICY"
  [ ! -e "$POLICY.recordsponge-dev" ] || mv "$POLICY.recordsponge-dev" "$POLICY"
}

install_packages() {
  local missing service disable=() log=/var/log/recordsponge-dev-apt.log
  allow_services # an installation that was killed may have left it denied
  mapfile -t missing < <(missing_packages)
  [ "${#missing[@]}" -gt 0 ] || return 0
  say "installing Debian packages: ${missing[*]}"
  for service in "${SERVICES[@]}"; do
    case " ${missing[*]} " in *" $service "*) disable+=("$service") ;; esac
  done
  trap allow_services EXIT
  deny_services
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null || {
    tail -n 5 "$log" | cut -c1-300 >&2
    die "Debian packages could not be installed: ${missing[*]}" "All of apt's output is in $log"
  }
  # Nor after a reboot: a service of Debian's would take our ports.
  for service in "${disable[@]}"; do systemctl disable --quiet "$service" 2>/dev/null || true; done
  allow_services
  trap - EXIT
}
