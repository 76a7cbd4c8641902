#!/usr/bin/env bash
# Builds the operator as its image holds it, without a cluster, for tests and measurements that run it as a process of
# their own. Prints on standard output what they need to know, progress on standard error.
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
