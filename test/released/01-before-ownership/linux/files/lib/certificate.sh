# shellcheck shell=bash
# The certificate that nginx shows: your own, or one from Let's Encrypt.

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

# request_certificate gets the first one; the timer of certbot renews it.
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
      --cert-name "$host" -d "$host" ||
      fail "Let's Encrypt gave no certificate for $host" \
        "Its name has to lead to this machine, and port 80 has to be open to the internet."
  fi
  reload_after_renewal
  install -d -m 0700 "$TLS_FOLDER"
  ln -sfn -- "$live/fullchain.pem" "$TLS_FOLDER/fullchain.pem"
  ln -sfn -- "$live/privkey.pem" "$TLS_FOLDER/privkey.pem"
  systemctl enable --now --quiet certbot.timer 2>/dev/null ||
    systemctl enable --now --quiet certbot-renew.timer 2>/dev/null ||
    warn "no timer renews the certificate: run \"certbot renew\" daily"
}

# reload_after_renewal lets nginx show a renewed certificate, whoever has asked for the first one.
reload_after_renewal() {
  local hook=/etc/letsencrypt/renewal-hooks/deploy/mattermost draft=$OWN_STATE/renewal-hook
  printf '#!/bin/sh\nexec systemctl reload nginx.service\n' >"$draft"
  install -d -m 0755 "${hook%/*}"
  put_file 0755 "$draft" "$hook"
  rm -f -- "$draft"
}
