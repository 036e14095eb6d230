# shellcheck shell=bash
# nginx in front of the server, and the certificate it shows.

site_host() {
  local host=${SETTINGS[SITE_URL]#*://}
  printf '%s' "${host%:*}"
}

configure_proxy() {
  case ${SETTINGS[TLS]} in
  none) use_site mattermost.conf ;;
  certificate)
    copy_certificate
    use_site mattermost-tls.conf
    ;;
  letsencrypt)
    install_certbot
    request_certificate
    use_site mattermost-tls.conf
    ;;
  esac
  open_firewall
}

# site_path prints where nginx reads the site on this system.
site_path() {
  if [[ -d /etc/nginx/sites-available ]]; then
    printf '/etc/nginx/sites-available/mattermost.conf'
  else
    printf '/etc/nginx/conf.d/mattermost.conf'
  fi
}

# use_site FILE makes one file of nginx/ the site, and keeps the one before when nginx refuses it.
use_site() {
  local site before=$OWN_STATE/site.before default=/etc/nginx/sites-enabled/default
  site=$(site_path)
  rm -f -- "$before"
  if [[ -f $site ]]; then
    cp -p -- "$site" "$before"
  fi
  put_file 0644 "$PROJECT/nginx/$1" "$site"
  if [[ $site == */sites-available/* ]]; then
    if [[ ! -L /etc/nginx/sites-enabled/mattermost.conf ]]; then
      ln -s -- "$site" /etc/nginx/sites-enabled/mattermost.conf
    fi
    if [[ $(readlink "$default" || true) == */sites-available/default ]]; then
      # The welcome page of the package: both want to be the default site.
      rm -f -- "$default"
    fi
  fi
  if has_selinux; then
    setsebool -P httpd_can_network_connect 1
  fi
  if ! nginx -t -q; then
    if [[ -f $before ]]; then
      mv -f -- "$before" "$site"
    else
      rm -f -- "$site" /etc/nginx/sites-enabled/mattermost.conf
    fi
    fail "nginx does not accept its configuration" "See its message above; another site may use the same port."
  fi
  rm -f -- "$before"
  systemctl enable --quiet nginx.service
  systemctl reload-or-restart nginx.service
}

copy_certificate() {
  local certificate=${SETTINGS[TLS_CERTIFICATE]} key=${SETTINGS[TLS_KEY]}
  if [[ $(openssl x509 -in "$certificate" -noout -pubkey) != "$(openssl pkey -in "$key" -pubout)" ]]; then
    fail "TLS_KEY does not belong to TLS_CERTIFICATE" "Check both files."
  fi
  install -d -m 0700 "$TLS_FOLDER"
  unlink_certificate
  put_file 0644 "$certificate" "$TLS_FOLDER/fullchain.pem"
  put_file 0600 "$key" "$TLS_FOLDER/privkey.pem"
}

# unlink_certificate removes the links that Let's Encrypt left, so that no file behind is written.
unlink_certificate() {
  local file
  for file in "$TLS_FOLDER/fullchain.pem" "$TLS_FOLDER/privkey.pem"; do
    if [[ -L $file ]]; then
      rm -f -- "$file"
    fi
  done
}

install_certbot() {
  command -v certbot >/dev/null || install_packages certbot || true
  if ! command -v certbot >/dev/null; then
    fail "certbot could not be installed" "Enable a repository that has it (EPEL), or use TLS=certificate."
  fi
}

# request_certificate gets the first one; the timer of certbot renews it and reloads nginx.
request_certificate() {
  local host live
  host=$(site_host)
  live=/etc/letsencrypt/live/$host
  install -d -m 0755 "$CHALLENGES"
  if [[ ! -e $live/fullchain.pem ]]; then
    use_site mattermost-challenge.conf
    open_firewall
    certbot certonly --non-interactive --agree-tos --keep-until-expiring \
      --email "${SETTINGS[LETSENCRYPT_EMAIL]}" --webroot -w "$CHALLENGES" \
      --cert-name "$host" -d "$host" --deploy-hook 'systemctl reload nginx.service' ||
      fail "Let's Encrypt gave no certificate for $host" \
        "Its name has to lead to this machine, and port 80 has to be open to the internet."
  fi
  install -d -m 0700 "$TLS_FOLDER"
  ln -sfn -- "$live/fullchain.pem" "$TLS_FOLDER/fullchain.pem"
  ln -sfn -- "$live/privkey.pem" "$TLS_FOLDER/privkey.pem"
  systemctl enable --now --quiet certbot.timer 2>/dev/null ||
    systemctl enable --now --quiet certbot-renew.timer 2>/dev/null ||
    warn "no timer renews the certificate: run \"certbot renew\" daily"
}

open_firewall() {
  if command -v firewall-cmd >/dev/null && firewall-cmd --state >/dev/null 2>&1; then
    firewall-cmd --quiet --permanent --add-service=http --add-service=https
    firewall-cmd --quiet --reload
  fi
}

# wait_for_site SECONDS: a reload of nginx takes a moment to count.
wait_for_site() {
  local try
  for ((try = 0; try < $1; try++)); do
    if ping_site 2>/dev/null; then
      return 0
    fi
    sleep 1
  done
  ping_site
}

# ping_site asks for the site the way a browser does, through nginx on this machine.
ping_site() {
  local host
  host=$(site_host)
  if [[ ${SETTINGS[TLS]} == none ]]; then
    curl -fsS -m 10 -o /dev/null -H "Host: ${SETTINGS[SITE_URL]#*://}" \
      http://127.0.0.1/api/v4/system/ping
  else
    # Whether a browser trusts the certificate is another question.
    curl -fsSk -m 10 -o /dev/null --resolve "$host:443:127.0.0.1" \
      "https://$host/api/v4/system/ping"
  fi
}
