# Images of the sample application, with the same tags as the real one: dev, staging and prod.
# shellcheck shell=bash

SAMPLE_PACKAGES=(base-files libc6 libc-bin busybox-static uwsgi-core uwsgi-plugin-python3 python3-flask python3-psycopg2)

finish_sample_rootfs() {
  ln -s busybox "$1/bin/sh"
  chroot "$1" /usr/bin/python3 -m compileall -q /usr/lib/python3.11 /usr/lib/python3/dist-packages >/dev/null || true
}

# pack_sample BUILD-ID: packs the application's files.
pack_sample() {
  local work
  work=$(mktemp -d)
  mkdir -p "$work/frontend" "$work/backend"
  cp "$K8S_DEV"/sample-app/backend/* "$work/backend"
  cp -r "$K8S_DEV/sample-app/frontend" "$work/frontend/build"
  install -d -o 65534 -g 65534 "$work/backend/logs" "$work/backend/flask_session"
  [ "$1" = dev ] || echo "$1" >"$work/build-id"
  chmod -R a+rX "$work"
  umoci insert --image "$IMAGE" "$work" /src
  umoci config --image "$IMAGE" --config.workingdir /src/backend --config.exposedports 5000/tcp \
    --config.env PYTHONDONTWRITEBYTECODE=1 \
    --config.entrypoint /usr/bin/uwsgi-core --config.cmd --ini --config.cmd /src/backend/uwsgi.ini
  rm -rf "$work"
}

publish_sample_images() {
  local key tag build base
  key=$(content_key "$K8S_DEV"/sample-app/*/* "$K8S_DEV"/lib/{sample-app,rootfs}.sh | cut -c1-12)
  for tag in dev staging prod; do
    ! { in_registry expungeservice "$key-$tag" && in_registry expungeservice "$tag"; } || continue
    build=dev
    [ "$tag" = dev ] || build=$tag-$key
    base=$(base_layer expungeservice finish_sample_rootfs "${SAMPLE_PACKAGES[@]}")
    publish expungeservice "$key-$tag" on_layer "$base" pack_sample "$build"
    retag expungeservice "$key-$tag" "$tag"
  done
}
