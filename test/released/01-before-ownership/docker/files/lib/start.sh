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
    running=$(server_version) || return 1
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

# stop_site closes the site: nobody writes any more.
stop_site() {
  compose stop proxy mattermost
}
