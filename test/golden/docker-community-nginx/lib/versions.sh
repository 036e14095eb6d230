# shellcheck shell=bash
# Server versions: their form, their order, and which upgrades are possible.

is_version() {
  [[ $1 =~ ^(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})$ ]]
}

# version_number X.Y.Z prints a number that orders like the version.
version_number() {
  local major minor patch
  IFS=. read -r major minor patch <<<"$1"
  printf '%d' $((major * 100000000 + minor * 10000 + patch))
}

version_is_older() {
  (($(version_number "$1") < $(version_number "$2")))
}

version_is_between() {
  ! version_is_older "$1" "$2" && ! version_is_older "$3" "$1"
}

# require_upgrade_path FROM TO ends the command unless the server can be upgraded in one step.
require_upgrade_path() {
  local from=$1 to=$2
  if version_is_older "$to" "$from"; then
    fail "$to is older than the installed $from" \
      "The server cannot read a newer database: bin/rollback or, from a backup, bin/restore goes back."
  fi
  if version_is_older "$from" 5.37.0 && version_is_older 5.37.9999 "$to"; then
    fail "an upgrade from $from to $to has to stop at 5.37" \
      "Upgrade to the newest 5.37 release first."
  fi
  if version_is_older "$from" 7.1.0 && version_is_older 7.1.9999 "$to"; then
    fail "an upgrade from $from to $to has to stop at 7.1" \
      "Upgrade to the newest 7.1 release first."
  fi
  if version_is_between "$from" 10.11.17 10.11.9999 &&
    version_is_between "$to" 11.0.0 11.7.2; then
    fail "an upgrade from $from to $to is not possible: the numbers of their database migrations collide" \
      "Upgrade to 11.7.3 or later."
  fi
  if version_is_between "$from" 10.11.17 10.11.9999 &&
    version_is_between "$to" 11.8.0 11.8.0; then
    fail "an upgrade from $from to $to is not possible: the numbers of their database migrations collide" \
      "Upgrade to 11.8.1 or later."
  fi
}
