# shellcheck shell=bash
# The settings in .env: read and checked, never executed.

declare -A settings=()
setting_problems=()

setting_names=(
  SITE_URL ADMIN_EMAIL ADMIN_USERNAME BIND_ADDRESS HTTP_PORT HTTPS_PORT
  SITE_ADDRESS DEFAULT_SNI
  REGISTRY MATTERMOST_MEMORY POSTGRES_MEMORY PROXY_MEMORY START_TIMEOUT
  MATTERMOST_VERSION MATTERMOST_DIGEST POSTGRES_VERSION POSTGRES_VOLUME POSTGRES_MOUNT
  COMPOSE_FILE COMPOSE_PROJECT_NAME
)

# Compose prefers the environment to .env: a name that happens to be there would win.
unset "${setting_names[@]}" COMPOSE_PROFILES COMPOSE_ENV_FILES

# setting NAME [DEFAULT]
setting() {
  printf '%s' "${settings[$1]:-${2:-}}"
}

# change_settings FILE NAME=VALUE... puts all of them into the file or none: in the place of the
# line of the name, of a commented one otherwise, at the end otherwise.
change_settings() {
  local file=$1 line name change
  local -A changes=()
  shift
  for change; do
    name=${change%%=*}
    if grep -q "^$name=" "$file"; then
      changes[$name]=$change
    else
      changes["#$name"]=$change
    fi
  done
  while IFS= read -r line || [[ -n $line ]]; do
    name=${line%%=*}
    if [[ $line =~ ^#?[A-Z][A-Z0-9_]*= && -v changes["$name"] ]]; then
      line=${changes[$name]}
      unset 'changes[$name]'
    fi
    printf '%s\n' "$line" || return 1
  done <"$file" >"$file.new" || return 1
  for name in "${!changes[@]}"; do
    printf '%s\n' "${changes[$name]}" >>"$file.new" || return 1
  done
  sync "$file.new" || return 1
  mv -f -- "$file.new" "$file" || return 1
  sync .
}

# pin NAME=VALUE... changes settings that the commands keep.
pin() {
  local change
  change_settings .env "$@" || return 1
  for change; do
    settings[${change%%=*}]=${change#*=}
  done
}

# pin_version VERSION [DIGEST] makes it the one that the next start of the server takes.
pin_version() {
  pin "MATTERMOST_VERSION=$1" "MATTERMOST_DIGEST=${2:-}"
}

# read_settings ends the command unless .env is right.
read_settings() {
  [[ -f .env ]] || fail "there is no .env here" "Run bin/init first."
  load_settings .env ||
    fail "nothing was done" "Correct .env; .env.example explains each setting."
}

# load_settings FILE fails, after it said why, unless the file is right.
load_settings() {
  settings=()
  setting_problems=()
  if grep -q $'\r$' "$1"; then
    setting_problems+=("its lines end as on Windows: sed -i 's/\r\$//' .env corrects that")
  else
    parse_settings "$1"
    check_settings
  fi
  ((${#setting_problems[@]} == 0)) && return
  printf 'error: .env: %s\n' "${setting_problems[@]}" >&2
  return 1
}

parse_settings() {
  local line number=0 name value
  while IFS= read -r line || [[ -n $line ]]; do
    number=$((number + 1))
    [[ $line =~ ^[[:space:]]*(#|$) ]] && continue
    if [[ ! $line =~ ^([A-Z][A-Z0-9_]*)=(.*)$ ]]; then
      setting_problems+=("line $number is not NAME=value")
      continue
    fi
    name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
    if [[ ! $name =~ ^COMPOSE_ && " ${setting_names[*]} " != *" $name "* ]]; then
      setting_problems+=("line $number: $name is no setting")
    elif [[ -v settings[$name] ]]; then
      setting_problems+=("line $number: $name stands here for the second time")
    elif [[ $value == *\\\' ]]; then
      setting_problems+=("line $number: the value of $name ends with \\, which Compose cannot read")
    elif [[ $value =~ ^\'([^\']*)\'$ ]]; then
      settings[$name]=${BASH_REMATCH[1]}
    elif [[ $value =~ ^[A-Za-z0-9._:/@+,=%-]*$ ]]; then
      settings[$name]=$value
    else
      setting_problems+=("line $number: the value of $name has to stand in single quotes")
    fi
  done <"$1"
}
