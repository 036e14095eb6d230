# shellcheck shell=bash
# The overlays compose.NAME.yaml, which COMPOSE_FILE chooses, and their settings.

# What each overlay takes; a setting that nothing reads is a mistake.
declare -A overlay_settings=(
  [smtp]="MM_EMAILSETTINGS_SMTPSERVER MM_EMAILSETTINGS_SMTPPORT
    MM_EMAILSETTINGS_CONNECTIONSECURITY MM_EMAILSETTINGS_ENABLESMTPAUTH
    MM_EMAILSETTINGS_SMTPUSERNAME MM_EMAILSETTINGS_SMTPPASSWORD
    MM_EMAILSETTINGS_FEEDBACKEMAIL MM_EMAILSETTINGS_REPLYTOADDRESS
    MM_SUPPORTSETTINGS_SUPPORTEMAIL"
  [s3]="MM_FILESETTINGS_AMAZONS3BUCKET MM_FILESETTINGS_AMAZONS3REGION
    MM_FILESETTINGS_AMAZONS3ENDPOINT MM_FILESETTINGS_AMAZONS3PATHPREFIX
    MM_FILESETTINGS_AMAZONS3SSL MM_FILESETTINGS_AMAZONS3ACCESSKEYID
    MM_FILESETTINGS_AMAZONS3SECRETACCESSKEY"
  [calls]="CALLS_PORT MM_CALLS_ICE_HOST_OVERRIDE"
)

read -r -d '' -a overlay_names <<<"${overlay_settings[*]}" || true
setting_names+=("${overlay_names[@]}")
unset "${overlay_names[@]}"

has_overlay() {
  [[ :$(setting COMPOSE_FILE): == *:compose.$1.yaml:* ]]
}

# check_overlays: the chosen files are there, have what they need, and nothing is set in vain.
check_overlays() {
  local chosen file name overlay
  chosen=$(setting COMPOSE_FILE compose.yaml)
  [[ $chosen: == compose.yaml:* ]] ||
    setting_problems+=("COMPOSE_FILE does not begin with compose.yaml")
  if [[ -f compose.override.yaml && -v settings[COMPOSE_FILE] &&
    :$chosen: != *:compose.override.yaml:* ]]; then
    setting_problems+=("COMPOSE_FILE does not name compose.override.yaml, which is there")
  fi
  while IFS= read -r -d : file; do
    [[ -f $file ]] || setting_problems+=("COMPOSE_FILE names $file, which is not there")
  done <<<"$chosen:"
  for overlay in "${!overlay_settings[@]}"; do
    has_overlay "$overlay" && continue
    for name in ${overlay_settings[$overlay]}; do
      [[ -z $(setting "$name") ]] ||
        setting_problems+=("$name is set, but COMPOSE_FILE does not name compose.$overlay.yaml")
    done
  done
  ! has_overlay smtp || require MM_EMAILSETTINGS_SMTPSERVER
  ! has_overlay s3 || require MM_FILESETTINGS_AMAZONS3BUCKET
  has_overlay calls || return 0
  require MM_CALLS_ICE_HOST_OVERRIDE
  for name in HTTP_PORT=80 HTTPS_PORT=443; do
    [[ $(setting CALLS_PORT 8443) != "$(setting "${name%=*}" "${name#*=}")" ]] ||
      setting_problems+=("CALLS_PORT is $(setting CALLS_PORT 8443), as ${name%=*} is")
  done
}
