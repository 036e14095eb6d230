# shellcheck shell=bash
# The secrets: made here, kept in secrets/, never in git. They need no quoting anywhere.

random_hex() {
  od -An -v -N "$1" -t x1 /dev/urandom | tr -d ' \n'
}

# write_secret FILE TEXT: a file that is there stays.
write_secret() {
  [[ ! -s $1 ]] || return 0
  printf '%s\n' "$2" >"$1.new"
  chmod 600 "$1.new"
  mv -f -- "$1.new" "$1"
}

make_secrets() {
  local dsn
  dsn="postgres://mattermost:$(random_hex 24)@postgres:5432/mattermost"
  chmod 700 secrets
  write_secret secrets/postgres.env "POSTGRES_PASSWORD=$(random_hex 24)"
  passed first-secret-made
  write_secret secrets/mattermost.env \
    "MM_SQLSETTINGS_DATASOURCE=$dsn?sslmode=disable&connect_timeout=10"
}

# database_password prints the password of the server's own database user.
database_password() {
  sed -n 's|^MM_SQLSETTINGS_DATASOURCE=postgres://mattermost:\([0-9a-f]*\)@.*|\1|p' \
    secrets/mattermost.env
}

require_secrets() {
  [[ -s secrets/postgres.env && -n $(database_password) ]] ||
    fail "secrets/ is not complete" "Run bin/init: it makes what is missing."
}
