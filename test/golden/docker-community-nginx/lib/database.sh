# shellcheck shell=bash
# The database "mattermost" and its user of the same name, who is no superuser.

# database_shell [OPTION]... runs the SQL on standard input as the superuser.
database_shell() {
  compose exec -T --env PGOPTIONS=--client-min-messages=warning postgres \
    psql --username postgres --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$@"
}

# ensure_database makes user and database when they are missing and sets the password.
ensure_database() {
  database_shell >/dev/null <<SQL
SELECT 'CREATE ROLE mattermost' WHERE NOT EXISTS
  (SELECT FROM pg_roles WHERE rolname = 'mattermost') \gexec
ALTER ROLE mattermost WITH LOGIN PASSWORD '$(database_password)';
SELECT 'CREATE DATABASE mattermost OWNER mattermost ENCODING ''UTF8'' TEMPLATE template0'
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'mattermost') \gexec
SQL
}

# dump_database FILE
dump_database() {
  compose exec -T postgres \
    pg_dump --username postgres --format custom mattermost </dev/null >"$1"
}

# read_dump FILE fails unless all of it can be read.
read_dump() {
  compose exec -T postgres pg_restore --file /dev/null <"$1"
}

# restore_database FILE fills a new database and only then puts it in the place of the old one,
# which stays as mattermost_previous. As the superuser: others may not make extensions.
restore_database() {
  local statements
  statements=$(dumped_settings "$1") || return 1
  database_shell >/dev/null <<'SQL' || return 1
DROP DATABASE IF EXISTS mattermost_incoming WITH (FORCE);
DROP DATABASE IF EXISTS mattermost_previous WITH (FORCE);
CREATE DATABASE mattermost_incoming OWNER mattermost ENCODING 'UTF8' TEMPLATE template0;
SQL
  compose exec -T postgres pg_restore --username postgres --dbname mattermost_incoming \
    --exit-on-error --no-acl <"$1" || return 1
  passed database-filled
  database_shell >/dev/null <<SQL
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'mattermost';
BEGIN;
ALTER DATABASE mattermost RENAME TO mattermost_previous;
ALTER DATABASE mattermost_incoming RENAME TO mattermost;
$statements
COMMIT;
\connect mattermost
ANALYZE;
SQL
}

# dumped_settings FILE prints the ALTER DATABASE ... SET statements: pg_restore takes them over
# only when it makes the database itself.
dumped_settings() {
  local statements
  statements=$(compose exec -T postgres pg_restore --create --section pre-data --no-acl \
    --file - <"$1") || return 1
  grep -E '^ALTER (DATABASE mattermost|ROLE mattermost IN DATABASE mattermost) SET ' \
    <<<"$statements" || true
}

# leftover_kilobytes prints the size of what restore_database drops before it begins.
leftover_kilobytes() {
  database_shell --no-align --tuples-only <<'SQL'
SELECT coalesce(sum(pg_database_size(datname)), 0)::bigint / 1024 FROM pg_database
  WHERE datname IN ('mattermost_incoming', 'mattermost_previous');
SQL
}

# drop_previous_database: what was restored has proved itself.
drop_previous_database() {
  database_shell >/dev/null <<<'DROP DATABASE IF EXISTS mattermost_previous WITH (FORCE);' ||
    warn "the database mattermost_previous could not be dropped: it only takes space"
}

# table_counts prints each table with the number of its rows.
table_counts() {
  database_shell --dbname mattermost --no-align --tuples-only <<'SQL'
SELECT format('SELECT %L, count(*) FROM %I.%I', tablename, schemaname, tablename)
  FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename COLLATE "C" \gexec
SQL
}

# database_kilobytes prints the size of the database.
database_kilobytes() {
  database_shell --no-align --tuples-only \
    <<<"SELECT pg_database_size('mattermost') / 1024;"
}
