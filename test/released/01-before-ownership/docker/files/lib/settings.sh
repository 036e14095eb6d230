# shellcheck shell=bash
# The settings in .env: read and checked, never executed.

declare -A settings=()
setting_problems=()

setting_names=(
  SITE_URL ADMIN_EMAIL ADMIN_USERNAME BIND_ADDRESS HTTP_PORT HTTPS_PORT
  SITE_ADDRESS
  MM_EMAILSETTINGS_SENDEMAILNOTIFICATIONS MM_EMAILSETTINGS_SMTPSERVER
  MM_EMAILSETTINGS_SMTPPORT MM_EMAILSETTINGS_CONNECTIONSECURITY
  MM_EMAILSETTINGS_ENABLESMTPAUTH MM_EMAILSETTINGS_SMTPUSERNAME
  MM_EMAILSETTINGS_SMTPPASSWORD MM_EMAILSETTINGS_FEEDBACKEMAIL
  MM_EMAILSETTINGS_REPLYTOADDRESS MM_SUPPORTSETTINGS_SUPPORTEMAIL
  REGISTRY MATTERMOST_MEMORY POSTGRES_MEMORY PROXY_MEMORY START_TIMEOUT
  MATTERMOST_VERSION COMPOSE_PROJECT_NAME
)

# Compose prefers the environment to .env: a name that happens to be there would win.
unset "${setting_names[@]}" COMPOSE_FILE COMPOSE_PROFILES COMPOSE_ENV_FILES

# setting NAME [DEFAULT]
setting() {
  printf '%s' "${settings[$1]:-${2:-}}"
}

# set_setting NAME VALUE FILE replaces the line of NAME, commented out or not, or adds one.
set_setting() {
  local name=$1 value=$2 file=$3 line found=false
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $found == false && $line =~ ^#?$name= ]]; then
      line=$name=$value
      found=true
    fi
    printf '%s\n' "$line" || return 1
  done <"$file" >"$file.new" || return 1
  if [[ $found == false ]]; then
    printf '%s=%s\n' "$name" "$value" >>"$file.new" || return 1
  fi
  sync "$file.new" || return 1
  mv -f -- "$file.new" "$file" || return 1
  sync .
}

# pin_version VERSION makes it the one that the next start of the server takes.
pin_version() {
  set_setting MATTERMOST_VERSION "$1" .env || return 1
  settings[MATTERMOST_VERSION]=$1
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
  parse_settings "$1"
  check_settings
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
