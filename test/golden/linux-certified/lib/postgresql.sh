# shellcheck shell=bash
# PostgreSQL on this machine: its packages, and a database for the server, whose account is its own
# role there and needs no password.

# What is installed where the system's own is older than 15 (Ubuntu 22.04).
POSTGRESQL_FROM_PROJECT=17

install_database() {
  if [[ ${SETTINGS[DATABASE]} == local ]]; then
    if [[ $FAMILY == debian ]]; then
      install_postgresql_debian
    else
      install_postgresql_rhel
    fi
    systemctl enable --now --quiet postgresql.service
    wait_for_postgresql
    if [[ ! $(as_superuser -c 'SHOW listen_addresses') =~ ^(localhost|127\.0\.0\.1)?$ ]]; then
      warn "PostgreSQL listens on more than this machine: see listen_addresses in its configuration"
    fi
    create_database
  else
    install_clients
  fi
  check_database_server
}

install_postgresql_debian() {
  local candidate
  if compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; then
    return 0
  fi
  install_packages postgresql-common
  candidate=$(apt-cache policy postgresql | sed -n 's/^ *Candidate: \([0-9]*\).*/\1/p')
  if ((${candidate:-0} >= 15)); then
    install_packages postgresql
    return 0
  fi
  say "PostgreSQL ${candidate:-?} of this system is too old; adding the repository of the PostgreSQL project"
  (umask 0022 && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y)
  install_packages "postgresql-$POSTGRESQL_FROM_PROJECT"
}

install_postgresql_rhel() {
  if ! command -v postgres >/dev/null; then
    choose_postgresql_rhel
    install_packages "$POSTGRESQL_PACKAGE-server"
  fi
  if [[ ! -f /var/lib/pgsql/data/PG_VERSION ]]; then
    postgresql-setup --initdb
  fi
}

# choose_postgresql_rhel sets POSTGRESQL_PACKAGE, and makes a version its own that is new enough.
choose_postgresql_rhel() {
  POSTGRESQL_PACKAGE=postgresql
  case $(release_value ID):$(release_value VERSION_ID) in
  amzn:*) POSTGRESQL_PACKAGE=postgresql16 ;;
  *:7*)
    fail "the PostgreSQL of this system is too old, its client too" \
      "Use DATABASE=external, and install a client of version $POSTGRESQL_MINIMUM or later first."
    ;;
  fedora:* | *:1[0-9]*) ;;
  *)
    "$(package_manager)" -q -y module enable postgresql:16 ||
      fail "the module postgresql:16 cannot be enabled" \
        "If another stream is on, reset it: $(package_manager) module reset postgresql"
    ;;
  esac
}

install_clients() {
  if command -v pg_dump >/dev/null; then
    return 0
  fi
  if [[ $FAMILY == debian ]]; then
    install_packages postgresql-client
  else
    choose_postgresql_rhel
    install_packages "$POSTGRESQL_PACKAGE"
  fi
}

wait_for_postgresql() {
  local try
  for ((try = 0; try < 30; try++)); do
    if as_superuser -c 'SELECT 1' >/dev/null 2>&1; then
      return 0
    fi
    sleep 1
  done
  as_superuser -c 'SELECT 1' >/dev/null ||
    fail "PostgreSQL does not answer" "systemctl status postgresql says why."
}

as_superuser() {
  (cd / && runuser -u postgres -- psql -X -q -At -v ON_ERROR_STOP=1 "$@")
}

create_database() {
  local locale=C.UTF-8
  if [[ $(as_superuser -c "SELECT 1 FROM pg_roles WHERE rolname = '$ACCOUNT'") != 1 ]]; then
    as_superuser -c "CREATE ROLE $ACCOUNT LOGIN"
  fi
  reached install-role
  if [[ $(as_superuser -c "SELECT 1 FROM pg_database WHERE datname = '$DATABASE_NAME'") != 1 ]]; then
    if locale -a | grep -i '^en_US\.utf-\?8$' >/dev/null; then
      locale=en_US.UTF-8
    fi
    as_superuser -c "CREATE DATABASE $DATABASE_NAME OWNER $ACCOUNT TEMPLATE template0
      ENCODING 'UTF8' LC_COLLATE '$locale' LC_CTYPE '$locale'"
  fi
  reached install-empty-database
  # Since PostgreSQL 15 only the owner may create tables in this schema.
  as_superuser -d "$DATABASE_NAME" -c "ALTER SCHEMA public OWNER TO $ACCOUNT" \
    -c "ALTER DATABASE $DATABASE_NAME SET default_text_search_config = 'pg_catalog.english'" \
    -c "REVOKE CONNECT ON DATABASE $DATABASE_NAME FROM PUBLIC"
}
