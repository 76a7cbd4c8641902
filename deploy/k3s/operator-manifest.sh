#!/usr/bin/env bash
# Prints a HelmChart for k3s' manifests folder that embeds the chart of this checkout. Does not need helm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# Reproducible: k3s upgrades the release whenever the bytes differ.
archive() {
  tar --create --directory=../helm --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
    --exclude=recordsponge-operator/tests --exclude=recordsponge-operator/ci recordsponge-operator | gzip --best --no-name
}

cat recordsponge-operator.yaml
printf '  chartContent: %s\n' "$(archive | base64 --wrap=0)"
