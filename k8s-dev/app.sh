#!/usr/bin/env bash
# app.sh TARGET: what the application's people call by 'make TARGET'; app.mk includes it in their Makefile.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

deployment() { [ "$1" = backend ] && echo "deployment/$ENVIRONMENT" || echo "deployment/$ENVIRONMENT-$1"; }

logs() { kubectl logs -n "$NAMESPACE" "$(deployment "$1")" -c "$2" --tail=100 -f; }

restart() {
  kubectl rollout restart -n "$NAMESPACE" "$(deployment "$1")"
  kubectl rollout status -n "$NAMESPACE" "$(deployment "$1")" --timeout=900s
}

in_container() {
  local part=$1 container=$2
  shift 2
  kubectl exec -n "$NAMESPACE" "$(deployment "$part")" -c "$container" -- "$@"
}

patch() { kubectl patch recordsponge -n "$NAMESPACE" "$ENVIRONMENT" --type=merge -p "$1"; }

# Builds in the container, and copies the result into the tree: the container cannot write there.
frontend_build() {
  in_container frontend node sh -c 'cd /src/frontend && BUILD_PATH=/tmp/build npm run build'
  rm -rf "$TREE/src/frontend/build"
  mkdir "$TREE/src/frontend/build"
  in_container frontend node sh -c 'tar -C /tmp/build -c .' | tar -C "$TREE/src/frontend/build" -x --no-same-owner
  chown -R --reference="$TREE/src/frontend" "$TREE/src/frontend/build"
}

# The watchers of the back end go on.
frontend_down() {
  local watchers
  watchers=$(kubectl get recordsponge -n "$NAMESPACE" "$ENVIRONMENT" -o json |
    jq -c '[.spec.dev.watchers[]? | select(.runs == "backend")]')
  patch "{\"spec\": {\"dev\": {\"watchers\": $watchers}}}"
  patch '{"spec": {"dev": {"frontend": null}}}'
}

# Shows what the scripts print.
initdb() {
  local request
  request=$(date +%s)
  kubectl annotate recordsponge -n "$NAMESPACE" "$ENVIRONMENT" "recordsponge.com/initdb=$request" --overwrite
  kubectl wait -n "$NAMESPACE" "$(deployment postgres)" --timeout=60s >/dev/null \
    --for=jsonpath="{.spec.template.spec.initContainers[0].env[?(@.name=='RECORDSPONGE_REQUEST')].value}=$request"
  kubectl rollout status -n "$NAMESPACE" "$(deployment postgres)" --timeout=900s
  kubectl logs -n "$NAMESPACE" "$(deployment postgres)" -c initdb
}

test_backend() {
  in_container backend app sh -c 'cd /src/backend && if command -v pipenv >/dev/null; then pipenv run mypy && pipenv run pytest; else python3 -m pytest; fi'
}

main() {
  check_root "$1"
  [ "$1" = new ] || build_tools
  case $1 in
    new | up) exec "$K8S_DEV/dev.sh" ;;
    down) patch '{"spec": {"suspend": true}}' ;;
    clobber) delete_environment ;;
    test) test_backend && in_container frontend node sh -c 'cd /src/frontend && CI=true npm test' ;;
    push) build_backend ;;
    pull) kubectl rollout restart -n "$NAMESPACE" "$(deployment backend)" ;;
    staging | prod) exec "$K8S_DEV/deploy.sh" "$1" ;;
    backend_build) build_backend && note "new pods start within seconds; make backend_logs shows them" ;;
    backend_reload) restart backend ;;
    backend_logs) logs backend app ;;
    backend_test) test_backend ;;
    frontend_build) frontend_build ;;
    frontend_clean) rm -rf "$TREE/src/frontend/build" ;;
    frontend_down) frontend_down ;;
    frontend_logs) logs frontend node ;;
    frontend_restart) start_frontend && restart frontend ;;
    frontend_test) kubectl exec -it -n "$NAMESPACE" "$(deployment frontend)" -c node -- sh -c 'cd /src/frontend && npm test' ;;
    frontend_test_no_watch) in_container frontend node sh -c 'cd /src/frontend && CI=true npm test' ;;
    initdb) initdb ;;
    *) die "There is no target '$1'." "See k8s-dev/app.mk." ;;
  esac
}

main "${1:-}"
