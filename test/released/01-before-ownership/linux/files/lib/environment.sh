# shellcheck shell=bash
# The environment file of the unit. What stands there cannot be changed in the System Console; all
# other settings belong to the server, which keeps them in config.json.

# environment_line NAME VALUE quotes as systemd's EnvironmentFile= reads it.
environment_line() {
  local value=$2 character
  # shellcheck disable=SC1003
  for character in '\' '"' '$' '`'; do
    value=${value//"$character"/\\"$character"}
  done
  printf '%s="%s"\n' "$1" "$value"
}

print_environment() {
  printf '# Written by bin/install from settings.conf: change it there.\n'
  environment_line MM_CONFIG "$STATE/config/config.json"
  environment_line MM_SERVICESETTINGS_SITEURL "${SETTINGS[SITE_URL]}"
  environment_line MM_SERVICESETTINGS_LISTENADDRESS "${SERVER#http://}"
  environment_line MM_SERVICESETTINGS_TRUSTEDPROXYIPHEADER X-Real-IP
  environment_line MM_SERVICESETTINGS_ENABLELOCALMODE true
  environment_line MM_SERVICESETTINGS_LOCALMODESOCKETLOCATION /run/mattermost/local.socket
  environment_line MM_SQLSETTINGS_DRIVERNAME postgres
  environment_line MM_SQLSETTINGS_DATASOURCE "$(database_address)"
  if [[ ${SETTINGS[DATABASE]} == local ]]; then
    # PostgreSQL takes 100 connections; some are left for backups and administration.
    environment_line MM_SQLSETTINGS_MAXOPENCONNS 80
    environment_line MM_SQLSETTINGS_MAXIDLECONNS 20
  fi
  environment_line MM_FILESETTINGS_DIRECTORY "$STATE/data/"
  environment_line MM_PLUGINSETTINGS_DIRECTORY "$STATE/plugins"
  environment_line MM_PLUGINSETTINGS_CLIENTDIRECTORY "$STATE/client-plugins"
  environment_line MM_LOGSETTINGS_FILELOCATION "$LOGS"
  environment_line MM_LOG_PATH "$LOGS"
  if [[ -n ${SETTINGS[SMTP_HOST]} ]]; then
    print_mail_environment
  fi
}

print_mail_environment() {
  local security=${SETTINGS[SMTP_SECURITY]}
  if [[ $security == none ]]; then
    security=
  fi
  environment_line MM_EMAILSETTINGS_SENDEMAILNOTIFICATIONS true
  environment_line MM_EMAILSETTINGS_SMTPSERVER "${SETTINGS[SMTP_HOST]}"
  environment_line MM_EMAILSETTINGS_SMTPPORT "${SETTINGS[SMTP_PORT]}"
  environment_line MM_EMAILSETTINGS_CONNECTIONSECURITY "$security"
  environment_line MM_EMAILSETTINGS_FEEDBACKEMAIL "${SETTINGS[SMTP_FROM]}"
  environment_line MM_EMAILSETTINGS_REPLYTOADDRESS "${SETTINGS[SMTP_FROM]}"
  if [[ -n ${SETTINGS[SMTP_USER]} ]]; then
    environment_line MM_EMAILSETTINGS_ENABLESMTPAUTH true
    environment_line MM_EMAILSETTINGS_SMTPUSERNAME "${SETTINGS[SMTP_USER]}"
    environment_line MM_EMAILSETTINGS_SMTPPASSWORD "$(head -n 1 "${SETTINGS[SMTP_PASSWORD_FILE]}")"
  fi
}

# require_database_in_use ends the command when the server uses another database than settings.conf
# names.
require_database_in_use() {
  local line
  line=$(environment_line MM_SQLSETTINGS_DATASOURCE "$(database_address)")
  if ! grep -xF -e "$line" "$ENVIRONMENT_FILE" >/dev/null 2>&1; then
    fail "the server does not use the database that settings.conf names" \
      "Run bin/install first, or put the settings back."
  fi
}

write_environment() {
  local draft=$OWN_STATE/mattermost.env
  print_environment >"$draft"
  put_file 0600 "$draft" "$ENVIRONMENT_FILE"
  rm -f -- "$draft"
}
