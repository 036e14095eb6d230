# shellcheck shell=bash
# The journal of a change: how far it has come, so that whoever finds it can end it. Its steps:
#
#   prepared   neither files nor database have changed; the copy may be incomplete
#   changing   the copy is complete; files or database are in between
#   starting   all but the link to the version is in place, and has to prove itself
#   returning  the old state is being put back
#   done       the new state works; only marks are left to remove
#   undone     the old state is back; only marks are left to remove
#
# Before the last two nobody gets through nginx: what people write is never taken back.

JOURNAL=$OWN_STATE/journal

journal_value() {
  local line
  while IFS= read -r line; do
    if [[ $line == "$1="* ]]; then
      printf '%s' "${line#*=}"
    fi
  done <"$JOURNAL"
}

# write_journal KIND FROM TO COPY START_TIMEOUT STEP
write_journal() {
  printf 'kind=%s\nfrom=%s\nto=%s\ncopy=%s\nstart-timeout=%s\nstep=%s\n' "$@" >"$JOURNAL.new" &&
    put_journal
}

put_journal() {
  flush_file "$JOURNAL.new" && mv -f -- "$JOURNAL.new" "$JOURNAL" && flush_file "$OWN_STATE"
}

set_step() {
  local lines
  mapfile -t lines <"$JOURNAL" &&
    printf '%s\n' "${lines[@]/#step=*/step=$1}" >"$JOURNAL.new" && put_journal
}

# mark_changing goes before the first thing that cannot be taken back without the copy.
mark_changing() {
  set_step changing && reached changing
}

# require_nothing_pending ends the command when a change was interrupted.
require_nothing_pending() {
  if [[ -f $JOURNAL ]]; then
    fail "the $(journal_value kind) to $(journal_value to) was interrupted (step: $(journal_value step))" \
      "Run bin/restore --resume first: it finishes it or takes it back."
  fi
}

# reached POINT does nothing. Only tests set the variables: to end the command there as a power cut
# would and see what the next call makes of it, or to halt it and take something away meanwhile.
reached() {
  if [[ ${MATTERMOST_DEPLOYMENT_KILL_AT:-} == "$1" ]]; then
    kill -"${MATTERMOST_DEPLOYMENT_SIGNAL:-KILL}" $$
  fi
}
