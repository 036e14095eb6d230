# shellcheck shell=bash
# Changes that can be taken back. Before the files or the database of a server change, a copy of
# both is in RECOVERY, with a journal that says how far the change has come:
#
#   prepared   nothing has changed yet; the copy may be incomplete
#   changing   the copy is complete; files or database are in between, and the unit is held back
#   starting   all is in place, and the new state has to prove itself
#   returning  the old state is being put back

JOURNAL=$RECOVERY/journal
UPLOADS_TOO=yes

# leave_uploads_out keeps uploaded files out of the copy.
leave_uploads_out() {
  UPLOADS_TOO=no
}

journal_value() {
  sed -n "s/^$1=//p" "$JOURNAL"
}

write_journal() {
  printf 'kind=%s\nfrom=%s\nto=%s\nuploads=%s\nstep=%s\n' "$1" "$2" "$3" "$4" "$5" >"$JOURNAL.new"
  sync "$JOURNAL.new"
  mv -f -- "$JOURNAL.new" "$JOURNAL"
}

set_step() {
  write_journal "$(journal_value kind)" "$(journal_value from)" "$(journal_value to)" \
    "$(journal_value uploads)" "$1"
}

# require_nothing_pending ends the command when a change was interrupted.
require_nothing_pending() {
  if [[ -f $JOURNAL ]]; then
    fail "the $(journal_value kind) to $(journal_value to) was interrupted (step: $(journal_value step))" \
      "Run bin/restore --resume first: it finishes it or takes it back."
  fi
}

# copied_folders prints the folders of STATE that the copy holds.
copied_folders() {
  local folder
  for folder in "${STATE_FOLDERS[@]}"; do
    if [[ $folder != data || $UPLOADS_TOO == yes ]]; then
      printf '%s\n' "$folder"
    fi
  done
}

# copy_state copies what changed since the last call: once while the server runs, once after.
copy_state() {
  local folder
  while IFS= read -r folder; do
    mkdir -p -- "$RECOVERY/files/$folder"
    # 24: files that vanished on the way, as they may while the server runs.
    rsync -aHAX --delete "$STATE/$folder/" "$RECOVERY/files/$folder/" || (($? == 24))
  done < <(copied_folders)
}

require_space_for_copy() {
  local folder folders=()
  while IFS= read -r folder; do
    folders+=("$STATE/$folder")
  done < <(copied_folders)
  require_space "$OWN_STATE" \
    $(($(folder_mebibytes "${folders[@]}") + $(database_mebibytes) + 256)) "the copy to go back to"
}

# begin_change KIND TO [START_SECONDS] stops the server with a complete copy at hand. From here on
# every end of the command that is not finish_change takes the change back.
begin_change() {
  rm -rf -- "${RECOVERY:?}"
  mkdir -- "$RECOVERY"
  require_space_for_copy
  step "Copying the files of the server"
  copy_state
  write_journal "$1" "$(installed_version)" "$2" "$UPLOADS_TOO" prepared
  trap take_back EXIT
  trap 'exit 130' INT TERM
  # The terminal is gone: what is said from now on goes to a file.
  trap 'exec >>"$OWN_STATE/take-back.log" 2>&1; exit 129' HUP PIPE
  step "Stopping the server"
  stop_server
  step "Saving the database"
  dump_database "$RECOVERY/database.dump"
  copy_state
  touch "$HOLD"
  set_step changing
}

# prove_change SECONDS starts the new state and looks whether it works, through nginx too.
prove_change() {
  local version
  version=$(journal_value to)
  set_step starting
  rm -f -- "$HOLD"
  step "Starting $version"
  start_server "$1" && is_healthy "$version" && wait_for_site 10
}

finish_change() {
  trap - EXIT INT TERM HUP PIPE
  rm -f -- "$JOURNAL" "$HOLD"
}

# take_back puts the old state back and ends the command with 1. It runs in a trap, where a return
# without a number would give the status from before the trap: these files always write the number.
take_back() {
  trap '' INT TERM HUP PIPE
  trap - EXIT
  local from
  from=$(journal_value from)
  warn "the $(journal_value kind) failed; going back to $from"
  if [[ $(journal_value step) != prepared ]]; then
    touch "$HOLD"
    set_step returning
    stop_server || true
    put_copy_back || fail "the old state could not be put back" \
      "The copy is in $RECOVERY. Repair the cause, then run bin/restore --resume."
    use_version "$from"
  fi
  rm -f -- "$HOLD"
  if start_server 3600 && is_healthy "$from"; then
    rm -f -- "$JOURNAL"
    say "$from is running again, with the database and the files that it had."
    exit 1
  fi
  show_server_log
  fail "$from was put back but does not start" \
    "The copy is in $RECOVERY. Repair the cause, then run bin/restore --resume."
}

# put_copy_back fails when any part of it does.
put_copy_back() {
  local folder
  UPLOADS_TOO=$(journal_value uploads)
  step "Putting the database back"
  restore_database "$RECOVERY/database.dump" || return 1
  step "Putting the files back"
  while IFS= read -r folder; do
    if [[ $folder == data ]]; then
      # Files that came later belong to no post any more; they do no harm, losing one would.
      rsync -aHAX "$RECOVERY/files/$folder/" "$STATE/$folder/" || return 1
    else
      rsync -aHAX --delete "$RECOVERY/files/$folder/" "$STATE/$folder/" || return 1
    fi
  done < <(copied_folders)
}

# resume_change ends an interrupted change: finished when the new state works, else taken back.
resume_change() {
  if [[ ! -f $JOURNAL ]]; then
    rm -f -- "$HOLD"
    return 0
  fi
  local to
  to=$(journal_value to)
  warn "the $(journal_value kind) to $to was interrupted (step: $(journal_value step))"
  if [[ $(journal_value step) == starting ]]; then
    if prove_change 3600; then
      finish_change
      say "it had come far enough: $to is running."
      return 0
    fi
    # People may have used the new state for days: nothing of it is thrown away.
    stop_server
    dump_database "$OWN_STATE/set-aside.$(date -u +%Y%m%dT%H%M%SZ).dump"
  fi
  (take_back) || [[ ! -f $JOURNAL ]] || exit 1
}
