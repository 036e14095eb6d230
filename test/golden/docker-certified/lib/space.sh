# shellcheck shell=bash
# Whether there is space for a backup, and for putting one back. Sizes are in KiB.

# present_kilobytes prints the size of what a backup would hold, before it is packed.
present_kilobytes() {
  local database files
  database=$(database_kilobytes) || return 1
  files=$(volumes_kilobytes) || return 1
  [[ $database =~ ^[0-9]+$ && $files =~ ^[0-9]+$ ]] || return 1
  printf '%d' "$((database + files))"
}

# put_back_kilobytes BACKUP prints what putting it back takes: its database stands beside the
# present one until it is complete, in the place of what an interruption left; its files take the
# place of the present ones.
put_back_kilobytes() {
  local database files present left size
  database=$(backup_value "$1" database_kilobytes)
  files=$(backup_value "$1" files_kilobytes)
  present=$(volumes_kilobytes) || return 1
  left=$(leftover_kilobytes) || return 1
  for size in "$database" "$files" "$present" "$left"; do
    [[ $size =~ ^[0-9]+$ ]] || return 1
  done
  database=$((database > left ? database - left : 0))
  printf '%d' "$((database + (files > present ? files - present : 0)))"
}

# require_space BACKUP VOLUMES ends the command unless so much more fits into backups/ and into
# Docker's volumes.
require_space() {
  local backup=$1 volumes=$2 left backup_disk volume_disk size free volume_size volume_free
  local columns=("--output=size,avail" --block-size=1024)
  backup_disk=$(df "${columns[@]}" backups | tail -n 1) || fail "df says nothing of backups/"
  volume_disk=$(compose exec -T postgres df "${columns[@]}" "$(setting POSTGRES_MOUNT)" </dev/null |
    tail -n 1) || fail "df says nothing of the database's volume"
  # What an interruption left there goes before the next backup is made.
  left=$(du --summarize --block-size=1024 backups/.partial 2>/dev/null | cut -f 1) || true
  backup=$((backup > ${left:-0} ? backup - ${left:-0} : 0))
  read -r size free <<<"$backup_disk"
  read -r volume_size volume_free <<<"$volume_disk"
  # A file system of the same size is the same one, in all likelihood.
  if [[ $size == "$volume_size" ]]; then
    backup=$((backup + volumes))
    volumes=$backup
  fi
  require_free backups/ "$free" "$backup"
  require_free "the database's volume" "$volume_free" "$volumes"
}

# require_free PLACE FREE NEEDED
require_free() {
  local needed=$(($3 + 102400))
  (($2 > needed)) ||
    fail "$1 has $(($2 / 1024)) MiB of space, $((needed / 1024)) MiB are needed" \
      "Delete or move old backups, or give it more."
}
