# shellcheck shell=bash
# Starting the services, each when what it needs is there.

start_database() {
  compose up --detach postgres || return 1
  wait_healthy postgres || return 1
  ensure_database
}

# start_server [VERSION] fails unless the server is healthy and, if given, has the version.
start_server() {
  local running
  compose up --detach --no-deps mattermost || return 1
  wait_healthy mattermost || return 1
  if [[ -n ${1:-} ]]; then
    running=$(wait_version)
    if [[ $running != "$1" ]]; then
      warn "the server says that it is ${running:-of no version}, not $1"
      return 1
    fi
  fi
  record_version "$(setting MATTERMOST_VERSION)"
}

start_proxy() {
  compose up --detach --no-deps proxy || return 1
  wait_healthy proxy
}

# open_unchanged COMMAND starts what was stopped when nothing was changed. It writes no file: the disk
# may be full. COMMAND is what tries it again.
open_unchanged() {
  step "Starting again what was stopped"
  start_database || fail "the database does not start and the site is closed; nothing was changed" \
    "See bin/logs postgres, then run $1 again."
  start_server "$(setting MATTERMOST_VERSION)" ||
    fail "the server does not start and the site is closed; nothing was changed" \
      "See bin/logs mattermost, then run $1 again."
  start_proxy || fail "the proxy does not start; nothing was changed" \
    "See bin/logs proxy, then run $1 again."
  finish || fail "the site is open, but .state/ cannot be written" "Run $1 again."
}

# stop_site closes the site: nobody writes any more.
stop_site() {
  compose stop proxy mattermost
}
