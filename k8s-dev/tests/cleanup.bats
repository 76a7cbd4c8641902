#!/usr/bin/env bats
# lib/cleanup.sh: what a killed cluster left is removed, and nothing else.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154

. "$BATS_TEST_DIRNAME/helpers.sh"

OTHER=/run/another-cluster

# contained STATE: a process whose root file system is a container's, as containerd mounts it below that state folder.
contained() {
  local root=$1/run/containerd/rootfs
  mkdir -p "$1/containerd/layer" "$1/containerd/empty" "$root"
  cp /bin/busybox "$1/containerd/layer/sh"
  mkfifo "$1/containerd/layer/fifo"
  mount -t overlay overlay -o "lowerdir=$1/containerd/layer:$1/containerd/empty" "$root"
  chroot "$root" /sh -c 'read -r _ <fifo' 3>&- &
  wait_for 5 "a container" in_root "$!" "$root"
}

in_root() { [ "$(readlink "/proc/$1/root")" = "$2" ]; }

is_stray() { [ "$(stray_pids)" = "$1" ]; }

mounted() { grep -q " $1 " /proc/self/mountinfo; }

@test "a program that no pid file names is ended" {
  pretend etcd --data-dir="$STATE/etcd"
  stray=$!
  run kill_strays
  is "$output" "    stopping etcd (process $stray), left over from an earlier cluster"
  gone "$stray"
}

@test "a program that ignores the interrupt is killed" {
  STOP_SECONDS=0
  kube-apiserver -e sleep -- --tls-cert-file="$PKI/apiserver.crt" 3>&- &
  stray=$!
  wait_for 5 "its start" is_stray "$stray"
  kill_strays
  gone "$stray"
}

@test "every program of the cluster is recognised, by its name and its state folder" {
  for name in "${COMPONENTS[@]}"; do
    pretend "$name" --config="$STATE/config/$name"
  done
  is "$(stray_pids | wc -l)" "${#COMPONENTS[@]}"
}

@test "a program is recognised by its working directory" {
  mkdir -p "$STATE/argocd/work"
  cd "$STATE/argocd/work"
  pretend argocd repo-server
  stray=$!
  kill_strays
  gone "$stray"
}

@test "a program with a valid pid file is not a stray" {
  start etcd etcd "${forever[@]}" --data-dir="$STATE/etcd"
  kill_strays
  running etcd
}

@test "programs of another state folder are left alone" {
  pretend etcd --data-dir="$OTHER/etcd"
  others=("$!")
  pretend etcd --data-dir="$STATE-2/etcd"
  others+=("$!")
  pretend etcd --data-dir="/backup$STATE/etcd"
  others+=("$!")
  kill_strays
  for pid in "${others[@]}"; do alive "$pid"; done
}

@test "an editor with a file of the cluster open is left alone" {
  pretend vi "$STATE/config/kubelet.yaml" containerd-shim -address "$CONTAINERD_SOCKET"
  editor=$!
  kill_strays
  clear_node
  alive "$editor"
}

@test "containers and their shims are killed" {
  contained "$STATE"
  container=$!
  pretend containerd-shim-runc-v2 -namespace k8s.io -address "$CONTAINERD_SOCKET"
  shim=$!
  clear_node
  gone "$container"
  gone "$shim"
}

@test "containers and shims of another containerd are left alone" {
  contained "$OTHER"
  container=$!
  pretend containerd-shim-runc-v2 -namespace k8s.io -address /run/containerd/containerd.sock
  shim=$!
  clear_node
  alive "$container"
  alive "$shim"
  mounted "$OTHER/run/containerd/rootfs"
  end_all KILL "$container"
  umount "$OTHER/run/containerd/rootfs"
}

@test "nested mounts below the state folder are unmounted" {
  mkdir -p "$STATE/kubelet/volume"
  mount -t tmpfs tmpfs "$STATE/kubelet/volume"
  mkdir "$STATE/kubelet/volume/nested"
  mount -t tmpfs tmpfs "$STATE/kubelet/volume/nested"
  mount -t tmpfs tmpfs "$STATE/kubelet/volume/nested"
  clear_node
  is "$(grep -c " $STATE/" /proc/self/mountinfo)" 0
}

