#!/usr/bin/env bash
# Maven with the JDK that the project needs, wherever it is installed.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"
find_jdk
cd "$PROJECT" || exit
exec ./mvnw -B -ntp "$@"
