# shellcheck shell=bash
# What every command does first. Sourced with PROJECT set to the root of this checkout.

umask 0077
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# What the caller has set for PostgreSQL is not meant for these commands.
unset "${!PG@}"

parts=(
  messages versions paths log release releases settings system postgresql database archive
  environment server proxy certificate journal recovery change backup timer
)
parts+=(targets undo)
for part in "${parts[@]}"; do
  # shellcheck source=/dev/null
  . "$PROJECT/lib/$part.sh"
done

COMMAND_LINE=${0##*/}
DRY_RUN=no
# How many seconds to wait for another command of this project to end.
LOCK_WAIT=10

# print_help SCRIPT prints the comment at the head of a command.
print_help() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$1"
}

# answer_help SCRIPT ARGUMENT... ends the command when it was asked for help.
answer_help() {
  local script=$1 argument
  shift
  for argument; do
    if [[ $argument == --help || $argument == -h ]]; then
      print_help "$script"
      exit 0
    fi
    COMMAND_LINE+=" $argument"
  done
}

# only_look makes it a dry run.
only_look() {
  DRY_RUN=yes
}

is_dry_run() {
  [[ $DRY_RUN == yes ]]
}

# would WHAT says what a dry run leaves undone.
would() {
  say "would $*"
}

# wait_for_others SECONDS, instead of giving up soon, when another command runs.
wait_for_others() {
  LOCK_WAIT=$1
}

# begin makes sure that the command can work, and that no other one works at the same time. A dry
# run reads alone.
begin() {
  read_project
  if is_dry_run; then
    return 0
  fi
  chmod go-rwx "$SETTINGS_FILE"
  exec 9>"$LOCK"
  if ! flock -w "$LOCK_WAIT" 9; then
    fail "another command of this project is running" "Wait until it has ended."
  fi
  install -d -m 0700 "$OWN_STATE" "$DOWNLOADS"
  start_log
  start_after_backup
}

# read_project is all that a command needs which changes nothing.
read_project() {
  if ((EUID != 0)); then
    fail "root is needed" "Run it with sudo."
  fi
  read_release
  read_settings
}

require_installed() {
  if [[ -z $(installed_version) ]]; then
    fail "no server is installed in $INSTALLATION" "Run bin/install first."
  fi
  require_edition "$INSTALLATION"
  require_database_in_use
}

# require_install_applied ends the command when bin/install would change what a change relies on.
require_install_applied() {
  if ! cmp -s "$PROJECT/systemd/$UNIT" "/etc/systemd/system/$UNIT" ||
    ! cmp -s "$PROJECT/nginx/$(site_source)" "$(site_path)"; then
    fail "the settings or the files of this project have changed since bin/install ran" \
      "Run bin/install first."
  fi
}