@test "a source tree that pods see is unmounted, and nothing of it is deleted" {
  tree=$BATS_TEST_TMPDIR/tree
  mkdir -p "$tree" "$STATE/kubelet/pods/uid/volumes/tree" "$BATS_TEST_TMPDIR/copy"
  touch "$tree/file"
  mount --bind "$tree" "$STATE/kubelet/pods/uid/volumes/tree"
  cp -r "$K8S_DEV" "$BATS_TEST_TMPDIR/copy"
  "$BATS_TEST_TMPDIR/copy/k8s-dev/down.sh" clean
  not [ -e "$STATE" ]
  [ -f "$tree/file" ]
}

@test "a mount beside the state folder and the state folder's own disk stay" {
  mkdir -p "$STATE-2/data"
  mount -t tmpfs tmpfs "$STATE-2/data"
  mount --bind "$STATE" "$STATE"
  clear_node
  mounted "$STATE-2/data"
  mounted "$STATE"
}

@test "a state folder that is given by a link or with a slash at the end is cleared as well" {
  ln -s "$STATE" "$BATS_TEST_TMPDIR/link"
  mkdir -p "$STATE/kubelet/volume"
  for name in "$BATS_TEST_TMPDIR/link" "$STATE/" "$BATS_TEST_TMPDIR/../${BATS_TEST_TMPDIR##*/}/state"; do
    mount -t tmpfs tmpfs "$STATE/kubelet/volume"
    RECORDSPONGE_STATE=$name bash -c '. "$0"; clear_node' "$K8S_DEV/lib/all.sh"
    not mounted "$STATE/kubelet/volume"
  done
}

@test "pods' network namespaces, interfaces and containerd's socket are removed" {
  make_network
  mkdir -p "$RUN/containerd/netns"
  touch "$RUN/containerd/netns/pod" "$CONTAINERD_SOCKET"
  unshare --net="$RUN/containerd/netns/pod" true
  ip link add veth0 master "$BRIDGE" type veth peer name eth0 netns "$RUN/containerd/netns/pod"
  clear_node
  not mounted "$RUN/containerd/netns/pod"
  not ip link show veth0
  not [ -e "$RUN/containerd" ]
}

@test "a stopped cluster leaves no process, mount, interface or pid file, and keeps its data" {
  make_network
  mkdir -p "$STATE/etcd" && touch "$STATE/etcd/data"
  for name in "${COMPONENTS[@]}"; do start "$name" "$name" "${forever[@]}" --config="$STATE/$name"; done
  pretend kubelet --config="$STATE/kubelet"
  contained "$STATE"
  STOP_SECONDS=0
  stop_cluster
  not any_running
  is "$(stray_pids)$(container_pids)" ""
  is "$(grep -c " $STATE/" /proc/self/mountinfo)" 0
  not ip link show "$BRIDGE"
  is "$(ls "$RUN")" ""
  [ -e "$STATE/etcd/data" ]
}

@test "stopping twice, or what never ran, is no error" {
  rm -rf "$STATE"
  mkdir -p "$RUN"
  stop_cluster
  stop_cluster
}

@test "a state folder that the scripts cannot handle safely is refused" {
  for name in / "/mnt/my disk" '/mnt/a*'; do
    RECORDSPONGE_STATE=$name run bash -c '. "$0"' "$K8S_DEV/lib/all.sh"
    refuses "RECORDSPONGE_STATE cannot be '$name'" "Set it to"
  done
}

@test "cleaning a folder with somebody else's files is refused and keeps them" {
  rm -rf "$STATE"
  mkdir "$STATE" && touch "$STATE/thesis.txt"
  run "$K8S_DEV/down.sh" clean
  refuses "$STATE is not a state folder of this cluster: it contains thesis.txt" "Set RECORDSPONGE_STATE"
  [ -e "$STATE/thesis.txt" ]
}

@test "cleaning removes the state and keeps what was built" {
  mkdir -p "$STATE/etcd" "$CACHE/tools"
  cp -r "$K8S_DEV" "$BATS_TEST_TMPDIR/k8s-dev"
  touch "$BATS_TEST_TMPDIR/k8s-dev/kubeconfig"
  "$BATS_TEST_TMPDIR/k8s-dev/down.sh" clean
  not [ -e "$STATE" ]
  not [ -e "$BATS_TEST_TMPDIR/k8s-dev/kubeconfig" ]
  [ -d "$CACHE/tools" ]
}
