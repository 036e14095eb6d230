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

# copy_folder FOLDER OPTION... shares with earlier copies what has not changed since.
copy_folder() {
  local folder=$1 copy shared=()
  shift
  for copy in "$RECOVERY.before" "$BEFORE_UPGRADE"; do
    if [[ -d $copy/files/$folder ]]; then
      shared+=("--link-dest=$copy/files/$folder/")
    fi
  done
  mkdir -p -- "$RECOVERY/files/$folder"
  # 24: files that vanished on the way, as they may while the server runs.
  rsync "$@" --delete ${shared[@]+"${shared[@]}"} "$STATE/$folder/" "$RECOVERY/files/$folder/" ||
    (($? == 24))
}

# copy_state copies all while the server runs, and notes what it was about to copy.
copy_state() {
  local folder
  # Files may vanish on the way.
  list_state >"$RECOVERY/files.list" 2>/dev/null || true
  while IFS= read -r folder; do
    copy_folder "$folder" -aHAX
  done < <(copied_folders)
}

# copy_changes copies the folders in which anything has changed since.
copy_changes() {
  local changed folder
  # 1: there are differences.
  changed=$({ diff -a "$RECOVERY/files.list" <(list_state) || (($? == 1)); } |
    sed -n 's|^[<>] \([^/]*\)/ .*|\1|p')
  while IFS= read -r folder; do
    if [[ $'\n'$changed$'\n' == *$'\n'"$folder"$'\n'* ]]; then
      copy_folder "$folder" -aHAX
      flush_newer "$RECOVERY/files/$folder" "$JOURNAL"
    fi
  done < <(copied_folders)
}

# list_state prints a line for each file to copy. No change leaves it the same: not even to owner or
# mode, which show in the time of the last change.
list_state() {
  local folders
  mapfile -t folders < <(copied_folders)
  if ((${#folders[@]} > 0)); then
    (cd "$STATE" && find -H "${folders[@]/%//}" -printf '%H %i %s %C@ %P\n')
  fi
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

# put_copy_back FOLDER fails when any part of it does. The database comes whole or not at all.
put_copy_back() {
  local folder
  COPY=$(copy_kind "$1")
  step "Putting the database back"
  restore_database "$1/database.dump" ||
    { ! is_database_there && await_database && restore_database "$1/database.dump"; } || return 1
  reached database-back
  step "Putting the files back"
  while IFS= read -r folder; do
    if [[ $folder == data ]]; then
      # Files that came later belong to no post any more; they do no harm, losing one would.
      rsync -aHAX "$1/files/$folder/" "$STATE/$folder/" || return 1
    else
      rsync -aHAX --delete "$1/files/$folder/" "$STATE/$folder/" || return 1
    fi
  done < <(copied_folders)
  reached files-back
}

# copy_kind FOLDER prints which folders a copy holds.
copy_kind() {
  if [[ -d $1/files/data ]]; then
    printf 'all'
  else
    printf 'without-uploads'
  fi
}
