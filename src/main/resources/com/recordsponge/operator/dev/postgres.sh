# shellcheck shell=sh
# Prepares the data folder before the server starts: creates it once, and runs the scripts of the tree once and on request.
# People may have worked on the data since: no request is not a new one, and a request that succeeded is not repeated.
# The result is the termination message: a word, and for a failure more lines. A failed script does not stop the server.
set -eu
home=/var/lib/postgresql
data=$home/data
folder=$RECORDSPONGE_SOURCE/$RECORDSPONGE_INITDB
record=$home/initdb-request
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

run() {
  case $1 in
    *.sql) psql --quiet --file="$1" ;;
    *) if head -n 1 "$1" | grep -q bash; then bash "$1"; else sh "$1"; fi ;;
  esac
}

# Shell scripts alone, where there are any; they run the SQL files.
scripts() {
  set -- *.sh
  [ -e "$1" ] || set -- *.sql
  [ ! -e "$1" ] || printf '%s\n' "$@"
}

scripts_are_due() { [ ! -e "$record" ] || { [ -n "$request" ] && [ "$request" != "$(cat "$record")" ]; }; }

run_scripts() {
  cd "$folder"
  echo '\set ON_ERROR_STOP on' >"$PGHOST/psqlrc"
  export PSQLRC="$PGHOST/psqlrc"
  scripts >"$PGHOST/scripts"
  while IFS= read -r script; do
    echo "initdb: $script"
    if ! run "$script" >"$log" 2>&1 </dev/null; then
      cat "$log"
      report failed "$script" "$(grep -m 1 -E 'ERROR|FATAL' "$log" || tail -n 1 "$log")"
      return
    fi
    cat "$log"
  done <"$PGHOST/scripts"
  printf '%s' "$request" >"$record"
  report "done"
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
if [ ! -d "$folder" ]; then
  report none
elif scripts_are_due; then
  run_scripts
else
  report "done"
fi
pg_ctl --pgdata="$data" --wait --silent --mode=fast stop
