# shellcheck shell=bash
# Which server is installed, and whether it is the one that .env and compose.yaml name.

# offered_version prints the version that compose.yaml names.
offered_version() {
  # shellcheck disable=SC2016 # the text of compose.yaml
  sed -n 's/.*\${MATTERMOST_VERSION:-\([0-9.]*\)}.*/\1/p' compose.yaml
}

# installed_image prints the image of the server's container, or nothing.
installed_image() {
  local container
  container=$(container_of mattermost) || return 1
  [[ -z $container ]] || docker inspect --format '{{.Config.Image}}' "$container"
}

# installed_version prints the version of the server's container, or, where there is none, the
# one that last ran on the database, or nothing. The database runs.
installed_version() {
  local image
  image=$(installed_image) || return 1
  if [[ -n $image ]]; then
    printf '%s' "${image##*:}"
  else
    recorded_version
  fi
}

# require_same_edition ends the command when the server's container is of another one.
require_same_edition() {
  local image
  image=$(installed_image) || fail "the server's container cannot be looked at"
  [[ -z $image || ${image%:*} == *mattermost/mattermost-team-edition ]] ||
    fail "${image%:*} is installed, not mattermost/mattermost-team-edition" \
      "Put the old compose.yaml back. A wanted change: back up, then docker compose down."
}

# require_same_version ends the command when .env names another version than what is installed.
require_same_version() {
  local installed
  installed=$(installed_version) || fail "the installed version cannot be told"
  [[ -z $installed || $installed == "$(setting MATTERMOST_VERSION)" ]] ||
    fail "$installed is installed, but MATTERMOST_VERSION in .env is another" \
      "Set it back to $installed; bin/upgrade changes the version, with a backup."
}

# record_version VERSION notes in the database, where it outlives the container, what runs on it.
record_version() {
  database_shell <<<"COMMENT ON DATABASE mattermost IS 'Mattermost $1';"
}

recorded_version() {
  database_shell --no-align --tuples-only <<'SQL' | sed -n 's/^Mattermost \([0-9.]*\)$/\1/p'
SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'mattermost';
SQL
}
