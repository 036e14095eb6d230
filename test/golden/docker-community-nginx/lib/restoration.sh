# shellcheck shell=bash
# Putting a backup in the place of what is there, for bin/restore and others.

# save_present_state SUFFIX
save_present_state() {
  local name
  step "Backing up what is there now"
  name=$(new_backup_name "$1")
  make_backup "$name" || return 1
  say "Kept in $name"
}

# has_present_state: there is something that a restoration would replace.
has_present_state() {
  local tables
  tables=$(database_shell --dbname mattermost --no-align --tuples-only \
    <<<"SELECT count(*) FROM pg_tables WHERE schemaname = 'public';") ||
    fail "the database cannot be looked at"
  [[ $tables != 0 ]]
}

# require_space_to_restore BACKUP SAVE_FIRST
require_space_to_restore() {
  local saved=0 restored
  if [[ $2 == true ]]; then
    saved=$(present_kilobytes) || fail "the size of the data cannot be told"
  fi
  restored=$(put_back_kilobytes "$1") || fail "$1/backup.txt does not tell its size"
  require_space "$saved" "$restored"
}

# fetch_backed_up_server BACKUP ends the command unless the image is there.
fetch_backed_up_server() {
  local version digest
  version=$(backup_value "$1" version) digest=$(backup_value "$1" digest)
  MATTERMOST_VERSION=$version MATTERMOST_DIGEST=$digest compose pull --quiet mattermost && return
  docker image inspect "$(MATTERMOST_VERSION=$version MATTERMOST_DIGEST=$digest server_image)" \
    >/dev/null 2>&1 ||
    fail "the image of $version cannot be had" "Nothing was changed. Look at REGISTRY in .env."
}

# What ran before the site was closed.
running=()

# reopen starts it again, when the command ends before anything was changed.
reopen() {
  local status=$?
  trap - EXIT
  if ((${#running[@]} > 0)); then
    step "Starting again what ran"
    compose start "${running[@]}" || warn "that failed: see bin/status"
  fi
  exit "$status"
}

close_site() {
  local service
  trap reopen EXIT
  trap 'exit 1' INT TERM HUP
  step "Closing the site"
  for service in mattermost proxy; do
    if is_running "$service"; then
      running+=("$service")
    fi
  done
  stop_site || fail "the site cannot be closed"
}

# replace_with BACKUP ACTION COMMAND puts the backup back and opens the site. COMMAND is what
# continues after an interruption.
replace_with() {
  local backup=$1 action=$2 command=$3 version
  version=$(backup_value "$backup" version)
  begin "action=$action" phase=back "backup=$backup" ||
    fail "nothing was changed: .state/ cannot be written"
  passed replacing
  running=()
  # shellcheck disable=SC2064 # as it is now
  trap "warn 'interrupted: run $command again'; exit 1" INT TERM HUP
  put_back "$backup" || fail "putting $backup back failed" "Remove the cause and run $command again."
  start_server "$version" ||
    fail "the server does not start; the database as it was is still there: mattermost_previous" \
      "See bin/logs mattermost. Remove the cause and run $command again."
  drop_previous_database
  passed replaced
  begin "action=$action" phase=open "backup=$backup" ||
    fail "$backup is back, but .state/ cannot be written" "Run $command again."
  passed reopening
  reopen_site "$command"
}

# reopen_site COMMAND: the backup is back, and people write from here on.
reopen_site() {
  prepare_proxy
  start_proxy || fail "the proxy does not start" "See bin/logs proxy, then run $1 again."
  finish || fail "the site is open, but .state/ cannot be written" "Run $1 again."
  passed reopened
}
