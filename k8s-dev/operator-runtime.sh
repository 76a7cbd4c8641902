#!/usr/bin/env bash
# Builds the contents of the operator's image, without a cluster, for tests and benchmarks that run the operator as a
# process. Prints variables for them to standard output, and progress to standard error.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

main() {
  {
    take_lock
    find_jdk
    find_go
    build_tools
    build_runtime
  } >&2
  cat <<VALUES
JAVA=$JRE/bin/java
APPLICATION=$QUARKUS_APP
AOT_CACHE=$AOT_CACHE
JVM_OPTIONS=$JVM_OPTIONS
VALUES
}

main
