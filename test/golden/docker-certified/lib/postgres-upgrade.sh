# shellcheck shell=bash
# The steps to another major version of PostgreSQL: a dump, restored into a new volume. The old
# volume is not touched any more, so that going back is a matter of settings.

# new_volume VERSION prints the name that its volume gets in .env.
new_volume() {
  printf 'postgres-%s' "$1"
}

volume_exists() {
  docker volume inspect "$(setting COMPOSE_PROJECT_NAME)_$1" >/dev/null 2>&1
}

# pin_postgres VERSION VOLUME
pin_postgres() {
  pin "POSTGRES_VERSION=$1" "POSTGRES_VOLUME=$2" "POSTGRES_MOUNT=$(postgres_mount "$1")"
}

# begin_postgres PHASE FROM TO OLD_VOLUME
begin_postgres() {
  begin action=upgrade-postgres "phase=$1" "from=$2" "to=$3" "volume=$4"
}

# switch_postgres FROM TO OLD_VOLUME BACKUP COUNTS
switch_postgres() {
  begin_postgres switch "$1" "$2" "$3" || return 1
  passed postgres-switching
  compose stop postgres || return 1
  pin_postgres "$2" "$(new_volume "$2")" || return 1
  passed postgres-pinned
  start_database || return 1
  passed postgres-started
  restore_database "$4/database.dump" || return 1
  drop_previous_database
  passed postgres-restored
  if [[ $(table_counts) != "$5" ]]; then
    warn "the tables of $2 do not hold what those of $1 hold"
    return 1
  fi
  start_server "$(setting MATTERMOST_VERSION)" || return 1
  passed postgres-server-started
}

# open_postgres FROM TO OLD_VOLUME: from here on people write to the database that runs.
open_postgres() {
  begin_postgres open "$1" "$2" "$3" ||
    fail "the database runs, but .state/ cannot be written" "Run bin/upgrade-postgres again."
  passed postgres-opening
  start_proxy || fail "the proxy does not start" \
    "See bin/logs proxy, then run bin/upgrade-postgres again."
  passed postgres-opened
  finish || fail "the site is open, but .state/ cannot be written" "Run bin/upgrade-postgres again."
}

# keep_old_postgres FROM TO OLD_VOLUME makes the old database run again.
keep_old_postgres() {
  local was_open=false
  step "Going back to PostgreSQL $1"
  if is_running proxy && [[ $(setting POSTGRES_VERSION) == "$2" ]]; then
    was_open=true
  fi
  if stop_site && compose stop postgres && pin_postgres "$1" "$3" && passed postgres-unpinned &&
    start_database && start_server "$(setting MATTERMOST_VERSION)"; then
    if [[ $was_open == true ]]; then
      warn "the site was open meanwhile: what people wrote is in the volume $(new_volume "$2")"
    else
      remove_new_volume "$2"
    fi
    open_postgres "$1" "$2" "$3"
    return
  fi
  fail "PostgreSQL $1 does not start and the site is closed; its volume $3 is as it was" \
    "See bin/logs postgres. Remove the cause and run bin/upgrade-postgres again."
}

# remove_new_volume VERSION: what bin/upgrade-postgres made and nobody wrote to.
remove_new_volume() {
  ! volume_exists "$(new_volume "$1")" ||
    docker volume rm "$(setting COMPOSE_PROJECT_NAME)_$(new_volume "$1")" >/dev/null ||
    warn "the volume $(new_volume "$1"), which holds nothing new, could not be removed"
}

# resume_postgres deals with an upgrade that was interrupted. The phases: backup, when nothing was
# changed; switch, when the new database may be half done; open, when it is known which one stays.
resume_postgres() {
  local from to volume
  from=$(unfinished from) to=$(unfinished to) volume=$(unfinished volume)
  warn "the upgrade from PostgreSQL $from to $to was interrupted"
  if [[ $(unfinished phase) == open ]]; then
    start_database || fail "the database does not start" "See bin/logs postgres."
    start_server "$(setting MATTERMOST_VERSION)" ||
      fail "the server does not start" "See bin/logs mattermost."
    open_postgres "$from" "$to" "$volume"
  elif [[ $(unfinished phase) == backup ]]; then
    open_unchanged bin/upgrade-postgres
  else
    keep_old_postgres "$from" "$to" "$volume"
  fi
  [[ $(setting POSTGRES_VERSION) == "$to" ]] ||
    fail "the interrupted upgrade was taken back: PostgreSQL $from runs, with its data" \
      "Run bin/upgrade-postgres once more to try again."
  say "The upgrade is finished: PostgreSQL $to runs."
}
