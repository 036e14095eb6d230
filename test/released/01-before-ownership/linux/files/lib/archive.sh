# shellcheck shell=bash
# The release archive: fetched, verified, unpacked beside the version that runs.

# fetch URL_OR_PATH TARGET
fetch() {
  if [[ $1 == /* ]]; then
    cp -- "$1" "$2"
  else
    curl -fsSL --retry 3 --connect-timeout 20 -o "$2" -- "$1"
  fi || fail "$1 could not be fetched" "Check the address, the version and the network, or set MIRROR or ARCHIVE."
}

# provide_version VERSION sees to it that INSTALLATION-VERSION is there, complete and verified.
provide_version() {
  local version=$1 target=$INSTALLATION-$1 name source
  if [[ -d $target ]]; then
    return 0
  fi
  name=$(archive_name "$version")
  source=${SETTINGS[MIRROR]}/$version/$name
  if [[ -n ${SETTINGS[ARCHIVE]} ]]; then
    source=${SETTINGS[ARCHIVE]}
    if [[ ${source##*/} != "$name" ]]; then
      fail "ARCHIVE is ${source##*/}, wanted is $name" "Point ARCHIVE in settings.conf to that file."
    fi
  fi
  require_space "$DOWNLOADS" 1024 "the download"
  require_space /opt 2048 "the server"
  step "Fetching $source"
  fetch "$source" "$DOWNLOADS/$name"
  fetch "$source.sig" "$DOWNLOADS/$name.sig"
  verify_signature "$DOWNLOADS/$name"
  unpack "$version" "$DOWNLOADS/$name"
  rm -f -- "$DOWNLOADS/$name" "$DOWNLOADS/$name.sig"
}

# verify_signature ARCHIVE accepts only the key with the pinned fingerprint. The key ring is made
# for this one check, so that nothing in root's own has a say.
verify_signature() {
  local archive=$1 ring status fingerprint=${SETTINGS[SIGNING_KEY_FINGERPRINT]}
  ring=$(mktemp -d "$OWN_STATE/keys.XXXXXX")
  fetch "${SETTINGS[SIGNING_KEY]}" "$ring/key"
  gpg --homedir "$ring" --batch --quiet --import "$ring/key" 2>/dev/null || true
  status=$(gpg --homedir "$ring" --batch --status-fd 1 --verify "$archive.sig" "$archive" 2>/dev/null || true)
  gpgconf --homedir "$ring" --kill all >/dev/null 2>&1 || true
  rm -rf -- "${ring:?}"
  # VALIDSIG names the key that signed first and its primary key last.
  if ! grep -Eq "^\[GNUPG:\] VALIDSIG ($fingerprint .*|.* $fingerprint)\$" <<<"$status"; then
    rm -f -- "$archive" "$archive.sig"
    fail "${archive##*/} is not signed by the key $fingerprint" \
      "Do not install it. Fetch it again; a mirror may be damaged or dishonest."
  fi
  if [[ $status == *'[GNUPG:] REVKEYSIG '* ]]; then
    rm -f -- "$archive" "$archive.sig"
    fail "the key $fingerprint has been revoked" "Do not install ${archive##*/}; find out which key signs now."
  elif [[ $status == *'[GNUPG:] EXPKEYSIG '* ]]; then
    warn "the key $fingerprint has expired; a newer copy of it may say otherwise"
  fi
  say "signature by $fingerprint verified"
}

# unpack VERSION ARCHIVE
unpack() {
  local version=$1 archive=$2 target=$INSTALLATION-$1
  local partial=$target.partial
  step "Unpacking to $target"
  rm -rf -- "${partial:?}"
  mkdir -- "$partial"
  tar -xzf "$archive" -C "$partial" --strip-components=1 --no-same-owner
  chown -R root:root "$partial"
  chmod -R u+rwX,go+rX,go-w "$partial"
  if [[ -f $partial/client/root.html ]]; then
    # The only file of an installation that the server rewrites.
    chown "$ACCOUNT:$ACCOUNT" "$partial/client/root.html"
  fi
  label_installation "$partial"
  check_program "$version" "$partial"
  flush "$partial"
  mv -T -- "$partial" "$target"
  label_installation "$target"
}

# check_program VERSION FOLDER: a signature does not say which version was signed.
check_program() {
  local found
  # Unasked, some versions look for their settings and wait; an answer comes before that or never.
  found=$(cd / && timeout 60 runuser -u "$ACCOUNT" -- env -i MM_CONFIG="$STATE/config/config.json" \
    MM_LOG_PATH="$LOGS" "$2/bin/mattermost" version 2>/dev/null </dev/null |
    sed -n 's/^Version: *//p') || true
  if [[ $found != "$1" ]]; then
    rm -rf -- "${2:?}"
    fail "the archive holds version \"$found\", expected $1" "Check MIRROR or ARCHIVE in settings.conf."
  fi
}

# use_version VERSION makes it the one that the unit starts. Fails when it is not there.
use_version() {
  [[ -x $INSTALLATION-$1/bin/mattermost ]] &&
    ln -sfn -- "$INSTALLATION-$1" "$INSTALLATION.new" &&
    mv -fT -- "$INSTALLATION.new" "$INSTALLATION"
}

# remove_other_versions VERSION... removes the folders of all other versions.
remove_other_versions() {
  local folder version
  for folder in "$INSTALLATION"-*; do
    version=${folder#"$INSTALLATION-"}
    if is_version "$version" && [[ " $* " != *" $version "* ]]; then
      rm -rf -- "${folder:?}"
    fi
  done
}
