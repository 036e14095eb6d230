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

# passed STEP: tests set KILL_AFTER to a step, to see what is left when the command dies there.
passed() {
  [[ ${KILL_AFTER:-} != "$1" ]] || kill -KILL "$$"
}

# require_finished ends the command when another one was interrupted.
require_finished() {
  case $(unfinished action) in
  "") ;;
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
