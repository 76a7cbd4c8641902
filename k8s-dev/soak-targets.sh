# The targets that app.mk gives the application's people, each with what it is for. soak.sh runs them. Not here: staging and
# prod, which deploy examples as in this repository, and clobber, with which soak.sh ends.
# shellcheck shell=bash

app() { make -s -f "$K8S_DEV/app.mk" "$@"; }

pods_of() {
  kubectl get pods -n "$NAMESPACE" -l "recordsponge.com/environment=$NAME" --field-selector=status.phase=Running -o name |
    grep "^pod/$1-[0-9a-f]*-[a-z0-9]*$"
}

# replaces DEPLOYMENT TARGET: the target replaces the pod.
replaces() {
  local former
  former=$(pods_of "$1") && app "$2" && wait_for 60 "the end of $former" gone "$1" "$former"
}

gone() {
  local now
  now=$(pods_of "$1") && ! grep -qxF "$2" <<<"$now"
}

# follows TARGET PATTERN: a target that runs until it is interrupted prints the pattern. It has a terminal, as jest expects.
follows() {
  grep -m1 "$2" < <(tail -f --pid=$$ /dev/null | timeout 120 script -qec "make -s -f '$K8S_DEV/app.mk' $1" /dev/null)
}

stopped() {
  local pods
  pods=$(kubectl get pods -n "$NAMESPACE" -l "recordsponge.com/environment=$NAME" -o name) && [ -z "$pods" ]
}

stops() { app down && wait_for 120 "the end of the pods" stopped; }

serves_static_build() { page "$NAME" / | grep -q 'static/js/main\.'; }

frontend_down_after_build() {
  app frontend_build && app frontend_down && wait_for 60 "the static build" serves_static_build
}

serves_again() { app up && wait_for 60 "node" shown "$NAME"; }

has_new_image() { kubectl exec -n "$NAMESPACE" "deployment/$NAME" -c app -- python3 -c 'import os; os.environ["SOAK"]'; }

builds_image() {
  echo 'ENV SOAK=built' >>"$SOURCE/src/backend/Dockerfile"
  app backend_build && wait_for 120 "a pod of the new image" has_new_image
}

app_targets() {
  local NAME=$1 SOURCE=$2 kept
  export NAME SOURCE
  kept=$(mktemp -d)
  cp -a "$SOURCE/src" "$kept"
  step "make test" app test
  step "make backend_test" app backend_test
  step "make frontend_test_no_watch" app frontend_test_no_watch
  step "make frontend_test, until its first result" follows frontend_test "Tests:.*passed"
  step "make backend_logs, until Flask serves" follows backend_logs "Serving Flask app"
  step "make frontend_logs, until it names a compilation" follows frontend_logs "[Cc]ompiled"
  step "make initdb" app initdb
  step "make push" app push
  step "make backend_reload" replaces "$NAME" backend_reload
  step "make pull" replaces "$NAME" pull
  step "make frontend_restart" replaces "$NAME-frontend" frontend_restart
  step "make frontend_build frontend_down, until Flask serves what was built" frontend_down_after_build
  step "make up, until node serves again" serves_again
  app frontend_clean
  [ ! -e "$SOURCE/src/frontend/build" ] || die "make frontend_clean left $SOURCE/src/frontend/build."
  step "make backend_build, until a pod has the new image" builds_image
  step "make down, until no pod is left" stops
  step "make up" serves_again
  cp -a "$kept/src" "$SOURCE"
  rm -rf "$kept"
}
