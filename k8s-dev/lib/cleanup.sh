# What a killed cluster leaves behind: containers and their shims, mounts, interfaces, firewall rules, stray programs.
# shellcheck shell=bash

COMPONENTS=(kubelet kube-proxy kube-scheduler kube-controller-manager kube-apiserver etcd containerd docker-registry node-registry postgres
  argocd-server argocd-application-controller argocd-label-controller argocd-repo-server redis-server git-server)

# read_command PID: sets the array 'command' to the command line of a process; fails for the kernel's own.
read_command() { mapfile -d '' -t command 2>/dev/null <"/proc/$1/cmdline" && [ "${#command[@]}" -gt 0 ]; }

# Processes whose root file system is one of this cluster's containers, and the shims that supervise them.
container_pids() {
  local proc command
  for proc in /proc/[0-9]*; do
    if grep -qsE " / / .*[=:]$STATE/containerd/" "$proc/mountinfo"; then
      echo "${proc#/proc/}"
    elif read_command "${proc#/proc/}"; then
      case ${command[0]##*/}:${command[*]} in
        containerd-shim*:*" -address $CONTAINERD_SOCKET"*) echo "${proc#/proc/}" ;;
      esac
    fi
  done
}

# Programs of the cluster that use this state folder, in an argument or as their working directory, and that no pid file
# records. Argo CD's components are one program.
stray_pids() {
  local proc command name known=" "
  for name in "${COMPONENTS[@]}"; do known+="$(pid_of "$name") " || true; done
  for proc in /proc/[0-9]*; do
    read_command "${proc#/proc/}" || continue
    case " ${COMPONENTS[*]} argocd " in
      *" ${command[0]##*/} "*)
        case $known in
          *" ${proc#/proc/} "*) ;;
          *) case "${command[*]} $(readlink "$proc/cwd")" in *[\ =]"$STATE"/*) echo "${proc#/proc/}" ;; esac ;;
        esac
        ;;
    esac
  done
}

gone() { [ ! -e "/proc/$1" ] || grep -qs '^State:.Z' "/proc/$1/status"; }

# end_all SIGNAL PIDS: returns when they have ended; kills them after STOP_SECONDS.
end_all() {
  local signal=$1 pid deadline=$((SECONDS + STOP_SECONDS))
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
  local pid command
  for pid in $(stray_pids); do
    ! read_command "$pid" || note "stopping ${command[0]##*/} (process $pid), left over from an earlier cluster"
    end_all INT "$pid"
  done
}

unmount_all() {
  local target
  while read -r target; do umount -l "$target" 2>/dev/null || true; done < <(
    awk -v state="$STATE/" 'index($5, state) == 1 { print $5 }' /proc/self/mountinfo | sort -r
  )
}

# Requires that containerd and the kubelet are stopped. Keeps images and the pods' records.
clear_node() {
  local pids
  mapfile -t pids < <(container_pids)
  end_all KILL "${pids[@]}"
  unmount_all
  clear_network
  rm -rf "$RUN/containerd" "$RUN/runc"
}

any_running() {
  local name
  for name in "${COMPONENTS[@]}"; do ! running "$name" || return 0; done
  return 1
}

stop_cluster() {
  local name pids=()
  stop_argocd
  # The kubelet first: it would restart what is stopped.
  for name in kubelet kube-proxy kube-scheduler kube-controller-manager; do
    stop "$name" KILL & pids+=($!)
  done
  wait "${pids[@]}"
  pids=()
  stop postgres & pids+=($!)
  stop docker-registry & pids+=($!)
  stop node-registry & pids+=($!)
  stop kube-apiserver KILL & pids+=($!)
  stop containerd & pids+=($!)
  wait "${pids[@]}"
  stop etcd
  kill_strays
  clear_node
  remove_bridge
}
