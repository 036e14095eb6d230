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
  begin action=upgrade phase=switch "from=$1" "to=$2" "backup=$3" || return 1
  pin_version "$2" || return 1
  start_server "$2"
}

# finish_upgrade: from here on people write to the server that runs.
finish_upgrade() {
  finish || fail "the server runs, but .state/ cannot be written" "Run bin/upgrade again."
  start_proxy || fail "the server runs, but the proxy does not" "See bin/logs proxy."
}

# open_again VERSION: the data are those of the version, only the site is closed.
open_again() {
  step "Starting $1 again"
  if ! start_database || ! start_server "$1"; then
    fail "$1 does not start: the site is closed" "See bin/logs mattermost, then run bin/upgrade."
  fi
  finish_upgrade
}

# keep_present_state BACKUP: people may have written since BACKUP was made, which is going to be
# put back.
keep_present_state() {
  local name present needed
  step "Backing up what is there now"
  present=$(present_kilobytes) || fail "the size of the data cannot be told"
  needed=$(put_back_kilobytes "$1") || fail "$1/backup.txt does not tell its size"
  require_space "$present" "$needed"
  name=$(new_backup_name before-going-back)
  if ! stop_site || ! make_backup "$name"; then
    fail "what is there now could not be backed up, so that nothing was taken back" \
      "Remove the cause and run bin/upgrade, or bin/restore $1 --yes --without-backup."
  fi
  say "Kept in $name"
}

# take_back FROM TO BACKUP makes FROM run again, with its data.
take_back() {
  if [[ $(setting MATTERMOST_VERSION) == "$1" ]]; then
    # TO never started.
    open_again "$1"
    return
  fi
  step "Going back to $1"
  if begin action=upgrade phase=back "from=$1" "to=$2" "backup=$3" && stop_site &&
    start_database && put_back "$3" && start_server "$1" && finish; then
    drop_previous_database
    start_proxy || warn "the proxy does not run: see bin/logs proxy"
    return
  fi
  fail "$1 could not be put back and the site is closed; the backup $3 is complete" \
    "Remove the cause and run bin/upgrade, or bin/restore $3 --yes."
}

# resume_upgrade deals with an upgrade that was interrupted. The phases: backup, when nothing was
# changed; switch, when the new server may have run; back, when the backup is being put back.
resume_upgrade() {
  local from to backup phase
  from=$(unfinished from) to=$(unfinished to) backup=$(unfinished backup) phase=$(unfinished phase)
  warn "the upgrade from $from to $to was interrupted"
  start_database || fail "the database does not start" "See bin/logs postgres."
  require_own_pin "$from" "$to" "$phase"
  if [[ $(setting MATTERMOST_VERSION) == "$from" ]]; then
    open_again "$from"
    return
  fi
  if [[ $phase == switch ]]; then
    step "Starting $to"
    if start_server "$to"; then
      finish_upgrade
      say "The upgrade is finished: $to runs."
      exit
    fi
  fi
  require_backup "$backup"
  check_backup "$backup" || fail "$backup is damaged" "Nothing was taken back."
  if [[ $phase == switch ]] || is_running proxy; then
    keep_present_state "$backup"
  fi
  take_back "$from" "$to" "$backup"
  fail "the interrupted upgrade to $to was taken back: $from runs, with its data" \
    "Run bin/upgrade once more to try again."
}

# require_own_pin FROM TO PHASE ends the command when somebody changed the pinned version since.
require_own_pin() {
  local pin=$1 installed
  installed=$(installed_version) || fail "the installed version cannot be told"
  # The new version is unpinned only while going back.
  if [[ $3 == switch && $installed == "$2" ]] || [[ $(setting MATTERMOST_VERSION) == "$2" ]]; then
    pin=$2
  fi
  [[ $(setting MATTERMOST_VERSION) == "$pin" ]] ||
    fail "MATTERMOST_VERSION in .env was changed since" "Set it to $pin and run bin/upgrade."
}
