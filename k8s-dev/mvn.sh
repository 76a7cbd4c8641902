#!/usr/bin/env bash
# Runs Maven with the JDK that the project requires, wherever it is installed.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"
find_jdk
cd "$PROJECT" || exit
exec ./mvnw -B -ntp "$@"
