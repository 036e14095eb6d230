# shellcheck shell=bash
# What is under way stands in .state/unfinished, so that a command that was killed is noticed.

unfinished_file=.state/unfinished

# begin NAME=VALUE... replaces what stands there.
begin() {
  printf '%s\n' "$@" >"$unfinished_file.new" || return 1
  sync "$unfinished_file.new" || return 1
  mv -f -- "$unfinished_file.new" "$unfinished_file" || return 1
  sync .state
}

finish() {
  rm -f -- "$unfinished_file" || return 1
  sync .state
}

# unfinished NAME prints the value, or nothing.
unfinished() {
  [[ ! -f $unfinished_file ]] || sed -n "s/^$1=//p" "$unfinished_file"
}

# require_finished ends the command when another one was interrupted.
require_finished() {
  case $(unfinished action) in
  "") ;;
  upgrade)
    fail "the upgrade to $(unfinished to) was interrupted" \
      "Run bin/upgrade: it finishes it or goes back to $(unfinished from)."
    ;;
  *)
    fail "the restoration of $(unfinished backup) was interrupted" \
      "Run bin/restore $(unfinished backup) --yes again."
    ;;
  esac
}
