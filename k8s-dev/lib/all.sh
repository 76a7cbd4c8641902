# Sources the cluster's scripts, each after those that it depends on.
# shellcheck shell=bash
for part in common config process pki control-plane network node cleanup images postgres addons argocd preflight packages cluster \
  rootfs sample-app aot-cache operator-image operator examples \
  dev-images dev-volumes dev; do
  # shellcheck source=/dev/null
  . "$(dirname "${BASH_SOURCE[0]}")/$part.sh"
done
unset part
