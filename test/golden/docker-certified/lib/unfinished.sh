# shellcheck shell=bash
# What is under way stands in .state/unfinished, so that a command that was killed is noticed.

unfinished_file=.state/unfinished

# keep_state FILE NAME=VALUE... replaces what stands there; it outlives a power cut.
keep_state() {
  local file=$1
  shift
  printf '%s\n' "$@" >"$file.new" || return 1
  sync "$file.new" || return 1
  mv -f -- "$file.new" "$file" || return 1
  sync .state
}

# state_value FILE NAME prints the value, or nothing.
state_value() {
  [[ ! -f $1 ]] || sed -n "s/^$2=//p" "$1"
}

# begin NAME=VALUE... notes what is under way.
begin() {
  keep_state "$unfinished_file" "$@"
}

finish() {
  rm -f -- "$unfinished_file" || return 1
  sync .state
}

# unfinished NAME prints the value, or nothing.
unfinished() {
  state_value "$unfinished_file" "$1"
}

# passed STEP does nothing. Only tests set the variable, to end the command after a step as a power
# cut would, and to see what the next call makes of it.
passed() {
  [[ ${MATTERMOST_DEPLOYMENT_KILL_AT:-} != "$1" ]] || kill -KILL "$$"
}

# require_finished ends the command when another one was interrupted.
require_finished() {
  case $(unfinished action) in
  "") ;;
  # It changed nothing: all that is missing is the server, when nobody started it since.
  backup)
    is_running mattermost || fail "a backup was interrupted, and the server stands still" \
      "Run bin/up, which starts it, or bin/backup again."
    ;;
  upgrade)
    fail "the upgrade to $(unfinished to) was interrupted" \
      "Run bin/upgrade: it finishes it or goes back to $(unfinished from)."
    ;;
  rollback) fail "the rollback was interrupted" "Run bin/rollback: it finishes it." ;;
  upgrade-postgres)
    fail "the upgrade to PostgreSQL $(unfinished to) was interrupted" \
      "Run bin/upgrade-postgres: it finishes it or goes back to $(unfinished from)."
    ;;
  *)
    fail "the restoration of $(unfinished backup) was interrupted" \
      "Run bin/restore $(unfinished backup) --yes again."
    ;;
  esac
}
