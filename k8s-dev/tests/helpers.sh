# What the tests of the scripts share. Each test has a state folder of its own.
# shellcheck shell=bash disable=SC2016,SC2154

setup() {
  local name
  export HOME=$BATS_TEST_TMPDIR RECORDSPONGE_STATE=$BATS_TEST_TMPDIR/state RECORDSPONGE_CACHE=$BATS_TEST_TMPDIR/cache
  . "$BATS_TEST_DIRNAME/../lib/all.sh"
  mkdir -p "$RUN" "$LOG" "$CONFIG" "$PKI"
  # Programs under the names of the cluster's, each of them Perl. With the arguments 'forever' they wait for a signal.
  export PATH=$BATS_TEST_TMPDIR/bin:$PATH
  forever=(-e '$SIG{INT} = "DEFAULT"; sleep' --)
  mkdir "$BATS_TEST_TMPDIR/bin"
  for name in "${COMPONENTS[@]}" containerd-shim-runc-v2 vi; do ln -s /usr/bin/perl "$BATS_TEST_TMPDIR/bin/$name"; done
}

teardown() {
  jobs -p | xargs -r kill -KILL 2>/dev/null || true
  awk -v folder="$BATS_TEST_TMPDIR/" 'index($5, folder) == 1 { print $5 }' /proc/self/mountinfo | sort -r | xargs -rn1 umount -l
}

# pretend PROGRAM ARGUMENTS...: runs it in the background, with no pid file; $! is its pid.
pretend() {
  "$1" "${forever[@]}" "${@:2}" 3>&- &
  wait_for 5 "the start of $1" heeds_interrupt "$!"
}

# A shell's background processes ignore it until they say otherwise.
heeds_interrupt() { [ $((0x$(awk '/^SigIgn/ { print $2 }' "/proc/$1/status") & 2)) = 0 ]; }

alive() { ! gone "$1"; }

# is ACTUAL EXPECTED
is() {
  [ "$1" = "$2" ] || {
    printf 'expected: %s\nactual:   %s\n' "$2" "$1"
    return 1
  }
}

# not COMMAND...: fails when the command succeeds; bats ignores a failure behind '!'.
not() {
  if "$@"; then
    echo "should not succeed: $*"
    return 1
  fi
}

# refuses PROBLEM REMEDY: the command that 'run' ran failed, and its message has both texts.
refuses() {
  local text
  not [ "$status" = 0 ]
  for text in "$@"; do
    case $output in
      *"$text"*) ;;
      *)
        printf 'not in the message: %s\nmessage: %s\n' "$text" "$output"
        return 1
        ;;
    esac
  done
}
