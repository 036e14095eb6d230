# shellcheck shell=bash
# The settings file: read as text, never run. Every fault is reported, then the command ends.

declare -A SETTINGS=(
  [SITE_URL]='' [TLS]='' [LETSENCRYPT_EMAIL]=''
  [TLS_CERTIFICATE]='' [TLS_KEY]=''
  [ADMIN_EMAIL]='' [ADMIN_USERNAME]=''
  [DATABASE]=local [DATABASE_URL]=''
  [SMTP_HOST]='' [SMTP_PORT]=587 [SMTP_SECURITY]=STARTTLS
  [SMTP_USER]='' [SMTP_PASSWORD_FILE]='' [SMTP_FROM]=''
  [BACKUP_DIRECTORY]=/var/backups/mattermost
  [MIRROR]=https://releases.mattermost.com [ARCHIVE]=''
  [SIGNING_KEY]=https://deb.packages.mattermost.com/pubkey.gpg
  [SIGNING_KEY_FINGERPRINT]=A1B31D46F0F3A10B02CF2D44F8F2C31744774B28
)
SETTINGS_FILE=$PROJECT/settings.conf
SETTINGS_FAULTS=0

HOST_PATTERN='([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])'
EMAIL_PATTERN='^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$'
PATH_PATTERN='^/[A-Za-z0-9._/+@:-]*$'
URL_OR_PATH_PATTERN='^((https?|file)://[^[:space:]"\\]+|/[A-Za-z0-9._/+@:-]*)$'
DATABASE_URL_PATTERN="^postgres(ql)?://([^:@/[:space:]]+):([^@/?#[:space:]]+)@$HOST_PATTERN(:([0-9]+))?/([A-Za-z0-9_-]+)(\\?([^[:space:]]*))?\$"

settings_fault() {
  printf 'error: settings.conf: %s\n' "$1" >&2
  SETTINGS_FAULTS=$((SETTINGS_FAULTS + 1))
}

read_settings() {
  if [[ ! -f $SETTINGS_FILE ]]; then
    fail "$SETTINGS_FILE is missing" "Copy settings.conf.example to settings.conf and edit it."
  fi
  chmod go-rwx "$SETTINGS_FILE"
  read_settings_lines
  check_site
  check_tls
  check_administrator
  check_database
  check_mail
  check_sources
  if ((SETTINGS_FAULTS > 0)); then
    exit 1
  fi
}

