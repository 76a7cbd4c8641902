# Installs missing Debian packages without starting their services.
# shellcheck shell=bash

PACKAGES=(bats ca-certificates conntrack containerd containernetworking-plugins curl docker-registry iproute2 iptables jq kmod
  mmdebstrap openssl postgresql busybox-static runc shellcheck skopeo umoci)
# Services in these packages; the cluster runs its own copies of them.
SERVICES=(containerd docker-registry postgresql)
POLICY=/usr/sbin/policy-rc.d

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_packages() {
  local package
  for package in "${PACKAGES[@]}"; do installed "$package" || echo "$package"; done
}

# Debian's policy-rc.d interface: while this file returns 101, no package starts a service.
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
  allow_services # a killed installation may have left the file behind
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
    die "apt could not install Debian packages: ${missing[*]}" "See apt's output in $log"
  }
  # After a reboot, Debian's services would take this cluster's ports.
  for service in "${disable[@]}"; do systemctl disable --quiet "$service" 2>/dev/null || true; done
  allow_services
  trap - EXIT
}
