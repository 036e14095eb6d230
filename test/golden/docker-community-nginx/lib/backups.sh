# shellcheck shell=bash
# A backup: one directory with the database, the server's files, the settings and checksums.

backup_files=(backup.txt database.dump settings.env volumes.tar.gz)

# new_backup_name [SUFFIX]
new_backup_name() {
  printf 'backups/%s%s' "$(date -u +%Y-%m-%dT%H-%M-%SZ)" "${1:+-$1}"
}

# require_space ends the command unless a backup fits beside what is there.
require_space() {
  local needed available
  needed=$(($(database_kilobytes) + $(volumes_kilobytes) + 102400))
  available=$(df --output=avail --block-size=1024 backups | tail -n 1)
  ((available > needed)) ||
    fail "backups/ has $((available / 1024)) MiB of space, $((needed / 1024)) MiB are needed" \
      "Delete or move old backups."
}

# make_backup DIRECTORY: the database runs, the server does not. The name appears when
# everything in it was written and read back.
make_backup() {
  local partial=backups/.partial
  rm -rf -- "$partial"
  mkdir -m 700 "$partial"
  dump_database "$partial/database.dump" || return 1
  pack_volumes "$partial/volumes.tar.gz" || return 1
  cp .env "$partial/settings.env" || return 1
  {
    printf 'version=%s\n' "$(setting MATTERMOST_VERSION)"
    printf 'image=%s\n' "mattermost/mattermost-enterprise-edition"
  } >"$partial/backup.txt"
  (cd "$partial" && sha256sum "${backup_files[@]}" >SHA256SUMS) || return 1
  check_backup "$partial" || return 1
  sync "$partial"/* "$partial"
  mv -- "$partial" "$1"
}

# require_backup DIRECTORY ends the command unless it is a backup for this deployment.
require_backup() {
  local name version
  for name in "${backup_files[@]}" SHA256SUMS; do
    [[ -f $1/$name ]] || fail "$1 is no backup: it has no $name"
  done
  version=$(backup_value "$1" version)
  is_version "$version" || fail "$1/backup.txt names no version"
  [[ $(backup_value "$1" image) == "mattermost/mattermost-enterprise-edition" ]] ||
    fail "$1 is of another edition: $(backup_value "$1" image)"
}

# check_backup DIRECTORY fails unless the backup is complete and readable.
check_backup() {
  (cd "$1" && sha256sum --check --quiet --strict SHA256SUMS) >&2 || return 1
  read_dump "$1/database.dump" || return 1
  read_archive "$1/volumes.tar.gz"
}

# backup_value DIRECTORY NAME
backup_value() {
  sed -n "s/^$2=//p" "$1/backup.txt"
}

# put_back DIRECTORY makes database, files and version those of the backup; starts nothing.
put_back() {
  local version
  version=$(backup_value "$1" version)
  restore_database "$1/database.dump" || return 1
  unpack_volumes "$1/volumes.tar.gz" || return 1
  pin_version "$version"
}
