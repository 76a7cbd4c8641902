#!/usr/bin/env bash
# Builds the cluster's programs from Go modules into the cache and prints the folder that holds them.
# Each module is built once per content of its go.mod, go.sum and main.go; an interrupted build is resumed.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

TOOLS=$K8S_DEV/tools
KUBERNETES_VERSION=v1.36.3

# Packages of a module, as `go build` names them.
packages() {
  case $1 in
    coredns) echo . ;;
    *) (cd "$TOOLS/$1" && go list -f '{{.ImportPath}}' tool) ;;
  esac
}

# What a package's program is called, where its folder says something else.
program() {
  case $1 in
    go.etcd.io/etcd/server/v3) echo etcd ;;
    github.com/cert-manager/cert-manager/cmd/controller) echo cert-manager-controller ;;
    github.com/cert-manager/cert-manager/cmd/acmesolver) echo cert-manager-acmesolver ;;
    .) echo coredns ;;
    *) basename "$1" ;;
  esac
}

ldflags() {
  local flags="-s -w" package
  if [ "$1" = kubernetes ]; then
    for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
      flags="$flags -X $package.gitVersion=$KUBERNETES_VERSION -X $package.gitMajor=1 -X $package.gitMinor=36"
    done
  fi
  echo "$flags"
}

# Files that a module ships beside its code and the cluster needs.
extras() {
  local module
  case $1 in
    cert-manager)
      module=$(cd "$TOOLS/$1" && go list -m -f '{{.Dir}}' github.com/cert-manager/cert-manager)
      # The files are Helm templates; without the lines in braces they are plain CRDs.
      for crd in "$module"/deploy/crds/crd-*.yaml; do
        echo ---
        sed '/{{/d' "$crd"
      done >"$2/cert-manager-crds.yaml"
      ;;
    traefik)
      module=$(cd "$TOOLS/$1" && go list -m -f '{{.Dir}}' github.com/traefik/traefik/v3)
      install -m 644 "$module/docs/content/reference/dynamic-configuration/kubernetes-crd-definition-v1.yml" \
        "$2/traefik-crds.yaml"
      ;;
  esac
}

# Shows how far `go build -v` has come: it names each package that it compiles.
progress() {
  awk -v module="$1" -v start="$(date +%s)" -v tty="$([ -t 2 ] && echo 1 || echo 0)" '
    { built++; now = systime()
      if (tty) printf "\r    %-13s %5d packages, %4d s  %-40.40s", module, built, now - start, $0 > "/dev/stderr"
      else if (now - last >= 20) { last = now; printf "    %-13s %5d packages, %4d s\n", module, built, now - start > "/dev/stderr" }
      if ($0 ~ /:[0-9]+:/ || $0 ~ /^#/) failed = failed $0 "\n" }
    END { if (tty && built) printf "\r%-80s\r", "" > "/dev/stderr"
          if (failed) printf "%s", failed > "/dev/stderr" }'
}

build() {
  local module=$1 target=$2 started=$SECONDS work package
  say "building $module (once; kept in $target)" >&2
  work=$target.partial
  rm -rf "$work" && mkdir -p "$work"
  for package in $(packages "$module"); do
    (cd "$TOOLS/$module" &&
      CGO_ENABLED=0 go build -v -trimpath -buildvcs=false -ldflags "$(ldflags "$module")" \
        -o "$work/$(program "$package")" "$package" 2>&1 | progress "$module") ||
      die "$module: $package did not build." "Its output is above; run 'make new' again to resume."
  done
  extras "$module" "$work"
  mv -T "$work" "$target"
  note "$module built in $((SECONDS - started)) s" >&2
}

# key MODULE: what decides whether a build can be reused.
key() {
  { content_key "$TOOLS/$1"/* "$TOOLS/build.sh"; go env GOVERSION; } | sha256sum | cut -c1-12
}

main() {
  local bin module target
  command -v go >/dev/null || die "Go is not installed." "Install Go 1.26 or newer and put it on PATH."
  mkdir -p "$CACHE/tools"
  exec 9>"$CACHE/tools/lock"
  flock -n 9 || { say "waiting for another build of the cluster's parts" >&2; flock 9; }
  for module in "$@"; do
    target=$CACHE/tools/$module-$(key "$module")
    [ -d "$target" ] || build "$module" "$target"
    echo "$target"
  done
}

main "$@"
