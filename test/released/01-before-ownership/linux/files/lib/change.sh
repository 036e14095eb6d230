# shellcheck shell=bash
# Changes that can be taken back: begin_change, the change itself, prove_change, finish_change.

# begin_change KIND TO stops the server with a complete copy at hand. From here on every end of the
# command that is not finish_change takes the change back.
begin_change() {
  begin_copy
  require_space_for_copy
  step "Copying the files of the server"
  copy_state
  write_journal "$1" "$(installed_version)" "$2" "$COPY" prepared
  take_back_on_exit
  step "Stopping the server"
  stop_server
  step "Saving the database"
  dump_database "$RECOVERY/database.dump"
  copy_state
  flush "$RECOVERY"
  hold_server
  require_site_closed
  set_step changing
}

# begin_without_copy KIND TO is for a state that cannot be copied any more: there is no way back.
begin_without_copy() {
  COPY=none
  begin_copy
  write_journal "$1" "$(installed_version)" "$2" "$COPY" changing
  take_back_on_exit
  hold_server
  step "Stopping the server"
  stop_server
}

take_back_on_exit() {
  trap take_back EXIT
  trap 'exit 130' INT TERM
  # The terminal is gone: what is said from now on goes to a file.
  trap 'exec >>"$OWN_STATE/take-back.log" 2>&1; exit 129' HUP PIPE
}

# hold_server keeps the unit from starting, and people out until the change has ended.
hold_server() {
  touch -- "$HOLD"
  close_site
}

# prove_change SECONDS starts the new state and looks whether it works, through nginx too.
prove_change() {
  local version
  version=$(journal_value to)
  set_step starting || return 1
  rm -f -- "$HOLD"
  step "Starting $version"
  start_server "$1" && is_healthy "$version" && wait_for_site 10
}

finish_change() {
  trap - EXIT INT TERM HUP PIPE
  settle_change
}

# settle_change lets people in again. The journal goes last: until then this can be repeated.
settle_change() {
  set_step settled && rm -f -- "$HOLD" && open_site && rm -f -- "$JOURNAL" || return 1
  if [[ -f $RECOVERY/database.dump ]]; then
    rm -rf -- "${RECOVERY:?}.before"
  fi
  rm -rf -- "${STAGING:?}"
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

# go_back checks each step itself: errexit is off here. It fails when the old state is back but not
# well, and ends the command when it could not be put back.
go_back() {
  local from
  from=$(journal_value from)
  is_version "$from" || fail "$JOURNAL names no version to go back to" "Restore a backup."
  if [[ $(journal_value step) != prepared ]]; then
    require_way_back
  fi
  warn "the $(journal_value kind) failed; going back to $from"
  if [[ $(journal_value step) != prepared ]]; then
    put_state_back "$from" || fail "the old state could not be put back" \
      "The copy is in $RECOVERY. Repair the cause, then run bin/restore --resume."
  fi
  settle_change || fail "$JOURNAL cannot be written" "Repair the cause, then run bin/restore --resume."
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
  hold_server && set_step returning && stop_server || return 1
  put_copy_back && use_version "$1" && flush "$STATE"
}

# resume_change ends an interrupted change: finished when the new state works, else taken back.
resume_change() {
  local to
  if [[ ! -f $JOURNAL ]]; then
    rm -f -- "$HOLD"
    open_site
    return 0
  fi
  to=$(journal_value to)
  warn "the $(journal_value kind) to $to was interrupted (step: $(journal_value step))"
  case $(journal_value step) in
  settled)
    settle_change
    start_server 3600 || fail "the server does not start" "bin/status says more."
    return 0
    ;;
  starting)
    if prove_change 3600; then
      finish_change
      say "it had come far enough: $to is running."
      return 0
    fi
    ;;
  esac
  (set +e && trap '' INT TERM HUP PIPE && go_back) || exit 1
}
