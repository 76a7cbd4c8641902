#!/usr/bin/env bats
# lib/preflight.sh: what refuses a start is named together with its remedy, before anything is changed.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154

. "$BATS_TEST_DIRNAME/helpers.sh"

# bare COMMAND: runs it where neither Go nor a JDK is installed.
bare() {
  run unshare --mount bash -c '
    . "$0"
    for folder in /usr/lib/jvm /opt /usr/local /usr/lib/go-*; do
      [ ! -d "$folder" ] || mount -t tmpfs tmpfs "$folder"
    done
    unset JAVA_HOME
    PATH=$BATS_TEST_TMPDIR/bin:/usr/sbin:/usr/bin:/sbin:/bin
    '"$1" "$K8S_DEV/lib/all.sh"
}

# jdk FOLDER VERSION
jdk() {
  mkdir -p "$1/bin"
  ln -sf /bin/true "$1/bin/javac"
  echo "JAVA_VERSION=\"$2\"" >"$1/release"
}

# go_reports VERSION TOOLCHAIN
go_reports() {
  printf '#!/bin/sh\ncase $2 in GOVERSION) echo %s ;; GOTOOLCHAIN) echo %s ;; esac\n' "$1" "$2" >"$BATS_TEST_TMPDIR/bin/go"
  chmod +x "$BATS_TEST_TMPDIR/bin/go"
}

# listen ADDRESS PORT
listen() {
  busybox httpd -f -p "$1:$2" 3>&- &
  listener=$!
  wait_for 5 "a listener on $1:$2" listens "$2"
}
listens() { ss -Hltn "sport = :$1" | grep -q .; }

@test "without root: says so, and which command to run" {
  id() { echo 1000; }
  run check_root cluster
  refuses "requires root" "sudo make cluster"
}

@test "without a JDK 25: says where it was looked for, and what to install" {
  jdk "$HOME/.jdks/other" 21.0.2
  bare find_jdk
  refuses "No JDK 25" .jdks "Install one" "JAVA_HOME"
}

@test "a JDK 25 is found in the home folder" {
  jdk "$HOME/.jdks/other" 21.0.2
  jdk "$HOME/.sdkman/candidates/java/25-tem" 25.0.1
  bare 'find_jdk; echo "$JAVA_HOME"'
  is "$output" "$HOME/.sdkman/candidates/java/25-tem"
}

@test "JAVA_HOME with a JDK 25 comes before all others" {
  jdk "$HOME/.jdks/other" 25
  jdk "$HOME/mine" 25.0.1
  bare 'JAVA_HOME=$HOME/mine; find_jdk; echo "$JAVA_HOME"'
  is "$output" "$HOME/mine"
}

@test "JAVA_HOME with another version is passed over for a JDK 25" {
  jdk "$HOME/mine" 21
  jdk "$HOME/.jdks/other" 25
  bare 'JAVA_HOME=$HOME/mine; find_jdk; echo "$JAVA_HOME"'
  is "$output" "$HOME/.jdks/other"
}

@test "without Go: says so, and where to get it" {
  bare find_go
  refuses "Go was not found" "https://go.dev/dl/"
}

@test "a Go that is too old and must not update itself is named with the version that is needed" {
  go_reports go1.20.1 local
  run find_go
  refuses "Go 1.20.1 is too old" "Install Go 1."
}

@test "a Go that is too old and may update itself is accepted" {
  go_reports go1.21.0 auto
  find_go
}

@test "a full disk is named with what needs it and the variable that moves it" {
  mkdir "$CACHE"
  mount -t tmpfs -o size=1m tmpfs "$CACHE"
  run check_disk
  refuses "Only 0 GB are free on the disk of $CACHE" "15 GB" "set RECORDSPONGE_CACHE"
}

@test "a full disk under the state folder is named as well" {
  mkdir -p "$CACHE/tools/traefik-0123456789ab" && touch "$CACHE/tools/traefik-0123456789ab/traefik"
  mount -t tmpfs -o size=1m tmpfs "$STATE"
  run check_disk
  refuses "Only 0 GB are free on the disk of $STATE" "3 GB" "set RECORDSPONGE_STATE"
}

@test "a taken port is named with the program that holds it" {
  listen 127.0.0.1 5000
  run check_ports
  refuses "Port 5000 on 127.0.0.1 (image registry)" "busybox (process $listener)" "Stop that program"
}

