# shellcheck shell=bash
# nginx in front of the server: its site, and whether it lets people in.

NGINX_DEFAULT=/etc/nginx/sites-enabled/default
NGINX_LINK=/etc/nginx/sites-enabled/mattermost.conf

# site_address prints host and port of SITE_URL, site_host the host alone.
site_address() {
  printf '%s' "${SETTINGS[SITE_URL]#*://}"
}

site_host() {
  local host
  host=$(site_address)
  if [[ $host != *']' ]]; then
    host=${host%:*}
  fi
  printf '%s' "$host"
}

# configure_proxy puts the site before back whatever goes wrong.
configure_proxy() {
  keep_site
  reached install-site-kept
  trap put_site_back EXIT
  trap 'exit 130' INT TERM HUP
  case ${SETTINGS[TLS]} in
  certificate) copy_certificate ;;
  letsencrypt)
    install_certbot
    request_certificate
    ;;
  esac
  use_site "$(site_source)"
  trap - EXIT INT TERM HUP
  rm -rf -- "${SITE_BEFORE:?}"
  open_firewall
}

# site_source prints the file of nginx/ that fits the settings.
site_source() {
  if [[ ${SETTINGS[TLS]} == none ]]; then
    printf 'mattermost.conf'
  else
    printf 'mattermost-tls.conf'
  fi
}

# site_path prints where nginx reads the site on this system.
site_path() {
  if [[ -d /etc/nginx/sites-available ]]; then
    printf '/etc/nginx/sites-available/mattermost.conf'
  else
    printf '/etc/nginx/conf.d/mattermost.conf'
  fi
}

# site_files prints all that makes the site: its file, the links of Debian, the certificate.
site_files() {
  printf '%s\n' "$(site_path)" "$NGINX_LINK" "$NGINX_DEFAULT" \
    "$TLS_FOLDER/fullchain.pem" "$TLS_FOLDER/privkey.pem"
}

SITE_BEFORE=$OWN_STATE/site.before

keep_site() {
  local file
  rm -rf -- "${SITE_BEFORE:?}"
  mkdir -- "$SITE_BEFORE"
  while IFS= read -r file; do
    if [[ -e $file || -L $file ]]; then
      # From the root: elsewhere cp does not make the folders of an absolute path.
      (cd / && cp -a --parents -- "$file" "$SITE_BEFORE")
    fi
  done < <(site_files)
}

# put_site_back runs in a trap: the command ends with the status that it had.
put_site_back() {
  local file
  set +e
  while IFS= read -r file; do
    rm -f -- "$file"
    if [[ -e $SITE_BEFORE$file || -L $SITE_BEFORE$file ]]; then
      cp -a -- "$SITE_BEFORE$file" "$file"
    fi
  done < <(site_files)
  if [[ -f $(site_path) ]] && nginx -t -q; then
    systemctl reload-or-restart nginx.service
    warn "nginx has the site that it had before"
  fi
}

# use_site FILE makes one file of nginx/ the site.
use_site() {
  local site
  site=$(site_path)
  put_file 0644 "$PROJECT/nginx/$1" "$site"
  if [[ $site == */sites-available/* ]]; then
    if [[ $(readlink "$NGINX_LINK" || true) != "$site" ]]; then
      ln -sfn -- "$site" "$NGINX_LINK"
    fi
    if [[ $(readlink "$NGINX_DEFAULT" || true) == */sites-available/default ]]; then
      # The welcome page of the package: both want to be the default site.
      rm -f -- "$NGINX_DEFAULT"
    fi
  fi
  reached install-site
  if has_selinux; then
    setsebool -P httpd_can_network_connect 1
  fi
  nginx -t -q ||
    fail "nginx does not accept its configuration" "See its message above; another site may use the same port."
  systemctl enable --quiet nginx.service
  systemctl reload-or-restart nginx.service
}

open_firewall() {
  if command -v firewall-cmd >/dev/null && firewall-cmd --state >/dev/null 2>&1; then
    firewall-cmd --quiet --permanent --add-service=http --add-service=https
    firewall-cmd --quiet --reload
  fi
}

close_site() {
  : >"$SITE_CLOSED"
}

# require_site_closed asks nginx itself: without its site, what people write could be lost.
require_site_closed() {
  if [[ $(ask_site / -w '%{http_code}') != 503 ]]; then
    fail "nginx does not keep people out during the change" \
      "systemctl status nginx says more; bin/install puts its site in place."
  fi
}

open_site() {
  rm -f -- "$SITE_CLOSED"
}

is_site_closed() {
  [[ -f $SITE_CLOSED ]]
}

# wait_for_site SECONDS: a reload of nginx takes a moment to count.
wait_for_site() {
  local try
  for ((try = 0; try < $1 * 5; try++)); do
    if ping_site 2>/dev/null; then
      return 0
    fi
    sleep 0.2
  done
  ping_site
}

ping_site() {
  ask_site /api/v4/system/ping -f
}

# ask_site PATH [OPTION...] asks the way a browser does, through nginx on this machine.
ask_site() {
  local host path=$1
  host=$(site_host)
  shift
  if [[ ${SETTINGS[TLS]} == none ]]; then
    curl --noproxy '*' -sS -m 10 -o /dev/null -H "Host: $(site_address)" "$@" "http://127.0.0.1$path"
  else
    # Whether a browser trusts the certificate is another question.
    curl --noproxy '*' -sSk -m 10 -o /dev/null --resolve "$host:443:127.0.0.1" "$@" "https://$host$path"
  fi
}
