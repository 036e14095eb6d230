# shellcheck shell=bash
# The steps of an upgrade. Until the new server has proved itself the proxy stands still, so that
# going back loses nothing that anybody wrote.

# fetch_server VERSION DIGEST
fetch_server() {
  MATTERMOST_VERSION=$1 MATTERMOST_DIGEST=$2 compose pull --quiet mattermost && return
  docker image inspect "$(MATTERMOST_VERSION=$1 MATTERMOST_DIGEST=$2 server_image)" \
    >/dev/null 2>&1 || return 1
  warn "the registry did not give the image of $1; the one on this machine is taken"
}

# switch_server FROM TO DIGEST BACKUP
switch_server() {
  begin action=upgrade phase=switch "from=$1" "to=$2" "backup=$4" || return 1
  passed switching
  pin_version "$2" "$3" || return 1
  passed pinned
  start_server "$2" || return 1
  passed started
  remember_upgrade "$1" "$2" "$4"
}

# open_with VERSION FROM TO: from here on people write to the server that runs, and there is no way
# back that loses nothing.
open_with() {
  begin action=upgrade phase=open "version=$1" "from=$2" "to=$3" ||
    fail "$1 runs, but .state/ cannot be written" "Run bin/upgrade again: it opens the site."
  passed opening
  start_proxy || fail "$1 runs, but the proxy does not" \
    "See bin/logs proxy, then run bin/upgrade again: it opens the site."
  passed opened
  finish || fail "$1 runs, but .state/ cannot be written" "Run bin/upgrade again."
  passed finished
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
  if [[ $(setting MATTERMOST_VERSION) == "$1" && $(unfinished phase) != back ]]; then
    # TO never started.
    open_unchanged bin/upgrade
    return
  fi
  step "Going back to $1"
  if begin action=upgrade phase=back "from=$1" "to=$2" "backup=$3" && passed going-back &&
    stop_site && start_database && put_back "$3" && passed put-back && start_server "$1"; then
    drop_previous_database
    passed started-again
    open_with "$1" "$1" "$2"
    return
  fi
  fail "$1 could not be put back and the site is closed; the backup $3 is complete" \
    "Remove the cause and run bin/upgrade, or bin/restore $3 --yes."
}

# resume_upgrade deals with an upgrade that was interrupted. The phases: backup, when nothing was
# changed; switch, when the new server may have run; back, when the backup is being put back; open,
# when the version that stays is known.
resume_upgrade() {
  local from to backup phase version
  from=$(unfinished from) to=$(unfinished to) backup=$(unfinished backup) phase=$(unfinished phase)
  version=$(unfinished version)
  warn "the upgrade from $from to $to was interrupted"
  start_database || fail "the database does not start" "See bin/logs postgres."
  require_own_pin "$from" "$to" "$phase"
  if [[ $phase == open ]]; then
    start_server "$version" || fail "$version does not start" "See bin/logs mattermost."
    open_with "$version" "$from" "$to"
    [[ $version == "$from" ]] || settle "The upgrade is finished: $to runs."
    fail_taken_back
  fi
  if [[ $phase == backup || ($phase == switch && $(setting MATTERMOST_VERSION) == "$from") ]]; then
    open_unchanged bin/upgrade
    fail_taken_back
  fi
  if [[ $phase == switch ]]; then
    step "Starting $to"
    if start_server "$to" && remember_upgrade "$from" "$to" "$backup"; then
      open_with "$to" "$from" "$to"
      settle "The upgrade is finished: $to runs."
    fi
  fi
  require_backup "$backup"
  check_backup "$backup" || fail "$backup is damaged" "Nothing was taken back."
  if [[ $phase == switch ]] || is_running proxy; then
    keep_present_state "$backup"
  fi
  take_back "$from" "$to" "$backup"
  fail_taken_back
}

settle() {
  say "$1"
  exit
}

fail_taken_back() {
  fail "the interrupted upgrade was taken back: $(setting MATTERMOST_VERSION) runs, with its data" \
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
  [[ $3 != open ]] || pin=$(unfinished version)
  [[ $(setting MATTERMOST_VERSION) == "$pin" ]] ||
    fail "MATTERMOST_VERSION in .env was changed since" "Set it to $pin and run bin/upgrade."
}