@test "a taken port of the sites can be changed, and the message says how" {
  listen 127.0.0.1 443
  run check_ports
  refuses "Port 443" "HTTPS_PORT=8443 make new"
}

@test "a program that listens on all addresses holds the port, too" {
  listen 0.0.0.0 10250
  run check_ports
  refuses "Port 10250 on $NODE_IP (kubelet)" "busybox"
}

@test "a port is taken also when the program that holds it cannot be seen" {
  listen 127.0.0.1 2379
  run unshare --pid --fork --mount-proc bash -c '. "$0"; check_ports' "$K8S_DEV/lib/all.sh"
  refuses "Port 2379 on 127.0.0.1 (etcd)" "a program in another container, or by the kernel"
}

@test "the same port on another address is free" {
  ip addr add 192.0.2.1/32 dev lo
  listen 192.0.2.1 5000
  check_ports
  ip addr del 192.0.2.1/32 dev lo
}

@test "a port that this cluster's own program holds is no obstacle" {
  start docker-registry busybox httpd -f -p 127.0.0.1:5000
  wait_for 5 "a listener" listens 5000
  check_ports
}

@test "a network of another Kubernetes is named with its interface" {
  ip link add cni0 type bridge
  ip addr add 10.42.1.1/24 dev cni0
  ip link set cni0 up
  run check_networks
  ip link delete cni0
  refuses "10.42.1.0/24 on cni0" "k3s-killall.sh"
}

@test "the cluster's own bridge is no foreign network" {
  make_network
  run check_networks
  remove_bridge
  is "$status" 0
}

# cluster_of CHECKOUT: a running cluster of another version, started from there.
cluster_of() {
  KUBERNETES=$CACHE/tools/kubernetes-new
  echo "kubernetes-old $1" >"$STATE/owner"
  start etcd etcd "${forever[@]}"
}

@test "a running cluster of another checkout and version is named with the command that stops it" {
  mkdir "$BATS_TEST_TMPDIR/other"
  cluster_of "$BATS_TEST_TMPDIR/other"
  run check_owner
  refuses "kubernetes-old" "make -C $BATS_TEST_TMPDIR/other down"
}

@test "a running cluster is used by another checkout of the same version" {
  mkdir "$BATS_TEST_TMPDIR/other"
  cluster_of "$BATS_TEST_TMPDIR/other"
  KUBERNETES=$CACHE/tools/kubernetes-old
  check_owner
}

@test "a running cluster of a checkout that was deleted, or of this one, can be upgraded" {
  cluster_of "$BATS_TEST_TMPDIR/deleted"
  check_owner
  echo "kubernetes-old $PROJECT" >"$STATE/owner"
  check_owner
}

@test "after an upgrade, the running cluster is used by other checkouts of the new version" {
  cluster_of "$PROJECT"
  record_owner
  PROJECT=$BATS_TEST_TMPDIR/other check_owner
}

@test "a checkout that uses another's cluster does not become its owner" {
  cluster_of "$BATS_TEST_TMPDIR/other"
  KUBERNETES=$CACHE/tools/kubernetes-old record_owner
  is "$(cat "$STATE/owner")" "kubernetes-old $BATS_TEST_TMPDIR/other"
}

@test "a stopped cluster of another version is no obstacle" {
  mkdir "$BATS_TEST_TMPDIR/other"
  cluster_of "$BATS_TEST_TMPDIR/other"
  stop etcd
  check_owner
}

@test "commands that change the cluster take turns" {
  mkfifo "$BATS_TEST_TMPDIR/fifo"
  (take_lock && read -r <"$BATS_TEST_TMPDIR/fifo") 3>&- &
  wait_for 5 "the first" not flock -n /run/lock/recordsponge-dev.lock true
  (take_lock && touch "$BATS_TEST_TMPDIR/second") >"$BATS_TEST_TMPDIR/output" 3>&- &
  wait_for 5 "the second" grep -q waiting "$BATS_TEST_TMPDIR/output"
  not [ -e "$BATS_TEST_TMPDIR/second" ]
  : <>"$BATS_TEST_TMPDIR/fifo"
  wait_for 5 "the second" [ -e "$BATS_TEST_TMPDIR/second" ]
}
