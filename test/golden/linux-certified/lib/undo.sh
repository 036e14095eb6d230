# shellcheck shell=bash
# The state before the last upgrade, in BEFORE_UPGRADE: a copy as in RECOVERY, with undo.conf, which
# says what it is. bin/rollback goes back to it.

undo_value() {
  sed -n "s/^$1=//p" "$BEFORE_UPGRADE/undo.conf" 2>/dev/null || true
}

# update_way_back keeps the copy of an upgrade that ended well, and drops the one that a rollback
# has used. It runs once people may be at work: where it fails the change holds all the same.
update_way_back() {
  case $(journal_value kind) in
  upgrade)
    if [[ -d $RECOVERY ]]; then
      keep_way_back || warn "the state before is in $RECOVERY, but bin/rollback cannot use it"
    fi
    ;;
  rollback) rm -rf -- "${BEFORE_UPGRADE:?}" ;;
  esac
}

# keep_way_back: the journal was written just before people were let in.
keep_way_back() {
  printf 'from=%s\nto=%s\nsince=%s\n' "$(journal_value from)" "$(journal_value to)" \
    "$(stat -c %Y "$JOURNAL")" >"$RECOVERY/undo.conf" &&
    rm -rf -- "${BEFORE_UPGRADE:?}" &&
    mv -T -- "$RECOVERY" "$BEFORE_UPGRADE" &&
    flush_file "$OWN_STATE"
}

# can_go_back tells whether the upgrade that led to the installed version can be undone.
can_go_back() {
  [[ -f $BEFORE_UPGRADE/database.dump ]] && is_version "$(undo_value from)" &&
    [[ $(undo_value to) == "$(installed_version)" ]]
}

# written_since SECONDS prints what people have written since then, one kind per line. The tables
# count milliseconds.
written_since() {
  local since=${1}000
  query_database "SELECT number || ' ' || what FROM (
    SELECT 1 AS place, 'new posts' AS what, count(*) AS number FROM posts WHERE createat >= $since
    UNION SELECT 2, 'edited or deleted posts', count(*) FROM posts
      WHERE createat < $since AND greatest(updateat, deleteat) >= $since
    UNION SELECT 3, 'new accounts', count(*) FROM users WHERE createat >= $since
    UNION SELECT 4, 'new teams', count(*) FROM teams WHERE createat >= $since
    UNION SELECT 5, 'new channels', count(*) FROM channels WHERE createat >= $since
    UNION SELECT 6, 'uploaded files', count(*) FROM fileinfo WHERE createat >= $since
    ) AS counts WHERE number > 0 ORDER BY place"
}
