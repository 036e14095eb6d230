# shellcheck shell=bash
# What a backup is: a folder with database.dump, files.tar, settings.conf, backup.conf and
# SHA256SUMS.

# backup_value BACKUP KEY
backup_value() {
  sed -n "s/^$2=//p" "$1/backup.conf"
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
  local backup last=
  for backup in "${SETTINGS[BACKUP_DIRECTORY]}"/[0-9]*Z-*[0-9]; do
    if [[ -f $backup/SHA256SUMS ]]; then
      last=$backup
    fi
  done
  printf '%s' "$last"
}
