# Long-running programs of the cluster: started in the background, recorded by pid, start time and configuration.
# shellcheck shell=bash

# How long a program may take to end before it is killed.
STOP_SECONDS=15

# start_time PID: when the kernel started a live process. Together, pid and start time identify a process even after the
# kernel has reused the pid.
start_time() {
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${stat##*) }"
  [ "${fields[0]}" != Z ] || return 1
  echo "${fields[19]}"
}

# pid_of NAME: the pid of a program that this cluster started and that is still running.
pid_of() {
  local pid started
  read -r pid started _ 2>/dev/null <"$RUN/$1.pid" || return 1
  # An empty or cut pid file, as a full disk leaves it, names no process.
  [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] || return 1
  echo "$pid"
}

running() { pid_of "$1" >/dev/null; }

# Our own files that decide how a program behaves: FILE and the certificates and kubeconfigs that it names.
configuration() {
  local named
  cat "$1"
  { grep -oE "$STATE/[^\"' ]+\.(crt|key|kubeconfig)" "$1" || true; } | while read -r named; do
    [ ! -f "$named" ] || cat "$named"
  done
}

# command_key COMMAND...: changes when the command line changes, or a file of ours that it names.
command_key() {
  local argument file
  for argument in "$@"; do
    echo "$argument"
    file=${argument#*=}
    case $file in
      "$CONFIG"/* | "$STATE"/*.crt | "$STATE"/*.key) [ ! -f "$file" ] || configuration "$file" ;;
    esac
  done | sha256sum | cut -c1-16
}

# alone COMMAND...: becomes the command, without the files and locks that this script and its callers have open.
alone() {
  local descriptor
  for descriptor in /proc/"$BASHPID"/fd/*; do
    descriptor=${descriptor##*/}
    [ "$descriptor" -le 2 ] || exec {descriptor}>&-
  done
  exec "$@"
}

# start NAME COMMAND...: starts a program, or restarts it if its configuration has changed.
start() {
  local name=$1 key pid recorded
  shift
  key=$(command_key "$@")
  if running "$name"; then
    read -r _ _ recorded <"$RUN/$name.pid"
    [ "$recorded" != "$key" ] || return 0
    note "restarting $name: its configuration has changed"
    stop "$name"
  fi
  [ ! -f "$LOG/$name.log" ] || mv "$LOG/$name.log" "$LOG/$name.log.previous"
  alone setsid "$@" </dev/null >"$LOG/$name.log" 2>&1 &
  pid=$!
  echo "$pid $(start_time "$pid") $key" >"$RUN/$name.pid"
}

# stop NAME [SIGNAL]: ends only the process that was recorded; kills it after STOP_SECONDS.
stop() {
  local pid signal=${2:-TERM} deadline=$((SECONDS + STOP_SECONDS))
  # On TERM PostgreSQL waits until its clients have left.
  [ "$1" != postgres ] || signal=INT
  if pid=$(pid_of "$1"); then
    kill "-$signal" "$pid" 2>/dev/null || true
    while running "$1"; do
      if [ "$SECONDS" -ge "$deadline" ]; then kill -KILL "$pid" 2>/dev/null || true; fi
      sleep 0.05
    done
  fi
  rm -f "$RUN/$1.pid"
}

# wait_up SECONDS NAME WHAT COMMAND...: waits until the command succeeds. Fails with the end of NAME's log when the time
# is over, or as soon as NAME has ended.
wait_up() {
  local limit=$1 name=$2 what=$3 deadline=$((SECONDS + $1)) problem=
  shift 3
  until "$@" >/dev/null 2>&1; do
    if ! running "$name"; then
      problem="$name ended before it provided $what."
    elif [ "$SECONDS" -ge "$deadline" ]; then
      problem="$name did not provide $what within $limit s."
    fi
    if [ -n "$problem" ]; then
      tail -n 15 "$LOG/$name.log" | cut -c1-300 >&2
      die "$problem" "The last lines of its log are above. The whole log is $LOG/$name.log"
    fi
    sleep 0.1
  done
}
