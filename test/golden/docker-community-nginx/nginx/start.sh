#!/bin/sh
# What the proxy's container runs: nginx, which takes a renewed certificate by itself.
set -eu

# Tells nginx, which reads no variables, where plain HTTP is redirected to.
printf '~. "%s";' "$SITE_URL" >/tmp/site-url.map

fingerprint() {
  cat /etc/nginx/tls/*.pem 2>/dev/null | sha256sum
}

watch_certificate() {
  loaded=$(fingerprint)
  while sleep 10; do
    found=$(fingerprint)
    # Half of a pair is refused here and tried again.
    if [ "$found" != "$loaded" ] && nginx -t -q && nginx -s reload; then
      loaded=$found
    fi
  done
}

watch_certificate &
exec nginx -g 'daemon off;'
