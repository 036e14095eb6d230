# shellcheck shell=bash
# What a backup is: a folder with database.dump, files.tar, settings.conf, backup.conf and
# SHA256SUMS, named by time and version. Until it is whole its name ends with .partial.

# backup_value BACKUP KEY
backup_value() {
  sed -n "s/^$2=//p" "$1/backup.conf"
}

# require_backups_apart FOLDER ends the command where backups would be lost with what they are of.
require_backups_apart() {
  local real folder
  real=$(readlink -m -- "$1")
  for folder in "$STATE" "$OWN_STATE" "$LOGS" "$CONFIGURATION" "${STATE_FOLDERS[@]/#/$STATE/}"; do
    folder=$(readlink -m -- "$folder")
    if [[ $real == "$folder" || $real == "$folder"/* ]]; then
      fail "$1 is in $folder, which belongs to the server" "Choose a folder for backups elsewhere."
    fi
  done
}

# check_backup_folder FOLDER ends the command where backups may not be, or have no room.
check_backup_folder() {
  local parent=$1
  require_backups_apart "$1"
  while [[ ! -d $parent ]]; do
    parent=${parent%/*}
    parent=${parent:-/}
  done
  require_space "$parent" "$(backup_mebibytes)" "the backup"
}

backup_mebibytes() {
  printf '%d' $(($(folder_mebibytes "${STATE_FOLDERS[@]/#/$STATE/}") + $(database_mebibytes) + 64))
}

# prepare_backup FOLDER makes the folder of a new backup in it and prints its name; what failed
# backups left there goes.
prepare_backup() {
  local name
  name=$1/$(date -u +%Y%m%dT%H%M%SZ)-$(installed_version)
  # Called for what it prints, where errexit does not hold.
  if ! { [[ -d $1 ]] || install -d -m 0700 -- "$1"; } ||
    ! rm -rf -- "${1:?}"/[0-9]*Z-*[0-9].partial || ! mkdir -m 0700 -- "$name.partial"; then
    fail "no backup can be made in $1" "The message above says why."
  fi
  printf '%s' "$name"
}

# write_backup NAME ORIGIN saves the state of a server that is stopped.
write_backup() {
  dump_database "$1.partial/database.dump"
  # The dot: a folder may be a link to another disk.
  tar -C "$STATE" --numeric-owner -cf "$1.partial/files.tar" "${STATE_FOLDERS[@]/%//.}"
  cp -- "$SETTINGS_FILE" "$1.partial/settings.conf"
  printf 'VERSION=%s\nEDITION=%s\nORIGIN=%s\n' "$(installed_version)" "$EDITION" "$2" \
    >"$1.partial/backup.conf"
}

# seal_backup NAME reads a backup back and gives it its name.
seal_backup() {
  (cd "$1.partial" && sha256sum -- * >SHA256SUMS)
  verify_backup "$1.partial"
  flush "$1.partial"
  mv -T -- "$1.partial" "$1"
  flush_file "${1%/*}"
}

# verify_backup BACKUP ends the command unless it is complete and readable.
verify_backup() {
  local file
  for file in database.dump files.tar settings.conf backup.conf SHA256SUMS; do
    if [[ ! -f $1/$file ]]; then
      fail "$1 is no backup: $file is missing" "Name a folder that bin/backup made."
    fi
  done
  (cd "$1" && sha256sum --quiet --strict -c SHA256SUMS) ||
    fail "$1 is damaged" "Use another backup."
  if ! is_version "$(backup_value "$1" VERSION)"; then
    fail "$1/backup.conf names no version" "Use another backup."
  fi
  pg_restore -f - "$1/database.dump" >/dev/null ||
    fail "$1/database.dump cannot be read" "Use another backup."
  tar -tf "$1/files.tar" >/dev/null || fail "$1/files.tar cannot be read" "Use another backup."
}

# last_backup prints the newest backup, by its name, nothing when there is none.
last_backup() {
  list_backups "${SETTINGS[BACKUP_DIRECTORY]}" | tail -n 1
}

# list_backups FOLDER prints the whole backups there, oldest first.
list_backups() {
  local backup
  for backup in "$1"/[0-9]*Z-*[0-9]; do
    if [[ -f $backup/SHA256SUMS ]]; then
      printf '%s\n' "$backup"
    fi
  done
}

# remove_old_backups FOLDER keeps the newest BACKUP_KEEP of those that the timer made. Others stay:
# somebody wanted them.
remove_old_backups() {
  local backup scheduled=()
  while IFS= read -r backup; do
    if [[ $(backup_value "$backup" ORIGIN) == timer ]]; then
      scheduled+=("$backup")
    fi
  done < <(list_backups "$1")
  while ((${#scheduled[@]} > SETTINGS[BACKUP_KEEP])); do
    say "removing ${scheduled[0]}: ${SETTINGS[BACKUP_KEEP]} are kept"
    rm -rf -- "${scheduled[0]:?}"
    scheduled=("${scheduled[@]:1}")
  done
}
