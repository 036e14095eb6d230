# shellcheck shell=bash disable=SC2034
# Which server this project installs.

EDITION=team
EDITION_TITLE='Team Edition'
ARCHIVE_PREFIX=mattermost-team

# read_release sets RELEASE to the version in release.conf.
read_release() {
  RELEASE=$(sed -n 's/^MATTERMOST_VERSION=//p' "$PROJECT/release.conf")
  if ! is_version "$RELEASE"; then
    fail "release.conf: MATTERMOST_VERSION is \"$RELEASE\", expected one X.Y.Z" \
      "Write the line as MATTERMOST_VERSION=X.Y.Z."
  fi
}

# edition_in FOLDER prints the edition of an unpacked server, nothing where that was not noted.
edition_in() {
  sed -n 's/^EDITION=//p' "$1/.release" 2>/dev/null || true
}

# require_edition FOLDER ends the command when the server there is of another edition: a change of
# the edition is no upgrade.
require_edition() {
  local found
  found=$(edition_in "$1")
  if [[ -n $found && $found != "$EDITION" ]]; then
    fail "$1 holds another edition ($found) than $EDITION_TITLE, which this project is for" \
      "Use a project for that edition."
  fi
}

# archive_name VERSION prints the file name of its archive for this machine.
archive_name() {
  local architecture
  case $(uname -m) in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
  *) fail "no server is released for $(uname -m)" "Use an x86-64 or arm64 machine." ;;
  esac
  printf '%s-%s-linux-%s.tar.gz' "$ARCHIVE_PREFIX" "$1" "$architecture"
}

# installed_version prints the version that the link points to, nothing when there is none.
installed_version() {
  local target
  target=$(readlink "$INSTALLATION" || true)
  target=${target#"$INSTALLATION-"}
  if is_version "$target"; then
    printf '%s' "$target"
  fi
}
