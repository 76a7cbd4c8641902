#!/usr/bin/env bash
# Starts Argo CD and a Git server beside the cluster, and the cluster if necessary. 'argocd.sh values' prints variables for
# the tests to standard output, and progress to standard error.
. "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

main() {
  if [ "${1:-}" = values ]; then
    bring_up_argocd >&2
    cat <<VALUES
ARGOCD=$ARGOCD
GIT_FOLDER=$ARGOCD_STATE/git
GIT_URL=http://127.0.0.1:$GIT_PORT
SERVER=127.0.0.1:$ARGOCD_PORT
WEB_HOOK=http://127.0.0.1:$ARGOCD_PORT/api/webhook
NAMESPACE=$ARGOCD_NAMESPACE
CONTROLLER_LOG=$LOG/argocd-application-controller.log
LABEL_NAMESPACE=$ARGOCD_LABEL_NAMESPACE
LABEL_CONTROLLER_LOG=$LOG/argocd-label-controller.log
VALUES
    return
  fi
  bring_up_argocd
  kubectl get applications -n "$ARGOCD_NAMESPACE"
  note "Git: git init --bare $ARGOCD_STATE/git/NAME.git, then push to http://127.0.0.1:$GIT_PORT/NAME.git"
  note "webhooks: http://127.0.0.1:$ARGOCD_PORT/api/webhook"
}

main "$@"
