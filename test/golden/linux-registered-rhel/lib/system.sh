# shellcheck shell=bash
# The operating system: which one it is, its packages, and how files are put in place.

# One line per system this project is for: ID, beginning of VERSION_ID, family, standing, title.
supported_systems() {
  cat <<'SYSTEMS'
rhel|9|rhel|official|Red Hat Enterprise Linux 9
centos|9|rhel|equivalent|CentOS Stream 9
fedora||rhel|unofficial|Fedora
SYSTEMS
}

# release_value KEY prints a value of /etc/os-release.
release_value() {
  sed -n "s/^$1=//p" /etc/os-release | tr -d "\"'"
}

# identify_system UNSUPPORTED_TOO sets FAMILY to debian or rhel.
identify_system() {
  local unsupported_too=$1 id version release prefix family standing title
  id=$(release_value ID)
  version=$(release_value VERSION_ID)
  while IFS='|' read -r release prefix family standing title; do
    if [[ $id == "$release" && (-z $prefix || $version == "$prefix" || $version == "$prefix".*) ]]; then
      FAMILY=$family
      if [[ $standing == unofficial ]]; then
        warn "$title is not officially supported by Mattermost"
      fi
      return 0
    fi
  done < <(supported_systems)
  case " $id $(release_value ID_LIKE) " in
  *' debian '* | *' ubuntu '*) FAMILY=debian ;;
  *' rhel '* | *' fedora '*) FAMILY=rhel ;;
  *) fail "$id $version is no system this project knows" "README.md lists the supported ones." ;;
  esac
  if [[ $unsupported_too != yes ]]; then
    fail "$id $version is not one of the systems this project is for" \
      "README.md lists them; --unsupported-system tries all the same."
  fi
  warn "$id $version is not supported by this project; going on as asked"
}

package_manager() {
  command -v dnf || command -v yum
}

is_package_installed() {
  if [[ $FAMILY == debian ]]; then
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
  else
    rpm --quiet -q --whatprovides "$1"
  fi
}

# missing_packages NAME... prints those that are not installed.
missing_packages() {
  local name
  for name; do
    is_package_installed "$name" || printf '%s\n' "$name"
  done
}

# install_packages NAME... installs those that are missing.
install_packages() {
  local missing=()
  mapfile -t missing < <(missing_packages "$@")
  if ((${#missing[@]} == 0)); then
    return 0
  fi
  say "installing ${missing[*]}"
  # What packages create is for all to read, as they expect.
  umask 0022
  if [[ $FAMILY == debian ]]; then
    export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
    apt-get -q -o DPkg::Lock::Timeout=300 update
    apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}"
  else
    "$(package_manager)" -q -y install "${missing[@]}"
  fi
  umask 0077
}

# base_packages prints what these commands need.
base_packages() {
  printf '%s\n' ca-certificates tar gzip openssl rsync util-linux nginx diffutils logrotate
  if [[ $FAMILY == debian ]]; then
    printf '%s\n' curl gnupg
    return 0
  fi
  # Amazon Linux and containers have curl-minimal, which conflicts with curl and is enough.
  command -v curl >/dev/null || printf 'curl\n'
  # Amazon Linux has gnupg2-minimal, with which the same holds.
  command -v gpg >/dev/null || printf 'gnupg2\n'
  if has_selinux; then
    printf 'policycoreutils-python-utils\n'
  fi
}

install_base_packages() {
  local packages
  mapfile -t packages < <(base_packages)
  install_packages "${packages[@]}"
}

has_selinux() {
  command -v getenforce >/dev/null && [[ $(getenforce) != Disabled ]]
}

# label_installation lets systemd start the binaries where SELinux is on.
label_installation() {
  if ! has_selinux; then
    return 0
  fi
  local pattern='/opt/mattermost(-[^/]+)?/bin(/.*)?'
  if ! semanage fcontext -l -C | grep -F "$pattern" >/dev/null; then
    semanage fcontext -a -t bin_t "$pattern"
  fi
  restorecon -RF "$1"
}

# create_account makes the account of the server and the folders that it writes to.
create_account() {
  local folder
  if ! getent passwd "$ACCOUNT" >/dev/null; then
    useradd --system --user-group --home-dir "$STATE" --no-create-home \
      --shell /usr/sbin/nologin "$ACCOUNT"
  fi
  # The parent belongs to root: the server cannot replace one of its folders by a link.
  install -d -m 0750 -o root -g "$ACCOUNT" "$STATE"
  for folder in "${STATE_FOLDERS[@]}"; do
    install -d -m 0750 -o "$ACCOUNT" -g "$ACCOUNT" "$STATE/$folder"
  done
  install -d -m 0750 -o "$ACCOUNT" -g "$ACCOUNT" "$LOGS"
  install -d -m 0750 -o root -g "$ACCOUNT" "$CONFIGURATION"
}

FILES_CHANGED=no

have_files_changed() {
  [[ $FILES_CHANGED == yes ]]
}

# is_file_in_place MODE SOURCE TARGET
is_file_in_place() {
  cmp -s "$2" "$3" && [[ $(stat -c %a "$3") == "${1#0}" ]]
}

# put_file MODE SOURCE TARGET writes a file unless it already is as it should be.
put_file() {
  if is_file_in_place "$@"; then
    return 0
  fi
  install -m "$1" -o root -g root "$2" "$3.new"
  mv -f "$3.new" "$3"
  if has_selinux; then
    restorecon -F "$3"
  fi
  FILES_CHANGED=yes
}

# The sync of systems before 2015 knows only everything.
SYNC_KNOWS_FILES=yes
if ! sync --help | grep -e --file-system >/dev/null; then
  SYNC_KNOWS_FILES=no
fi

# flush PATH returns when all that was written to its file system is on the disk.
flush() {
  if [[ $SYNC_KNOWS_FILES == yes ]]; then
    sync -f -- "$1"
  else
    sync
  fi
}

# flush_file PATH... does that for single files, or for the names in a folder.
flush_file() {
  if [[ $SYNC_KNOWS_FILES == yes ]]; then
    sync -- "$@"
  else
    sync
  fi
}

# flush_newer FOLDER FILE does that for all in FOLDER that is newer than FILE.
flush_newer() {
  if [[ $SYNC_KNOWS_FILES == yes ]]; then
    find "$1" -cnewer "$2" -exec sync -- {} +
  else
    sync
  fi
}

# require_space FOLDER MEBIBYTES PURPOSE
require_space() {
  local free
  free=$(df -Pm "$1" | awk 'NR == 2 { print $4 }')
  if ((free < $2)); then
    fail "$1 has $free MiB free, $3 needs $2" "Make room there and run this again."
  fi
}

# folder_mebibytes FOLDER... prints how much they take together. One may be a link to another disk.
folder_mebibytes() {
  du -smc -- "${@/%//}" | awk 'END { print $1 }'
}
