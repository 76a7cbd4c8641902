# The operator's image has three layers: a JRE with the modules it needs, its libraries, and its code with an AOT cache.
# shellcheck shell=bash

QUARKUS_APP=$PROJECT/target/quarkus-app
JVM_OPTIONS=$PROJECT/deploy/image/jvm.options
JRE_PACKAGES=(base-files libc6 libstdc++6 zlib1g)
JRE_MODULES=java.base,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

# Covers the sources and the build output, to detect a manual build.
build_key() {
  {
    find "$PROJECT/src/main" "$PROJECT/pom.xml" "$PROJECT/.mvn" -type f -print0 2>/dev/null | sort -z | xargs -0 sha256sum
    stat -c %Z "$QUARKUS_APP/quarkus-run.jar" 2>/dev/null
  } | sha256sum
}

build_operator() {
  local stamp=$PROJECT/target/quarkus-app.key log=$PROJECT/target/package.log
  [ "$(cat "$stamp" 2>/dev/null)" != "$(build_key)" ] || return 0
  say "building the operator"
  mkdir -p "$PROJECT/target"
  (cd "$PROJECT" && ./mvnw -q -B -DskipTests package) >"$log" 2>&1 8>&- || {
    grep -E '^\[ERROR\]' "$log" | head -20 >&2
    die "The operator did not build." "See Maven's output in $log"
  }
  # The AOT cache is valid only for files with these times, wherever they are copied to.
  find "$QUARKUS_APP" -exec touch -h -d @0 {} +
  build_key >"$stamp"
}

# Sets JRE to a folder in the cache, with only the modules that the operator needs.
build_jre() {
  local work
  JRE=$CACHE/jre-$({ echo "$JRE_MODULES" && "$JAVA_HOME/bin/java" -version; } 2>&1 | sha256sum | cut -c1-12)
  [ ! -d "$JRE" ] || return 0
  note "linking a Java runtime"
  work=$JRE.partial.$BASHPID
  rm -rf "$JRE".partial.*
  "$JAVA_HOME/bin/jlink" --add-modules "$JRE_MODULES" --output "$work" \
    --strip-debug --no-header-files --no-man-pages >/dev/null
  mv -T "$work" "$JRE"
}

finish_jre_rootfs() {
  mkdir -p "$1/opt"
  cp -a "$JRE" "$1/opt/java"
}

pack_libraries() { umoci insert --image "$IMAGE" "$QUARKUS_APP/lib" /app/lib; }

pack_operator() {
  local work
  work=$(mktemp -d)
  cp -a "$QUARKUS_APP"/{app,quarkus,quarkus-run.jar} "$JVM_OPTIONS" "$work"
  cp -a "$AOT_CACHE" "$work/operator.aot"
  chmod -R a+rX "$work"
  umoci insert --image "$IMAGE" "$work" /app
  umoci config --image "$IMAGE" --config.user 65532:65532 --config.workingdir /app \
    --config.env LANG=C.UTF-8 --config.env MALLOC_ARENA_MAX=1 \
    --config.exposedports 8080/tcp --config.entrypoint /opt/java/bin/java --config.entrypoint @/app/jvm.options \
    --config.entrypoint -jar --config.entrypoint quarkus-run.jar
  rm -rf "$work"
}

folder_content_key() { (cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-12; }

# Builds the operator, its JRE and its AOT cache; sets JRE and AOT_CACHE.
build_runtime() {
  [ -f "$JVM_OPTIONS" ] || die "$JVM_OPTIONS is missing." "Restore it: git checkout deploy/image"
  build_operator
  build_jre
  build_aot_cache
}

# Sets OPERATOR_IMAGE to repository:tag. The tag is a hash of the content, so an unchanged operator is not redeployed.
publish_operator_image() {
  local base libraries tag
  build_runtime
  base=$(base_layer "jre-${JRE##*-}" finish_jre_rootfs "${JRE_PACKAGES[@]}")
  libraries=$(layer operator-libraries "$(folder_content_key "$QUARKUS_APP/lib")-${base##*-}" "$base" pack_libraries)
  tag=$({ echo "$AOT_CACHE" && cat "$JVM_OPTIONS" "$K8S_DEV/lib/operator-image.sh" && echo "$base"; } | sha256sum | cut -c1-12)
  OPERATOR_IMAGE=recordsponge/operator:$tag
  publish operator "$tag" on_layer "$libraries" pack_operator
}
