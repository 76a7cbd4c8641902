# Images of the sample application, with the same tags as the real one: dev, staging and prod.
# shellcheck shell=bash

SAMPLE_TAGS=(dev staging prod)
SAMPLE=$K8S_DEV/sample-app
SAMPLE_PACKAGES=(base-files libc6 libc-bin busybox-static uwsgi-core uwsgi-plugin-python3 python3-flask python3-psycopg2
  python3-pytest)

finish_sample_rootfs() {
  ln -s busybox "$1/bin/sh"
  chroot "$1" /usr/bin/python3 -m compileall -q /usr/lib/python3.11 /usr/lib/python3/dist-packages >/dev/null || true
}

# pack_sample BUILD-ID: packs the application's files; those of the tag dev are only what the image was built from.
pack_sample() {
  local work
  work=$(mktemp -d)
  mkdir -p "$work/frontend" "$work/backend"
  if [ "$1" = dev ]; then
    cp "$SAMPLE"/src/backend/Pipfile* "$work/backend"
  else
    cp "$SAMPLE"/src/backend/* "$work/backend"
    cp -r "$SAMPLE/src/frontend/build" "$work/frontend/build"
    echo "$1" >"$work/build-id"
  fi
  install -d -o 65534 -g 65534 "$work/backend/logs" "$work/backend/flask_session"
  chmod -R a+rX "$work"
  umoci insert --image "$IMAGE" "$work" /src
  umoci config --image "$IMAGE" --config.workingdir /src/backend --config.exposedports 5000/tcp \
    --config.env PYTHONDONTWRITEBYTECODE=1 \
    --config.entrypoint /usr/bin/uwsgi-core --config.cmd --ini --config.cmd /src/backend/uwsgi.ini
  rm -rf "$work"
}

# The image's own tag: it changes with the application's files.
sample_tag() {
  local key
  key=$(content_key "$SAMPLE"/src/backend/* "$SAMPLE"/src/frontend/build/* "$K8S_DEV"/lib/{sample-app,rootfs}.sh | cut -c1-12)
  echo "$key-$1"
}

sample_base() { base_layer expungeservice finish_sample_rootfs "${SAMPLE_PACKAGES[@]}"; }

# build_sample_image TAG: packs the image into the cache, once.
build_sample_image() {
  local own build=dev base
  own=$(sample_tag "$1")
  [ "$1" = dev ] || build=$1-${own%-*}
  base=$(sample_base)
  pack expungeservice "$own" on_layer "$base" pack_sample "$build"
}

# push_sample_image TAG: pushes the built image, and moves the tag to it.
push_sample_image() {
  local own
  own=$(sample_tag "$1")
  in_registry expungeservice "$own" || push "$(packed expungeservice "$own")" expungeservice "$own"
  retag expungeservice "$own" "$1"
  note "recordsponge/expungeservice:$1 is $(digest_in_registry expungeservice "$1")"
}

publish_sample_images() {
  local tag
  for tag in "${SAMPLE_TAGS[@]}"; do
    ! { in_registry expungeservice "$(sample_tag "$tag")" && in_registry expungeservice "$tag"; } || continue
    build_sample_image "$tag"
    push_sample_image "$tag"
  done
}
