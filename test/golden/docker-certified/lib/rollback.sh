# shellcheck shell=bash
# What the last upgrade was, so that bin/rollback can undo it.

rollback_file=.state/rollback

# remember_upgrade FROM TO BACKUP
remember_upgrade() {
  keep_state "$rollback_file" "from=$1" "to=$2" "backup=$3" "since=$(date +%s)"
}

forget_upgrade() {
  rm -f -- "$rollback_file"
}

# last_upgrade NAME prints from, to, backup or since (in seconds), or nothing.
last_upgrade() {
  state_value "$rollback_file" "$1"
}

# can_roll_back: the upgraded server is the one that is pinned, and its backup is there.
can_roll_back() {
  [[ $(last_upgrade to) == "$(setting MATTERMOST_VERSION)" && -f $(last_upgrade backup)/backup.txt ]]
}

# require_last_upgrade ends the command when there is nothing to go back to.
require_last_upgrade() {
  can_roll_back && return
  [[ -f $rollback_file ]] ||
    fail "there is nothing to go back to: no upgrade since the last bin/restore or bin/rollback" \
      "bin/restore puts any backup back."
  [[ $(last_upgrade to) == "$(setting MATTERMOST_VERSION)" ]] ||
    fail "there is nothing to go back to: $(last_upgrade to), of the last upgrade, is gone" \
      "bin/restore puts any backup back."
  fail "$(last_upgrade backup), which the last upgrade made, is gone" \
    "Put it there again, or let bin/restore put another backup back."
}

# written_since SECONDS prints what people wrote since then.
written_since() {
  database_shell --dbname mattermost --no-align --tuples-only <<SQL
SELECT format('%s posts, %s files, %s accounts',
  (SELECT count(*) FROM posts WHERE createat >= $1 * 1000::bigint),
  (SELECT count(*) FROM fileinfo WHERE createat >= $1 * 1000::bigint),
  (SELECT count(*) FROM users WHERE createat >= $1 * 1000::bigint));
SQL
}
