# What a killed cluster leaves behind: containers and their shims, mounts, interfaces, firewall rules, stray programs.
# shellcheck shell=bash

# Processes whose root file system is a container of ours, and containerd's shims that look after them.
container_pids() {
  local proc command
  for proc in /proc/[0-9]*; do
    if grep -qsE " / / .*[=:]$STATE/containerd/" "$proc/mountinfo"; then
      echo "${proc#/proc/}"
    else
      command=$(tr '\0' ' ' 2>/dev/null <"$proc/cmdline") || continue
      case $command in *containerd-shim*"-address $CONTAINERD_SOCKET"*) echo "${proc#/proc/}" ;; esac
    fi
  done
}

# Programs of a cluster on this state folder that no pid file knows any more.
stray_pids() {
  local proc command
  for proc in /proc/[0-9]*; do
    command=$(tr '\0' ' ' 2>/dev/null <"$proc/cmdline") || continue
    case ${command%% *} in
      */etcd | */kube-apiserver | */kube-controller-manager | */kube-scheduler | */kube-proxy | */kubelet | \
        containerd | docker-registry | /usr/lib/postgresql/*/bin/postgres)
        case $command in *[\ =]"$STATE"/*) echo "${proc#/proc/}" ;; esac
        ;;
    esac
  done
}

gone() { [ ! -e "/proc/$1" ] || grep -qs '^State:.Z' "/proc/$1/status"; }

# end_all SIGNAL PIDS: waits until they are gone; after 10 seconds with SIGKILL.
end_all() {
  local signal=$1 pid deadline=$((SECONDS + 10))
  shift
  for pid in "$@"; do kill "-$signal" "$pid" 2>/dev/null || true; done
  for pid in "$@"; do
    until gone "$pid"; do
      [ "$SECONDS" -lt "$deadline" ] || kill -KILL "$pid" 2>/dev/null || true
      sleep 0.05
    done
  done
}

kill_strays() {
  local pid known
  known=" $(for file in "$RUN"/*.pid; do [ ! -f "$file" ] || pid_of "$(basename "$file" .pid)" || true; done | tr '\n' ' ') "
  for pid in $(stray_pids); do
    case $known in
      *" $pid "*) ;;
      *)
        note "ending process $pid, left by an earlier cluster"
        end_all INT "$pid"
        ;;
    esac
  done
}

unmount_all() {
  local target
  while read -r target; do umount -l "$target" 2>/dev/null || true; done < <(
    awk -v state="$STATE/" 'index($5, state) == 1 { print $5 }' /proc/self/mountinfo | sort -r
  )
}

# Needs containerd and the kubelet stopped. Images and the pods' records stay.
clear_node() {
  local pids
  mapfile -t pids < <(container_pids)
  end_all KILL "${pids[@]}"
  unmount_all
  clear_network
  rm -rf "$RUN/containerd" "$RUN/runc"
}

COMPONENTS=(kubelet kube-proxy kube-scheduler kube-controller-manager kube-apiserver etcd containerd docker-registry postgres)

any_running() {
  local name
  for name in "${COMPONENTS[@]}"; do ! running "$name" || return 0; done
  return 1
}

stop_cluster() {
  local name pids=()
  # The kubelet first: it would start again what is stopped.
  for name in kubelet kube-proxy kube-scheduler kube-controller-manager; do
    stop "$name" KILL & pids+=($!)
  done
  wait "${pids[@]}"
  pids=()
  stop postgres & pids+=($!)
  stop docker-registry & pids+=($!)
  stop kube-apiserver KILL & pids+=($!)
  stop containerd & pids+=($!)
  wait "${pids[@]}"
  stop etcd
  kill_strays
  clear_node
  remove_bridge
}
