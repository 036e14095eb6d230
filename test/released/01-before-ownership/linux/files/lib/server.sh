# shellcheck shell=bash
# The server as a service: its unit, starting and stopping, how it is, its first administrator.

configure_server() {
  local shipped=$INSTALLATION/config/config.json own=$STATE/config/config.json
  write_environment
  put_file 0644 "$PROJECT/systemd/$UNIT" "/etc/systemd/system/$UNIT"
  if [[ ! -s $own && -s $shipped ]]; then
    # The defaults of a new installation; from now on the server keeps the file itself.
    install -m 0600 -o "$ACCOUNT" -g "$ACCOUNT" "$shipped" "$own"
  fi
  systemctl daemon-reload
  systemctl enable --quiet "$UNIT"
}

is_server_active() {
  systemctl is-active --quiet "$UNIT"
}

# start_server SECONDS waits for the server to say that it is ready, migrations included.
start_server() {
  systemctl reset-failed "$UNIT" 2>/dev/null || true
  # Without the lock: the next command need not wait when this one is killed.
  timeout "$1" systemctl start "$UNIT" 9>&-
}

stop_server() {
  systemctl stop "$UNIT"
}

# ping_server succeeds when the server, its database and its file store are well.
ping_server() {
  curl --noproxy '*' -fsS -m 10 -o /dev/null "$SERVER/api/v4/system/ping?get_server_status=true" 2>/dev/null
}

# running_version prints the version that answers.
running_version() {
  curl --noproxy '*' -sS -m 10 -o /dev/null -D - "$SERVER/api/v4/system/ping" 2>/dev/null |
    tr -d '\r' | sed -n 's/^[Xx]-[Vv]ersion-[Ii]d: *\([0-9]*\.[0-9]*\.[0-9]*\)\..*/\1/p'
}

# is_healthy VERSION: up, that version, and all it needs works.
is_healthy() {
  local try
  for ((try = 0; try < 30; try++)); do
    if is_server_active && ping_server; then
      [[ $(running_version) == "$1" ]] && return 0
      return 1
    fi
    sleep 2
  done
  return 1
}

# show_server_log prints what the server said last, for a person to read.
show_server_log() {
  journalctl -u "$UNIT" -n 20 --no-pager -o cat >&2 || true
}

random_password() {
  local letters
  letters=$(head -c 1024 /dev/urandom | tr -dc 'A-Za-z0-9')
  # The end satisfies every rule that a server may have on kinds of characters.
  printf '%s-aA1' "${letters:0:24}"
}

# create_administrator makes the first account, which is an administrator, while only this machine
# can reach the server. The password never stands on a command line.
create_administrator() {
  local password request=$OWN_STATE/administrator.json answer
  if curl --noproxy '*' -fsS -m 10 "$SERVER/api/v4/config/client?format=old" |
    grep '"NoAccounts":"false"' >/dev/null; then
    return 0
  fi
  step "Creating the first administrator"
  password=$(random_password)
  printf '{"email":"%s","username":"%s","password":"%s"}' \
    "${SETTINGS[ADMIN_EMAIL]}" "${SETTINGS[ADMIN_USERNAME]}" "$password" >"$request"
  printf 'username: %s\npassword: %s\n' "${SETTINGS[ADMIN_USERNAME]}" "$password" >"$ADMINISTRATOR_FILE"
  answer=$(curl --noproxy '*' -sS -m 30 -H 'Content-Type: application/json' -d "@$request" \
    "$SERVER/api/v4/users" || true)
  rm -f -- "$request"
  if [[ -z $answer ]]; then
    # Whether the account was made is unknown: the password stays.
    fail "the server did not answer when the first administrator was created" "Run bin/install again."
  elif [[ $answer != *'"roles":"'*system_admin* ]]; then
    rm -f -- "$ADMINISTRATOR_FILE"
    fail "the first administrator could not be created: $answer" \
      "Check ADMIN_EMAIL and ADMIN_USERNAME in settings.conf and run bin/install again."
  fi
  say "name and password are in $ADMINISTRATOR_FILE"
}
