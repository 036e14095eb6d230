# shellcheck shell=bash
# Changes that can be taken back: begin_change, the change itself, prove_change, finish_change.

# How many seconds a server may take until it is ready, its migrations included.
START_TIMEOUT=3600
# Room for the journal, given up where the disk is full.
RESERVE=$OWN_STATE/reserve

# allow_for_start SECONDS
allow_for_start() {
  START_TIMEOUT=$1
}

# begin_change KIND TO stops the server with a complete copy at hand. From here on every end of the
# command that is not finish_change takes the change back.
begin_change() {
  local dump
  begin_copy
  require_space_for_copy
  step "Copying the files of the server"
  copy_state
  flush "$RECOVERY"
  reached copied
  write_journal "$1" "$(installed_version)" "$2" "$COPY" "$START_TIMEOUT" prepared
  take_back_on_exit
  head -c 1048576 /dev/zero >"$RESERVE"
  reached prepared
  step "Stopping the server"
  stop_server
  reached stopped
  step "Saving the database, and what has changed in the files"
  dump_database "$RECOVERY/database.dump" &
  dump=$!
  hold_server
  require_site_closed
  copy_changes
  wait "$dump" || exit 1
  reached saved
  flush_file "$RECOVERY/database.dump" "$RECOVERY" "$OWN_STATE" "${SITE_CLOSED%/*}"
  reached flushed
}

# begin_without_copy KIND TO is for a state that cannot be copied any more: there is no way back.
begin_without_copy() {
  COPY=none
  begin_copy
  write_journal "$1" "$(installed_version)" "$2" "$COPY" "$START_TIMEOUT" changing
  take_back_on_exit
  hold_server
  step "Stopping the server"
  stop_server
}

take_back_on_exit() {
  trap take_back EXIT
  trap 'exit 130' INT TERM
  # The terminal is gone: what is said from now on goes to the log alone.
  trap 'exec >>"$LOG" 2>&1; exit 129' HUP PIPE
}

# hold_server keeps the unit from starting, and people out until the change has ended.
hold_server() {
  : >"$HOLD"
  close_site
}

# pass_through VERSION lets a version migrate the database on the way to a later one.
pass_through() {
  step "Passing through $1"
  mark_changing && use_version "$1" && rm -f -- "$HOLD" && start_server "$START_TIMEOUT" && is_healthy "$1" &&
    stop_server && : >"$HOLD" && reached passed
}

# prove_change starts the new state and looks whether it works, through nginx.
prove_change() {
  local version seconds
  version=$(journal_value to)
  seconds=$(journal_value start-timeout)
  set_step starting && reached starting && use_version "$version" && reached switched || return 1
  rm -f -- "$HOLD"
  step "Starting $version"
  # The journal of an earlier version of this project has none.
  start_server "${seconds:-$START_TIMEOUT}" && reached started && await_version "$version" ask_site && reached proven
}

finish_change() {
  trap - EXIT INT TERM HUP PIPE
  settle_change "done" || fail "the marks of the change cannot be removed" \
    "Repair the cause, then run bin/restore --resume."
}

# settle_change STEP lets people in again. The journal goes last: until then this can be repeated.
settle_change() {
  : >"$RESERVE"
  if [[ $(journal_value step) != "$1" ]]; then
    set_step "$1" || return 1
  fi
  reached settled
  rm -f -- "$HOLD" "$SITE_CLOSED" || return 1
  reached opened
  if [[ $1 == "done" || -f $RECOVERY/database.dump ]]; then
    rm -rf -- "${RECOVERY:?}.before"
  fi
  rm -rf -- "${STAGING:?}"
  rm -f -- "$RESERVE" "$JOURNAL"
}

# take_back puts the old state back and ends the command with 1. It runs in a trap, where a return
# without a number would give the status from before the trap: these files always write the number.
take_back() {
  trap '' INT TERM HUP PIPE
  trap - EXIT
  set +e
  go_back
  exit 1
}

# go_back checks each step itself: errexit is off here. It ends the command when the old state could
# not be put back, or is back but not well.
go_back() {
  local from
  from=$(journal_value from)
  is_version "$from" || fail "$JOURNAL names no version to go back to" "Restore a backup."
  if [[ $(journal_value step) != prepared ]]; then
    require_way_back
  fi
  warn "the $(journal_value kind) failed; going back to $from"
  rm -f -- "$RESERVE" "$RECOVERY/database.dump.partial"
  if [[ $(journal_value step) != prepared ]]; then
    put_state_back "$from" || fail "the old state could not be put back" \
      "The copy is in $RECOVERY. Repair the cause, then run bin/restore --resume."
  fi
  settle_change undone || fail "$JOURNAL cannot be written" "Repair the cause, then run bin/restore --resume."
  await_database
  if start_server 3600 && is_healthy "$from"; then
    say "$from is running again, with the database and the files that it had."
    return 0
  fi
  show_server_log
  fail "$from and its data are back, but it is not well" \
    "bin/status says more; the copy is in $RECOVERY."
}

# require_way_back ends the command where going back would lose something, or is not possible.
require_way_back() {
  if [[ $(journal_value copy) == none ]]; then
    fail "there is no copy to go back to" \
      "Repair the cause, then run bin/restore BACKUP --without-copy again."
  fi
  if [[ $(journal_value step) == starting ]] && ! is_site_closed; then
    fail "$(journal_value to) is not well, but people may have used it: nothing is taken back" \
      "Repair it, then run bin/restore --resume. The copy of the state before is in $RECOVERY."
  fi
}

# put_state_back VERSION
put_state_back() {
  hold_server && set_step returning && reached returning && stop_server || return 1
  await_database && put_copy_back "$RECOVERY" && use_version "$1" && reached version-back && flush "$STATE"
}

# resume_change ends an interrupted change: finished when the new state works, else taken back.
resume_change() {
  local to
  if [[ ! -f $JOURNAL ]]; then
    rm -f -- "$HOLD"
    return 0
  fi
  to=$(journal_value to)
  warn "the $(journal_value kind) to $to was interrupted (step: $(journal_value step))"
  case $(journal_value step) in
  done | undone)
    settle_change "$(journal_value step)" ||
      fail "the marks of the change cannot be removed" "Repair the cause, then run this again."
    await_database || true
    start_server 3600 || fail "the server does not start" "bin/status says more."
    say "$(installed_version) is running."
    return 0
    ;;
  starting)
    await_database || true
    if prove_change; then
      finish_change
      say "it had come far enough: $to is running."
      return 0
    fi
    ;;
  esac
  trap '' INT TERM HUP PIPE
  set +e
  go_back
  set -e
  trap - INT TERM HUP PIPE
}
