# shellcheck shell=bash
# The database of the server, wherever it is: its address, and saving and restoring it.

# The oldest major version of PostgreSQL that current servers take.
POSTGRESQL_MINIMUM=14
SOCKETS=/var/run/postgresql

# database_address prints the address that the server connects to.
database_address() {
  if [[ ${SETTINGS[DATABASE]} == local ]]; then
    printf 'postgres://%s@/%s?host=%s&sslmode=disable&connect_timeout=10' \
      "$ACCOUNT" "$DATABASE_NAME" "$SOCKETS"
  else
    printf '%s' "${SETTINGS[DATABASE_URL]}"
  fi
}

percent_decode() {
  local text=${1//\\/\\\\}
  printf '%b' "${text//%/\\x}"
}

# as_owner COMMAND... runs a PostgreSQL client on the server's database as its owner. The password
# goes through the environment, never the command line.
as_owner() {
  if [[ ${SETTINGS[DATABASE]} == local ]]; then
    (cd / && runuser -u "$ACCOUNT" -- env PGHOST="$SOCKETS" PGUSER="$ACCOUNT" \
      PGDATABASE="$DATABASE_NAME" "$@")
  else
    (export_external_database && exec "$@")
  fi
}

# export_external_database sets what PostgreSQL clients read from DATABASE_URL.
export_external_database() {
  [[ ${SETTINGS[DATABASE_URL]} =~ $DATABASE_URL_PATTERN ]] || return 1
  PGUSER=$(percent_decode "${BASH_REMATCH[2]}")
  PGPASSWORD=$(percent_decode "${BASH_REMATCH[3]}")
  PGHOST=${BASH_REMATCH[4]//[\[\]]/}
  PGPORT=${BASH_REMATCH[7]:-5432}
  PGDATABASE=${BASH_REMATCH[8]}
  local query="&${BASH_REMATCH[10]}&"
  PGSSLMODE=require
  PGCONNECT_TIMEOUT=10
  if [[ $query =~ \&sslmode=([a-z-]+)\& ]]; then
    PGSSLMODE=${BASH_REMATCH[1]}
  fi
  if [[ $query =~ \&sslrootcert=([^&]+)\& ]]; then
    PGSSLROOTCERT=$(percent_decode "${BASH_REMATCH[1]}")
    export PGSSLROOTCERT
  fi
  export PGUSER PGPASSWORD PGHOST PGPORT PGDATABASE PGSSLMODE PGCONNECT_TIMEOUT
}

query_database() {
  as_owner psql -X -q -At -v ON_ERROR_STOP=1 -c "$1"
}

check_database_server() {
  local version client
  version=$(query_database 'SHOW server_version_num') ||
    fail "the database cannot be reached" "Check DATABASE and DATABASE_URL in settings.conf."
  version=$((version / 10000))
  if ((version < POSTGRESQL_MINIMUM)); then
    fail "PostgreSQL is version $version, the server needs $POSTGRESQL_MINIMUM" "Upgrade PostgreSQL first."
  fi
  client=$(as_owner pg_dump --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
  if ((client < version)); then
    fail "pg_dump $client cannot save a database of PostgreSQL $version" \
      "Install the PostgreSQL $version client."
  fi
}

database_mebibytes() {
  query_database 'SELECT pg_database_size(current_database()) / 1048576 + 1'
}

dump_database() {
  as_owner pg_dump -Fc >"$1"
  pg_restore --list "$1" >/dev/null
}

# restore_database DUMP makes the database what it was. One transaction: all of it or nothing.
restore_database() {
  {
    printf 'BEGIN;\nSET LOCAL client_min_messages = warning;\n'
    printf 'DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n'
    pg_restore --no-owner --no-privileges -f - "$1"
    printf 'COMMIT;\n'
  } | as_owner psql -X -q -v ON_ERROR_STOP=1 -o /dev/null -f -
}
