# Long-running programs of the cluster: started in the background, recorded by pid, start time and configuration.
# shellcheck shell=bash

# The kernel's start time of a live process: with the pid it names one process, even after the pid is used again.
start_time() {
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${stat##*) }"
  [ "${fields[0]}" != Z ] || return 1
  echo "${fields[19]}"
}

# pid_of NAME: the pid of a program that this cluster started and that still runs.
pid_of() {
  local pid started
  read -r pid started _ 2>/dev/null <"$RUN/$1.pid" || return 1
  [ "$(start_time "$pid")" = "$started" ] || return 1
  echo "$pid"
}

running() { pid_of "$1" >/dev/null; }

# Changes when the command line or a file of ours that it names changes.
command_key() {
  local argument file
  for argument in "$@"; do
    echo "$argument"
    file=${argument#*=}
    case $file in
      "$CONFIG"/* | "$PKI"/*) [ ! -f "$file" ] || sha256sum <"$file" ;;
    esac
  done | sha256sum | cut -c1-16
}

# start NAME COMMAND...: does nothing when it already runs with the same configuration, restarts it when that differs.
start() {
  local name=$1 key pid recorded
  shift
  key=$(command_key "$@")
  if running "$name"; then
    read -r _ _ recorded <"$RUN/$name.pid"
    [ "$recorded" != "$key" ] || return 0
    note "$name: configuration changed, restarting"
    stop "$name"
  fi
  [ ! -f "$LOG/$name.log" ] || mv "$LOG/$name.log" "$LOG/$name.log.previous"
  setsid "$@" </dev/null >"$LOG/$name.log" 2>&1 8>&- 9>&- &
  pid=$!
  echo "$pid $(start_time "$pid") $key" >"$RUN/$name.pid"
}

# stop NAME [SIGNAL]: only the process that was recorded; SIGKILL when it does not end in 15 seconds.
stop() {
  local pid deadline=$((SECONDS + 15))
  if pid=$(pid_of "$1"); then
    kill "-${2:-TERM}" "$pid" 2>/dev/null || true
    while running "$1"; do
      if [ "$SECONDS" -ge "$deadline" ]; then kill -KILL "$pid" 2>/dev/null || true; fi
      sleep 0.05
    done
  fi
  rm -f "$RUN/$1.pid"
}

# wait_up SECONDS NAME WHAT COMMAND...: like wait_for, but gives up at once, with the log's end, when NAME has died.
wait_up() {
  local limit=$1 name=$2 what=$3 deadline=$((SECONDS + $1))
  shift 3
  until "$@" >/dev/null 2>&1; do
    if ! running "$name" || [ "$SECONDS" -ge "$deadline" ]; then
      tail -n 15 "$LOG/$name.log" | cut -c1-300 >&2
      die "$name: $what did not happen within ${limit}s." "The end of its log is above, all of it is in $LOG/$name.log"
    fi
    sleep 0.1
  done
}
