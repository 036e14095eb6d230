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
