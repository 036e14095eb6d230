# shellcheck shell=bash
# The steps of an upgrade. Until it is finished the proxy stands still, so that going back
# loses nothing that anybody wrote.

# fetch_server VERSION
fetch_server() {
  MATTERMOST_VERSION=$1 compose pull --quiet mattermost && return
  docker image inspect "$(MATTERMOST_VERSION=$1 server_image)" >/dev/null 2>&1 || return 1
  warn "the registry did not give the image of $1; the one on this machine is taken"
}

# switch_server FROM TO BACKUP
switch_server() {
  begin action=upgrade phase=switch "from=$1" "to=$2" "backup=$3"
  pin_version "$2"
  start_server "$2"
}

# finish_upgrade: from here on people write to the new version.
finish_upgrade() {
  finish
  start_proxy || fail "the server runs, but the proxy does not" "See bin/logs proxy."
}

# go_back FROM BACKUP puts the old version and its database back.
go_back() {
  step "Going back to $1"
  compose stop mattermost
  if start_database && put_back "$2" && start_server "$1"; then
    finish
    start_proxy || warn "the proxy does not run: see bin/logs proxy"
    return
  fi
  fail "$1 could not be put back; the backup $2 is complete" \
    "Remove the cause and run bin/upgrade or bin/restore $2."
}

# resume_upgrade deals with an upgrade that was interrupted.
resume_upgrade() {
  local from to backup
  from=$(unfinished from) to=$(unfinished to) backup=$(unfinished backup)
  warn "the upgrade from $from to $to was interrupted"
  if [[ $(unfinished phase) == backup ]]; then
    step "Starting $from again: nothing had been changed"
    if ! start_database || ! start_server "$from"; then
      fail "$from does not start" "See bin/logs mattermost."
    fi
    finish_upgrade
    return
  fi
  if is_healthy postgres && is_healthy mattermost && [[ $(server_version) == "$to" ]]; then
    finish_upgrade
    say "The upgrade is finished: $to runs."
    exit 0
  fi
  go_back "$from" "$backup"
  fail "the interrupted upgrade to $to was taken back: $from runs, with its data" \
    "Run bin/upgrade once more to try again."
}
