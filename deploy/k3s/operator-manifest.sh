#!/usr/bin/env bash
# Prints the operator's release for k3s' manifests folder, with the chart of this checkout inside. Needs no helm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The same bytes for the same chart: k3s upgrades the release whenever they differ.
archive() {
  tar --create --directory=../helm --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
    --exclude=recordsponge-operator/tests --exclude=recordsponge-operator/ci recordsponge-operator | gzip --best --no-name
}

cat recordsponge-operator.yaml
printf '  chartContent: %s\n' "$(archive | base64 --wrap=0)"
