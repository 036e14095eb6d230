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
  elif [[ $PGSSLMODE == verify-* ]]; then
    # The server takes the authorities of the system then; PostgreSQL's own clients would not.
    PGSSLROOTCERT=$(system_authorities)
    export PGSSLROOTCERT
  fi
  export PGUSER PGPASSWORD PGHOST PGPORT PGDATABASE PGSSLMODE PGCONNECT_TIMEOUT
}

system_authorities() {
  local file
  for file in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
    if [[ -f $file ]]; then
      printf '%s' "$file"
      return 0
    fi
  done
}

query_database() {
  as_owner psql -X -q -At -v ON_ERROR_STOP=1 -c "$1"
}

is_database_there() {
  query_database 'SELECT 1' >/dev/null 2>&1
}

# await_database starts the PostgreSQL of this machine where it does not run, and waits for it: a
# minute at most, and five for an external one, which may be on its way to another machine.
await_database() {
  local seconds=300 end
  if is_database_there; then
    return 0
  fi
  if [[ ${SETTINGS[DATABASE]} == local ]]; then
    seconds=60
  fi
  warn "PostgreSQL does not answer; waiting $seconds seconds at most"
  if [[ ${SETTINGS[DATABASE]} == local ]]; then
    timeout "$seconds" systemctl start postgresql.service || true
  fi
  end=$((SECONDS + seconds))
  until is_database_there; do
    if ((SECONDS >= end)); then
      return 1
    fi
    sleep 0.5
  done
}

check_database_server() {
  local version client
  version=$(query_database 'SHOW server_version_num') ||
    fail "the database cannot be reached" "Check DATABASE and DATABASE_URL in settings.conf."
  version=$((version / 10000))
  use_clients_of "$version"
  client=$(as_owner pg_dump --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
  if ((client < POSTGRESQL_MINIMUM)); then
    fail "pg_dump is version $client, needed is $POSTGRESQL_MINIMUM" "Install a newer PostgreSQL client."
  fi
  if ((version < POSTGRESQL_MINIMUM)); then
    fail "PostgreSQL is version $version, the server needs $POSTGRESQL_MINIMUM" "Upgrade PostgreSQL first."
  fi
  if ((client < version)); then
    fail "pg_dump $client cannot save a database of PostgreSQL $version" \
      "Install the PostgreSQL $version client."
  fi
  check_database_owner
  if [[ $(database_content) == other ]]; then
    fail "the schema public of the database holds other tables, and none of a Mattermost server" \
      "Give the server a database of its own."
  fi
}

# use_clients_of MAJOR: what Debian has on the path are programs in Perl that look for these first,
# which takes longer than a small database to be saved.
use_clients_of() {
  local folder=/usr/lib/postgresql/$1/bin
  if [[ -x $folder/pg_dump ]]; then
    PATH=$folder:$PATH
  fi
}

# check_database_owner refuses what would keep a dump from being restored.
check_database_owner() {
  local extensions
  if [[ $(query_database "SELECT has_database_privilege(current_database(), 'CREATE') AND
      pg_has_role((SELECT nspowner FROM pg_namespace WHERE nspname = 'public'), 'USAGE')") != t ]]; then
    fail "the user of the database may not make its schema public anew" \
      "Make that user the owner of the database and of the schema public."
  fi
  extensions=$(query_database "SELECT string_agg(e.extname, ', ') FROM pg_extension e
    JOIN pg_namespace n ON n.oid = e.extnamespace AND n.nspname = 'public'
    JOIN pg_available_extension_versions v ON v.name = e.extname AND v.version = e.extversion
    WHERE NOT v.trusted")
  if [[ -n $extensions ]]; then
    fail "the schema public holds extensions that only a superuser can make: $extensions" \
      "Move each to another schema: ALTER EXTENSION ... SET SCHEMA ..."
  fi
}

# database_content prints what the schema public holds: server, other or nothing.
database_content() {
  query_database "SELECT CASE WHEN to_regclass('public.systems') IS NOT NULL THEN 'server'
    WHEN EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public') THEN 'other'
    ELSE 'nothing' END"
}

require_database_of_server() {
  if [[ $(database_content) != server ]]; then
    fail "the schema public of the database holds no tables of a Mattermost server" \
      "Check DATABASE_URL in settings.conf: the tables have to be in the schema public."
  fi
}

database_mebibytes() {
  query_database 'SELECT pg_database_size(current_database()) / 1048576 + 1'
}

# dump_database DUMP saves what the server has made: the schema public, and its extensions. Other
# schemas belong to others, and may be closed to it.
dump_database() {
  # Compressed little: people wait, and more takes half as long again for a few percent.
  # Where it fails the command must not end inside of it, where what it says goes to the file.
  as_owner pg_dump -Fc -Z 1 --schema=public --extension='*' >"$1.partial" ||
    fail "the database could not be saved" "Look at the message above, and at the free space of ${1%/*}."
  pg_restore --list "$1.partial" >/dev/null
  mv -f -- "$1.partial" "$1"
}

# print_extensions DUMP prints the statements that make the extensions of the schema public.
print_extensions() {
  local wanted
  wanted=$(pg_restore --list "$1" | sed -n '/ EXTENSION - /p') || return 1
  pg_restore -f - --use-list=<(printf '%s\n' "$wanted") "$1" |
    sed -n '/^CREATE EXTENSION .* WITH SCHEMA public;$/p'
}

# end_sessions ends what the server has left behind: PostgreSQL goes on with the migration of a server
# that was killed, and nobody else gets to its tables.
end_sessions() {
  query_database "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()" >/dev/null
}

# restore_database DUMP makes the database what it was. One transaction: all of it or nothing. Only
# where every part of the text was written does COMMIT follow; without it PostgreSQL takes all back.
restore_database() {
  end_sessions || return 1
  {
    printf 'BEGIN;\nSET LOCAL client_min_messages = warning;\n' &&
      printf 'DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n' &&
      print_extensions "$1" &&
      # Clients from 17 on write a setting that older servers do not know.
      pg_restore --no-owner --no-privileges --schema=public -f - "$1" |
      sed '1,30{/^SET transaction_timeout = 0;$/d}' &&
      printf 'COMMIT;\n'
  } | as_owner psql -X -q -v ON_ERROR_STOP=1 -o /dev/null -f -
}
