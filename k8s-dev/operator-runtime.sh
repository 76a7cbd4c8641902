#!/usr/bin/env bash
# The operator as its image runs it, for tests and measurements that start it as a process. Prints on standard output
# where it is, progress on standard error.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

main() {
  {
    find_jdk
    find_go
    build_tools
    build_runtime
  } >&2
  cat <<VALUES
JAVA=$JRE/bin/java
OPTIONS=$JVM_OPTIONS
AOT_CACHE=$AOT_CACHE
APP=$QUARKUS_APP
VALUES
}

main
