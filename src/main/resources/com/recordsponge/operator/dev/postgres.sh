# shellcheck shell=sh
# Prepares the data folder before the server starts: creates it once, and runs the scripts of the tree once and on request.
# People may have worked on the data since: no request is not a new one, and a request that succeeded is not repeated.
# The result is the termination message: a word, and for a failure more lines. A failed script does not stop the server.
set -eu
home=/var/lib/postgresql
data=$home/data
folder=$RECORDSPONGE_SOURCE/$RECORDSPONGE_INITDB
record=$home/initdb-request
known=$home/initdb-files # of the last run that succeeded
clients=$PGHOST/clients
request=$(printf '%s' "$RECORDSPONGE_REQUEST") # as $(cat) reads the record: without line breaks at the end
message=${RECORDSPONGE_MESSAGE:-/dev/termination-log}
log=$PGHOST/initdb.log

report() { printf '%s\n' "$@" >"$message"; }

create_data() {
  rm -rf "$data.partial"
  (umask 077 && printf '%s\n' "$PGPASSWORD" >"$PGHOST/password")
  initdb --pgdata="$data.partial" --username="$PGUSER" --pwfile="$PGHOST/password" --auth-local=trust \
    --auth-host=scram-sha-256 --encoding=UTF8 --locale=C
  rm "$PGHOST/password"
  echo 'host all all all scram-sha-256' >>"$data.partial/pg_hba.conf"
  mv "$data.partial" "$data"
}

# The Secret can be newer than the data.
set_password() {
  printf "ALTER ROLE \"%s\" PASSWORD '%s';\n" "$PGUSER" "$(printf '%s' "$PGPASSWORD" | sed "s/'/''/g")" |
    psql --quiet --no-psqlrc --dbname=postgres
}

create_database() {
  [ "$(psql --no-psqlrc -tAc "SELECT count(*) FROM pg_database WHERE datname = '$PGDATABASE'" postgres)" = 1 ] ||
    createdb "$PGDATABASE"
}

# The folder on the way to the scripts that this user cannot enter or list, if there is one.
closed_folder() {
  path=$folder
  while [ ! -e "$path" ]; do path=$(dirname "$path"); done
  [ -x "$path" ] && { [ "$path" != "$folder" ] || [ -r "$path" ]; } || echo "$path"
}

# Scripts for another machine can set its host, port and user: here, the programs keep their own. The database exists already.
create_clients() {
  mkdir -p "$clients"
  for program in psql createdb createuser dropdb dropuser pg_dump pg_restore; do
    cat >"$clients/$program" <<END
#!/bin/sh
unset PGPORT
PGHOST=\$RECORDSPONGE_HOST PGUSER=\$RECORDSPONGE_USER exec $(command -v "$program") "\$@"
END
  done
  mv "$clients/createdb" "$clients/create"
  cat >"$clients/createdb" <<END
#!/bin/sh
words=\$("$clients/create" "\$@" 2>&1) && exit
case \$words in *'already exists'*) exit 0 ;; esac
echo "\$words" >&2
exit 1
END
  chmod +x "$clients"/*
  export RECORDSPONGE_HOST="$PGHOST" RECORDSPONGE_USER="$PGUSER"
}

run() {
  case $1 in
    *.sql) psql --quiet --file="$1" ;;
    *) if head -n 1 "$1" | grep -q bash; then PATH=$clients:$PATH bash "$1"; else PATH=$clients:$PATH sh "$1"; fi ;;
  esac
}

# Shell scripts alone, where there are any; they run the SQL files.
scripts() {
  set -- *.sh
  [ -e "$1" ] || set -- *.sql
  [ ! -e "$1" ] || printf '%s\n' "$@"
}

# Below the folder or, as in the public project, in its folder initdb. Fails where there are none.
find_scripts() {
  for place in "" initdb; do
    cd "$folder/$place" 2>/dev/null || continue
    scripts >"$PGHOST/scripts"
    [ ! -s "$PGHOST/scripts" ] || return 0
  done
  return 1
}

files() { (cd "$folder" && find . -type f -exec cksum {} + 2>/dev/null | sort); }

scripts_are_due() { [ ! -e "$record" ] || { [ -n "$request" ] && [ "$request" != "$(cat "$record")" ]; }; }

run_scripts() {
  echo '\set ON_ERROR_STOP on' >"$PGHOST/psqlrc"
  export PSQLRC="$PGHOST/psqlrc"
  create_clients
  while IFS= read -r script; do
    echo "initdb: $script"
    if ! run "$script" >"$log" 2>&1 </dev/null; then
      cat "$log"
      report failed "${place:+$place/}$script" "$(grep -m 1 -E 'ERROR:|FATAL:' "$log" || tail -n 1 "$log")"
      return
    fi
    cat "$log"
  done <"$PGHOST/scripts"
  printf '%s' "$request" >"$record"
  files >"$known"
  report "done"
}

prepare_contents() {
  closed=$(closed_folder)
  if [ -n "$closed" ]; then
    report unreadable "$closed"
  elif [ ! -d "$folder" ]; then
    report none
  elif ! find_scripts; then
    report empty
  elif scripts_are_due; then
    run_scripts
  elif [ -e "$known" ] && [ "$(files)" != "$(cat "$known")" ]; then
    report changed
  else
    report "done"
  fi
}

version=$(postgres --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
if [ -e "$data/PG_VERSION" ] && [ "$(cat "$data/PG_VERSION")" != "$version" ]; then
  report incompatible "$(cat "$data/PG_VERSION")" "$version"
  exit 1
fi
[ -d "$data" ] || create_data
ln -sfn "$folder" "$home/config"
# Of a server in a pod that is gone: its number can be that of another process here.
rm -f "$data/postmaster.pid"
pg_ctl --pgdata="$data" --wait --silent --log="$PGHOST/server.log" \
  --options="-c listen_addresses='' -c unix_socket_directories='$PGHOST'" start
set_password
create_database
prepare_contents
pg_ctl --pgdata="$data" --wait --silent --mode=fast stop
