# shellcheck shell=bash
# The journal of a change: how far it has come, so that whoever finds it can end it. Its steps:
#
#   prepared   nothing has changed yet; the copy may be incomplete
#   changing   the copy is complete; files or database are in between
#   starting   all is in place, and the new state has to prove itself
#   returning  the old state is being put back
#   done       the new state works; only marks are left to remove
#   undone     the old state is back; only marks are left to remove
#
# Before the last two nobody gets through nginx: what people write is never taken back.

JOURNAL=$OWN_STATE/journal

journal_value() {
  sed -n "s/^$1=//p" "$JOURNAL"
}

# write_journal KIND FROM TO COPY STEP
write_journal() {
  printf 'kind=%s\nfrom=%s\nto=%s\ncopy=%s\nstep=%s\n' "$@" >"$JOURNAL.new" && put_journal
}

put_journal() {
  flush_file "$JOURNAL.new" && mv -f -- "$JOURNAL.new" "$JOURNAL" && flush_file "$OWN_STATE"
}

set_step() {
  sed "s/^step=.*/step=$1/" "$JOURNAL" >"$JOURNAL.new" && put_journal
}

# require_nothing_pending ends the command when a change was interrupted.
require_nothing_pending() {
  if [[ -f $JOURNAL ]]; then
    fail "the $(journal_value kind) to $(journal_value to) was interrupted (step: $(journal_value step))" \
      "Run bin/restore --resume first: it finishes it or takes it back."
  fi
}

# reached POINT does nothing. Only tests set the variable, to end the command there as a power cut
# would, and to see what the next call makes of it.
reached() {
  if [[ ${MATTERMOST_DEPLOYMENT_KILL_AT:-} == "$1" ]]; then
    kill -KILL $$
  fi
}
