# PostgreSQL on the host, as on the droplet: pods connect over TLS, root over a socket in the state folder.
# shellcheck shell=bash

POSTGRES=$STATE/postgres

as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups --reset-env "$@"; }

postgres_programs() {
  local newest
  newest=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 2>/dev/null | sort -V | tail -1)
  [ -x "$newest/bin/postgres" ] || die "PostgreSQL's server programs are missing." "apt-get install postgresql"
  echo "$newest/bin"
}

start_postgres() {
  local bin data
  bin=$(postgres_programs)
  data=$POSTGRES/$(basename "$(dirname "$bin")")
  install -d -o postgres -g postgres -m 700 "$POSTGRES" "$POSTGRES/socket"
  install -o postgres -g postgres -m 600 "$PKI/postgres.crt" "$PKI/postgres.key" "$POSTGRES"
  if [ ! -s "$data/PG_VERSION" ]; then
    rm -rf "$data"
    as_postgres "$bin/initdb" --pgdata="$data" --encoding=UTF8 --locale=C.UTF-8 --auth=trust --no-sync >"$LOG/initdb.log" 2>&1 ||
      die "initdb could not create PostgreSQL's data folder $data." "See $LOG/initdb.log"
  fi
  cat >"$data/pg_hba.conf" <<HBA
local   all all                 trust
hostssl all all $POD_NETWORK scram-sha-256
HBA
  # A killed server leaves lock files with its pid, which may now be that of another process.
  running postgres || rm -f "$data/postmaster.pid" "$POSTGRES"/socket/.s.PGSQL.*
  start postgres setpriv --reuid=postgres --regid=postgres --init-groups --reset-env \
    "$bin/postgres" -D "$data" -c "listen_addresses=$NODE_IP" -c port=5432 \
    -c "unix_socket_directories=$POSTGRES/socket" -c password_encryption=scram-sha-256 \
    -c ssl=on -c "ssl_cert_file=$POSTGRES/postgres.crt" -c "ssl_key_file=$POSTGRES/postgres.key"
  wait_up 30 postgres "a connection" sql postgres -c 'SELECT 1'
}

# sql DATABASE PSQL-OPTIONS...: runs psql as the superuser; accepts statements on standard input.
sql() {
  local database=$1
  shift
  as_postgres psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 \
    --host="$POSTGRES/socket" --username=postgres --dbname="$database" "$@"
}

# can_log_in DATABASE PASSWORD: logs in as a pod would, over TLS, and verifies the server's certificate.
can_log_in() {
  PGPASSWORD=$2 PGSSLMODE=verify-full PGSSLROOTCERT=$PKI/database-ca.crt PGCONNECT_TIMEOUT=5 \
    psql --no-psqlrc --host="$NODE_IP" --username="$1" --dbname="$1" --command='SELECT 1' >/dev/null 2>&1
}

# example_database NAME SECRET: creates a database, the role of the same name that owns it, and a Secret for it.
example_database() {
  local name=$1 secret=$2 password
  if password=$(kubectl get secret "$secret" -n "$NAMESPACE" -o jsonpath='{.data.password}' 2>/dev/null | base64 -d) && [ -n "$password" ]; then
    ! can_log_in "$name" "$password" || return 0
  else
    password=$(openssl rand -hex 24)
    kubectl create -f - <<<"{apiVersion: v1, kind: Secret, metadata: {name: $secret, namespace: $NAMESPACE}, type: kubernetes.io/basic-auth, stringData: {username: $name, password: $password}}"
  fi
  sql postgres <<SQL
SELECT 'CREATE ROLE "$name" LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$name') \gexec
ALTER ROLE "$name" PASSWORD '$password';
SELECT 'CREATE DATABASE "$name" OWNER "$name"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$name') \gexec
SQL
  can_log_in "$name" "$password" || die "The role $name cannot log in to PostgreSQL on $NODE_IP." "See $LOG/postgres.log"
}
