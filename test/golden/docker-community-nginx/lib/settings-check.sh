# shellcheck shell=bash
# What the settings have to look like. Problems are collected, to be said all at once.

# expect NAME PATTERN WHAT: a setting that is there has the form.
expect() {
  local value
  value=$(setting "$1")
  if [[ -n $value && ! $value =~ ^($2)$ ]]; then
    setting_problems+=("$1 is $value, expected $3")
  fi
}

# require NAME
require() {
  if [[ -z $(setting "$1") ]]; then
    setting_problems+=("$1 is missing")
  fi
}

is_site_url() {
  [[ $1 =~ ^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[1-9][0-9]{0,4})?$ ]]
}

# url_scheme URL, url_host URL, url_port URL: of a site URL that is right, the host in lower case.
url_scheme() { printf '%s' "${1%%:*}"; }

url_host() {
  local rest=${1#*://}
  rest=${rest%%:*}
  printf '%s' "${rest,,}"
}

url_port() {
  if [[ $1 =~ :([0-9]+)$ ]]; then
    printf '%s' "${BASH_REMATCH[1]}"
  elif [[ $1 == https:* ]]; then
    printf 443
  else
    printf 80
  fi
}

check_settings() {
  require SITE_URL
  require MATTERMOST_VERSION
  require COMPOSE_PROJECT_NAME
  require POSTGRES_VERSION
  require POSTGRES_VOLUME
  require POSTGRES_MOUNT
  expect ADMIN_EMAIL '[a-z0-9._%+-]+@[a-z0-9.-]+' 'an address in lower case'
  expect ADMIN_USERNAME '[a-z][a-z0-9._-]{2,21}' \
    '3 to 22 of the characters a-z, 0-9, dot, hyphen and underscore, a letter first'
  expect BIND_ADDRESS '[0-9.]+|[0-9a-fA-F:]+' 'an IP address'
  expect REGISTRY '[A-Za-z0-9][A-Za-z0-9._:/-]*[A-Za-z0-9]' 'a registry such as docker.io'
  expect START_TIMEOUT '[1-9][0-9]{0,5}' 'a number of seconds'
  expect COMPOSE_PROJECT_NAME '[a-z0-9][a-z0-9_-]*' 'lower-case letters, digits, - and _'
  expect MATTERMOST_DIGEST 'sha256:[0-9a-f]{64}' 'sha256: and 64 digits of 0-9 and a-f'
  expect POSTGRES_VERSION '1[4-9]|[2-9][0-9]' 'a major version, 14 or later'
  expect POSTGRES_VOLUME '[a-z0-9][a-z0-9_.-]*' 'the name of a volume'
  local name
  for name in HTTP_PORT HTTPS_PORT MM_EMAILSETTINGS_SMTPPORT CALLS_PORT METRICS_PORT; do
    expect "$name" '[1-9][0-9]{0,4}' 'a port number'
  done
  for name in MATTERMOST_MEMORY POSTGRES_MEMORY PROXY_MEMORY; do
    expect "$name" '[1-9][0-9]*[mg]' 'an amount such as 512m or 4g'
  done
  for name in MM_EMAILSETTINGS_ENABLESMTPAUTH MM_FILESETTINGS_AMAZONS3SSL; do
    expect "$name" 'true|false' 'true or false'
  done
  expect METRICS_ADDRESS '[0-9.]+|[0-9a-fA-F:]+' 'an IP address'
  expect MM_EMAILSETTINGS_CONNECTIONSECURITY 'TLS|STARTTLS' 'TLS or STARTTLS'
  check_postgres
  check_overlays
  if [[ -v settings[MATTERMOST_VERSION] ]] && ! is_version "$(setting MATTERMOST_VERSION)"; then
    setting_problems+=("MATTERMOST_VERSION is $(setting MATTERMOST_VERSION), expected X.Y.Z")
  fi
  check_site
}

# postgres_mount VERSION prints where the image of a major version wants its volume.
postgres_mount() {
  if (($1 < 18)); then
    printf /var/lib/postgresql/data
  else
    printf /var/lib/postgresql
  fi
}

check_postgres() {
  local version mount
  version=$(setting POSTGRES_VERSION)
  [[ $version =~ ^[0-9]+$ ]] || return 0
  mount=$(postgres_mount "$version")
  if [[ $(setting POSTGRES_MOUNT "$mount") != "$mount" ]]; then
    setting_problems+=("POSTGRES_MOUNT is $(setting POSTGRES_MOUNT), expected $mount for $version")
  fi
}

check_site() {
  local url
  url=$(setting SITE_URL)
  [[ -n $url ]] || return 0
  if ! is_site_url "$url"; then
    setting_problems+=("SITE_URL is $url, expected http:// or https://, a host and perhaps :port")
    return
  fi
  expect NGINX_SITE 'http|https' 'http or https'
  if [[ $(setting NGINX_SITE https) == https && $url == http:* ]]; then
    setting_problems+=("NGINX_SITE is https, but SITE_URL begins with http:")
  fi
  # Plain HTTP under an https address: another proxy stands in front.
  [[ $(setting NGINX_SITE https) == "$(url_scheme "$url")" ]] || return 0
  local name=HTTP_PORT default=80
  if [[ $url == https:* ]]; then
    name=HTTPS_PORT default=443
  fi
  if [[ $(setting "$name" "$default") != "$(url_port "$url")" ]]; then
    setting_problems+=("SITE_URL is $url, but $name is $(setting "$name" "$default")")
  fi
}
