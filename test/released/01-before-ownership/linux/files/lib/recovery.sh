# shellcheck shell=bash
# The copy to go back to: of the database and of the folders of STATE, in RECOVERY. The one before
# it stays in RECOVERY.before until a change with the new one has ended.

# all, without-uploads or none
COPY=all

# leave_uploads_out keeps uploaded files out of the copy.
leave_uploads_out() {
  COPY=without-uploads
}

# copied_folders prints the folders of STATE that the copy holds.
copied_folders() {
  local folder
  for folder in "${STATE_FOLDERS[@]}"; do
    if [[ $COPY == all || ($COPY == without-uploads && $folder != data) ]]; then
      printf '%s\n' "$folder"
    fi
  done
}

begin_copy() {
  if [[ -f $JOURNAL || -d $RECOVERY.before ]]; then
    # A copy that was never completed.
    rm -rf -- "${RECOVERY:?}"
  elif [[ -d $RECOVERY ]]; then
    mv -T -- "$RECOVERY" "$RECOVERY.before"
  fi
  mkdir -p -- "$RECOVERY"
}

# copy_folder FOLDER OPTION... shares with the copy before what has not changed since.
copy_folder() {
  local folder=$1 before=()
  shift
  if [[ -d $RECOVERY.before/files/$folder ]]; then
    before=("--link-dest=$RECOVERY.before/files/$folder/")
  fi
  mkdir -p -- "$RECOVERY/files/$folder"
  # 24: files that vanished on the way, as they may while the server runs.
  rsync "$@" --delete ${before[@]+"${before[@]}"} "$STATE/$folder/" "$RECOVERY/files/$folder/" ||
    (($? == 24))
}

# copy_state copies what changed since the last call: once while the server runs, once after.
copy_state() {
  local folder
  while IFS= read -r folder; do
    copy_folder "$folder" -aHAX
  done < <(copied_folders)
}

require_space_for_copy() {
  local folder bytes needed=256
  while IFS= read -r folder; do
    # Without -AX, which fails in a dry run with --link-dest.
    bytes=$(copy_folder "$folder" -aH --dry-run --stats |
      sed -n 's/^Total transferred file size: \([0-9,]*\).*/\1/p' | tr -d ,)
    needed=$((needed + bytes / 1048576 + 1))
  done < <(copied_folders)
  require_space "$OWN_STATE" $((needed + $(database_mebibytes))) "the copy to go back to"
}

# put_copy_back fails when any part of it does.
put_copy_back() {
  local folder
  COPY=$(journal_value copy)
  step "Putting the database back"
  restore_database "$RECOVERY/database.dump" || return 1
  step "Putting the files back"
  while IFS= read -r folder; do
    if [[ $folder == data ]]; then
      # Files that came later belong to no post any more; they do no harm, losing one would.
      rsync -aHAX "$RECOVERY/files/$folder/" "$STATE/$folder/" || return 1
    else
      rsync -aHAX --delete "$RECOVERY/files/$folder/" "$STATE/$folder/" || return 1
    fi
  done < <(copied_folders)
}
