# shellcheck shell=bash
# The proxy runs as an account that is not root, and gets what it reads and writes from here.

# prepare_proxy makes its files readable, which a strict umask left to their owner, and gives it
# its volumes.
prepare_proxy() {
  make_readable caddy
  in_proxy_as_root chown -R 10001:10001 /data /config ||
    fail "the proxy could not be given its volumes"
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
    --entrypoint "$command" proxy "$@" </dev/null
}
