# Creates small Debian root file systems for images, from the machine's apt sources.
# shellcheck shell=bash

# Prints the machine's Debian sources; leaves out others, such as vendors' repositories.
debian_sources() {
  local file
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    [ ! -f "$file" ] || ! grep -qE "(^deb |^Suites:).*\b$1\b" "$file" || echo "$file"
  done
}

# make_rootfs FOLDER PACKAGES...: unpacks packages and their dependencies without running maintainer scripts.
make_rootfs() {
  local folder=$1 codename sources work
  shift
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  mapfile -t sources < <(debian_sources "$codename")
  [ "${#sources[@]}" -gt 0 ] || die "No apt source for Debian $codename was found." "Add one to /etc/apt/sources.list."
  work=$(mktemp -d "$CACHE/rootfs.XXXXXX")
  # Proxy, certificate and validity settings of this machine's apt.
  apt-config dump Acquire | grep '::' >"$work/apt.conf"
  mmdebstrap --quiet --mode=root --variant=extract --format=directory --include="$(IFS=, && echo "$*")" \
    --aptopt="$work/apt.conf" --aptopt='APT::Install-Recommends "false"' --skip=check/empty \
    "$codename" "$folder" "${sources[@]}" >"$work/log" 2>&1 || {
    tail -n 5 "$work/log" | cut -c1-300 >&2
    rm -rf "$work"
    die "Debian packages for an image could not be unpacked: $*" "Check that 'apt-get update' works."
  }
  rm -rf "$work" "$folder"/usr/share/{doc,man,info,locale,lintian,bug,javascript,zoneinfo} "$folder"/usr/lib/*/gconv \
    "$folder"/var/{lib,cache,log}/* "$folder"/etc/apt "${folder:?}"/boot "${folder:?}"/dev/*
  echo 'root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
nonroot:x:65532:65532:nonroot:/nonexistent:/usr/sbin/nologin' >"$folder/etc/passwd"
  echo 'root:x:0:
nogroup:x:65534:
nonroot:x:65532:' >"$folder/etc/group"
  [ ! -x "$folder/sbin/ldconfig" ] || chroot "$folder" /sbin/ldconfig
}

# pack_rootfs BUILDER PACKAGES...: packs a root file system into the image.
pack_rootfs() {
  local builder=$1 folder=$LAYOUT.rootfs
  shift
  rm -rf "$folder"
  mkdir -p "$folder"
  make_rootfs "$folder" "$@"
  "$builder" "$folder"
  umoci insert --image "$IMAGE" "$folder" /
  rm -rf "$folder"
}

# base_layer NAME BUILDER PACKAGES...: builds a root file system once, prints its layout; BUILDER finishes it.
base_layer() {
  local name=$1 builder=$2 folder
  shift 2
  folder=$CACHE/layers/$name-$({ echo "$*" && declare -f make_rootfs "$builder" && cat /etc/debian_version; } | sha256sum | cut -c1-12)
  [ -d "$folder" ] || note "unpacking Debian packages for $name" >&2
  layout "$folder" pack_rootfs "$builder" "$@" >&2
  echo "$folder"
}
