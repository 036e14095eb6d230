# shellcheck shell=bash
# A backup: one directory with the database, the server's files, the settings and checksums.

backup_files=(backup.txt database.dump settings.env volumes.tar.gz)

# new_backup_name [SUFFIX]
new_backup_name() {
  printf 'backups/%s%s' "$(date -u +%Y-%m-%dT%H-%M-%SZ)" "${1:+-$1}"
}

# make_backup DIRECTORY: the database runs, the server does not. The name appears when
# everything in it was written and read back.
make_backup() {
  local partial=backups/.partial
  rm -rf -- "$partial" || return 1
  if fill_backup "$partial" && mv -T -- "$partial" "$1" && sync backups; then
    return
  fi
  # What comes next may need the space.
  rm -rf -- "$partial"
  return 1
}

# fill_backup DIRECTORY
fill_backup() {
  local partial=$1 start
  start=$(last_start mattermost) || return 1
  mkdir -m 700 "$partial" || return 1
  dump_database "$partial/database.dump" || return 1
  passed dumped
  pack_volumes "$partial/volumes.tar.gz" || return 1
  describe_backup "$partial" || return 1
  check_backup "$partial" || return 1
  passed packed
  if is_running mattermost || [[ $(last_start mattermost) != "$start" ]]; then
    warn "the server was started during the backup: database and files may not fit together"
    return 1
  fi
  sync "$partial"/* "$partial"
}

# describe_backup DIRECTORY writes the settings, what the backup is of, and the checksums.
describe_backup() {
  local version database files
  version=$(setting MATTERMOST_VERSION)
  database=$(database_kilobytes) || return 1
  files=$(volumes_kilobytes) || return 1
  cp .env "$1/settings.env" || return 1
  printf '%s\n' "version=$version" "digest=$(setting MATTERMOST_DIGEST)" "image=mattermost/mattermost-enterprise-edition" \
    "postgres=$(setting POSTGRES_VERSION)" "database_kilobytes=$database" \
    "files_kilobytes=$files" >"$1/backup.txt" || return 1
  [[ $(backup_value "$1" version) == "$version" ]] || return 1
  (CDPATH='' cd -- "$1" && sha256sum "${backup_files[@]}" >SHA256SUMS)
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
  version=$(backup_value "$1" postgres)
  [[ ! $version =~ ^[0-9]+$ ]] || ((version <= $(setting POSTGRES_VERSION))) ||
    fail "$1 is of PostgreSQL $version, which $(setting POSTGRES_VERSION) cannot read" \
      "Run bin/upgrade-postgres $version first."
}

# check_backup DIRECTORY fails unless the backup is complete and readable.
check_backup() {
  (CDPATH='' cd -- "$1" && sha256sum --check --quiet --strict SHA256SUMS) >&2 || return 1
  read_dump "$1/database.dump" || return 1
  read_archive "$1/volumes.tar.gz"
}

# backup_value DIRECTORY NAME
backup_value() {
  sed -n "s/^$2=//p" "$1/backup.txt"
}

# put_back DIRECTORY makes database, files and version those of the backup; starts nothing.
put_back() {
  local version digest
  version=$(backup_value "$1" version) || return 1
  digest=$(backup_value "$1" digest) || return 1
  restore_database "$1/database.dump" || return 1
  passed database-put-back
  unpack_volumes "$1/volumes.tar.gz" || return 1
  passed files-put-back
  pin_version "$version" "$digest"
}
