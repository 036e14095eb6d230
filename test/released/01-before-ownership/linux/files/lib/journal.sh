# shellcheck shell=bash
# The journal of a change: how far it has come, so that whoever finds it can end it. Its steps:
#
#   prepared   nothing has changed yet; the copy may be incomplete
#   changing   the copy is complete; files or database are in between
#   starting   all is in place, and the new state has to prove itself
#   returning  the old state is being put back
#   settled    the new state works or the old one is back; only marks are left to remove
#
# Before all but the first one ends, nobody gets through nginx: what people write is never taken back.

JOURNAL=$RECOVERY/journal

journal_value() {
  sed -n "s/^$1=//p" "$JOURNAL"
}

# write_journal KIND FROM TO COPY STEP
write_journal() {
  printf 'kind=%s\nfrom=%s\nto=%s\ncopy=%s\nstep=%s\n' "$@" >"$JOURNAL.new" &&
    flush "$JOURNAL.new" &&
    mv -f -- "$JOURNAL.new" "$JOURNAL" &&
    flush "$RECOVERY"
}

set_step() {
  write_journal "$(journal_value kind)" "$(journal_value from)" "$(journal_value to)" \
    "$(journal_value copy)" "$1"
}

# require_nothing_pending ends the command when a change was interrupted.
require_nothing_pending() {
  if [[ -f $JOURNAL ]]; then
    fail "the $(journal_value kind) to $(journal_value to) was interrupted (step: $(journal_value step))" \
      "Run bin/restore --resume first: it finishes it or takes it back."
  fi
}