read_settings_lines() {
  local line key value number=0 seen=' '
  while IFS= read -r line || [[ -n $line ]]; do
    number=$((number + 1))
    line=${line%$'\r'}
    if [[ $line =~ ^[[:space:]]*(#.*)?$ ]]; then
      continue
    fi
    if [[ ! $line =~ ^([A-Za-z_]+)=(.*)$ ]]; then
      settings_fault "line $number is not KEY=value"
      continue
    fi
    key=${BASH_REMATCH[1]}
    value=${BASH_REMATCH[2]}
    value=${value%"${value##*[![:space:]]}"}
    if [[ -z ${SETTINGS[$key]+known} ]]; then
      settings_fault "line $number: $key is no setting; settings.conf.example lists them"
    elif [[ $seen == *" $key "* ]]; then
      settings_fault "line $number: $key is set twice"
    elif [[ $value == [\"\']* ]]; then
      settings_fault "line $number: $key has quotes; write the value without them"
    else
      SETTINGS[$key]=$value
    fi
    seen+="$key "
  done <"$SETTINGS_FILE"
}

# require_form KEY PATTERN EXPECTATION
require_form() {
  if [[ ! ${SETTINGS[$1]} =~ $2 ]]; then
    settings_fault "$1 is \"${SETTINGS[$1]}\", expected $3"
  fi
}

require_path() {
  require_form "$1" "$PATH_PATTERN" "the absolute path of a file"
}

# require_setting_files is for bin/install: other commands work without the files of the settings.
require_setting_files() {
  local key keys=()
  if [[ ${SETTINGS[TLS]} == certificate ]]; then
    keys+=(TLS_CERTIFICATE TLS_KEY)
  fi
  if [[ -n ${SETTINGS[SMTP_HOST]} && -n ${SETTINGS[SMTP_USER]} ]]; then
    keys+=(SMTP_PASSWORD_FILE)
  fi
  for key in ${keys[@]+"${keys[@]}"}; do
    if [[ ! -f ${SETTINGS[$key]} ]]; then
      settings_fault "$key: there is no file ${SETTINGS[$key]}"
    fi
  done
  if ((SETTINGS_FAULTS > 0)); then
    exit 1
  fi
}

check_site() {
  require_form SITE_URL "^https?://$HOST_PATTERN(:[0-9]{1,5})?\$" \
    "http or https, a host and at most a port: https://chat.example.com, no path, no slash at the end"
}

check_tls() {
  require_form TLS '^(none|certificate|letsencrypt)$' "none, certificate or letsencrypt"
  if [[ ${SETTINGS[TLS]} != none && ! ${SETTINGS[SITE_URL]} =~ ^https://[^:]+(:443)?$ ]]; then
    settings_fault "TLS is ${SETTINGS[TLS]}, so SITE_URL has to be https, a host name and no port"
  fi
  if [[ ${SETTINGS[TLS]} == certificate ]]; then
    require_path TLS_CERTIFICATE
    require_path TLS_KEY
  elif [[ ${SETTINGS[TLS]} == letsencrypt ]]; then
    require_form LETSENCRYPT_EMAIL "$EMAIL_PATTERN" "an e-mail address"
  fi
}

check_administrator() {
  require_form ADMIN_EMAIL "$EMAIL_PATTERN" "an e-mail address"
  require_form ADMIN_USERNAME '^[a-z][a-z0-9._-]{2,21}$' \
    "3 to 22 lower-case letters, digits, dots, hyphens or underscores, a letter first"
}

check_database() {
  require_form DATABASE '^(local|external)$' "local or external"
  if [[ ${SETTINGS[DATABASE]} == external && ! ${SETTINGS[DATABASE_URL]} =~ $DATABASE_URL_PATTERN ]]; then
    # The value holds a password: it is not repeated.
    settings_fault "DATABASE_URL is not postgres://USER:PASSWORD@HOST:PORT/NAME?sslmode=MODE with the special characters of the password written as %XX"
  elif [[ ${SETTINGS[DATABASE]} == local && -n ${SETTINGS[DATABASE_URL]} ]]; then
    settings_fault "DATABASE_URL is set while DATABASE is local; set DATABASE=external"
  fi
}

check_mail() {
  if [[ -z ${SETTINGS[SMTP_HOST]} ]]; then
    return 0
  fi
  require_form SMTP_HOST "^$HOST_PATTERN\$" "a host name"
  require_form SMTP_PORT '^[1-9][0-9]{0,4}$' "a port number"
  require_form SMTP_SECURITY '^(none|STARTTLS|TLS)$' "none, STARTTLS or TLS"
  require_form SMTP_FROM "$EMAIL_PATTERN" "the e-mail address that mail comes from"
  if [[ -n ${SETTINGS[SMTP_USER]} ]]; then
    require_path SMTP_PASSWORD_FILE
  fi
}

check_sources() {
  require_form BACKUP_DIRECTORY "$PATH_PATTERN" "an absolute path"
  require_form MIRROR '^(https?|file)://[^[:space:]"\\]+[^/]$' "a URL without a slash at the end"
  require_form SIGNING_KEY "$URL_OR_PATH_PATTERN" "a URL or the absolute path of a file"
  require_form SIGNING_KEY_FINGERPRINT '^[0-9A-F]{40}$' "40 digits of 0-9 and A-F"
  if [[ -n ${SETTINGS[ARCHIVE]} ]]; then
    require_path ARCHIVE
  fi
}
