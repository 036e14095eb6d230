# shellcheck shell=bash
# The proxy runs as an account that is not root, and gets what it reads and writes from here.

# prepare_proxy makes its files readable, which a strict umask left to their owner, and copies the
# certificate to where it can be read: only root can read it where it lies.
prepare_proxy() {
  make_readable nginx
  [[ $(setting NGINX_SITE https) == https ]] || return 0
  # shellcheck disable=SC2016 # the container's shell expands it
  in_proxy_as_root sh -c '
    set -e
    cd /secrets
    for file in privkey.pem fullchain.pem; do
      cmp -s "$file" "/etc/nginx/tls/$file" && continue
      cp "$file" "/etc/nginx/tls/$file.new"
      chown root:nginx "/etc/nginx/tls/$file.new"
      chmod 640 "/etc/nginx/tls/$file.new"
      mv "/etc/nginx/tls/$file.new" "/etc/nginx/tls/$file"
    done' || fail "the certificate could not be given to the proxy"
}

make_readable() {
  if [[ -n $(find "$1" ! -perm -o=r -print -quit) ]]; then
    chmod -R go+rX "$1" || fail "$1/ has to be readable by everybody" "Run chmod -R go+rX $1"
  fi
}

# in_proxy_as_root COMMAND... runs it in a container of the proxy that is gone afterwards.
in_proxy_as_root() {
  local command=$1
  shift
  compose run --rm --no-deps -T --user 0:0 --cap-add CHOWN --cap-add DAC_OVERRIDE \
    --cap-add FOWNER --volume "$PWD/secrets/tls:/secrets:ro,z" \
    --entrypoint "$command" proxy "$@" </dev/null
}
