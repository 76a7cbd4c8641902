#!/usr/bin/env bats
# lib/process.sh: which process is ours, and what happens to it.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154

. "$BATS_TEST_DIRNAME/helpers.sh"

# another_process NAME: a pid file whose pid meanwhile belongs to a process that we did not start.
another_process() {
  pretend etcd
  other=$!
  echo "$other $(($(start_time "$other") - 1)) key" >"$RUN/$1.pid"
}

@test "a running program is not started again" {
  start etcd etcd "${forever[@]}"
  pid=$(pid_of etcd)
  start etcd etcd "${forever[@]}"
  is "$(pid_of etcd)" "$pid"
  alive "$pid"
}

@test "a program restarts when its command line changes" {
  start etcd etcd "${forever[@]}"
  pid=$(pid_of etcd)
  start etcd etcd "${forever[@]}" --other
  gone "$pid"
  running etcd
}

@test "a program restarts when its configuration file changes" {
  echo one >"$CONFIG/etcd.yaml"
  start etcd etcd "${forever[@]}" --config="$CONFIG/etcd.yaml"
  pid=$(pid_of etcd)
  echo two >"$CONFIG/etcd.yaml"
  start etcd etcd "${forever[@]}" --config="$CONFIG/etcd.yaml"
  gone "$pid"
  running etcd
}

@test "a program restarts when a certificate that its configuration file names changes" {
  echo "tlsCertFile: $PKI/kubelet.crt" >"$CONFIG/kubelet.yaml"
  echo one >"$PKI/kubelet.crt"
  start kubelet kubelet "${forever[@]}" --config="$CONFIG/kubelet.yaml"
  pid=$(pid_of kubelet)
  echo two >"$PKI/kubelet.crt"
  start kubelet kubelet "${forever[@]}" --config="$CONFIG/kubelet.yaml"
  gone "$pid"
  running kubelet
}

@test "PostgreSQL restarts when its copy of the certificate changes" {
  STOP_SECONDS=0
  mkdir "$POSTGRES"
  echo one >"$POSTGRES/postgres.crt"
  start postgres postgres "${forever[@]}" "ssl_cert_file=$POSTGRES/postgres.crt"
  pid=$(pid_of postgres)
  echo two >"$POSTGRES/postgres.crt"
  start postgres postgres "${forever[@]}" "ssl_cert_file=$POSTGRES/postgres.crt"
  gone "$pid"
  running postgres
}

@test "a program that has ended is started again and keeps its last log" {
  start etcd etcd -e 'print "first"'
  wait_for 5 "its end" not running etcd
  start etcd etcd "${forever[@]}"
  running etcd
  is "$(cat "$LOG/etcd.log.previous")" first
}

@test "a program starts although another process got its pid" {
  another_process etcd
  start etcd etcd "${forever[@]}"
  running etcd
  not [ "$(pid_of etcd)" = "$other" ]
  alive "$other"
}

@test "a program holds no lock of the command that started it, or of that command's caller" {
  exec 8>"$BATS_TEST_TMPDIR/lock" {caller}>"$BATS_TEST_TMPDIR/caller"
  flock -n 8
  flock -n "$caller"
  start etcd etcd "${forever[@]}"
  exec 8>&- {caller}>&-
  wait_for 5 "the lock's release" flock -n "$BATS_TEST_TMPDIR/lock" true
  wait_for 5 "the caller's release" flock -n "$BATS_TEST_TMPDIR/caller" true
}

@test "a program outlives an interrupt of the terminal that started it" {
  start etcd etcd "${forever[@]}"
  wait_for 5 "a session of its own" own_session "$(pid_of etcd)"
}
own_session() { [ "$(cut -d' ' -f6 "/proc/$1/stat")" = "$1" ]; }

@test "stop ends the program and removes its pid file" {
  start etcd etcd "${forever[@]}"
  pid=$(pid_of etcd)
  stop etcd
  gone "$pid"
  not [ -e "$RUN/etcd.pid" ]
}

@test "stop kills a program that ignores the signal" {
  STOP_SECONDS=0
  start etcd etcd -e '$SIG{TERM} = "IGNORE"; $| = 1; print "ready"; sleep'
  pid=$(pid_of etcd)
  wait_for 5 "its start" grep -q ready "$LOG/etcd.log"
  stop etcd
  gone "$pid"
}

@test "stop leaves another process with the same pid alone and removes the stale pid file" {
  another_process etcd
  stop etcd
  alive "$other"
  not [ -e "$RUN/etcd.pid" ]
}

@test "stop of a program that never ran changes nothing" {
  stop etcd
  is "$(ls "$RUN")" ""
}

@test "a damaged pid file counts as not running" {
  for text in "" "$$" "$$ 1" "garbage in here"; do
    echo "$text" >"$RUN/etcd.pid"
    not running etcd
  done
}

@test "a restart of PostgreSQL does not wait for its clients" {
  start postgres postgres -e '$SIG{TERM} = "IGNORE"; $SIG{INT} = sub { exit }; $| = 1; print "ready"; sleep'
  pid=$(pid_of postgres)
  wait_for 5 "its start" grep -q ready "$LOG/postgres.log"
  SECONDS=0
  stop postgres
  gone "$pid"
  [ "$SECONDS" -lt "$STOP_SECONDS" ]
}

@test "waiting ends at once, with the log, when the program has died" {
  start etcd etcd -e 'print "the disk is broken"; exit 1'
  run wait_up 60 etcd "its socket" false
  refuses "the disk is broken" "etcd ended before it provided its socket" "$LOG/etcd.log"
}

@test "waiting for too long names what did not happen" {
  start etcd etcd "${forever[@]}"
  run wait_up 0 etcd "its socket" false
  refuses "etcd did not provide its socket within 0 s" "$LOG/etcd.log"
}
