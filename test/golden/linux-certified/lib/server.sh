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
  local status=0
  # Without the lock: the next command need not wait when this one is killed.
  timeout "$1" systemctl start "$UNIT" 9>&- || status=$?
  if ((status == 124)); then
    warn "the server is not ready after $1 seconds: it may still migrate the database"
    warn "bin/upgrade --start-timeout SECONDS gives it more time"
  fi
  return "$status"
}

# start_after_backup starts a server that a backup which was killed has left stopped.
start_after_backup() {
  if [[ ! -f $STOPPED ]]; then
    return 0
  fi
  if ! is_server_active; then
    warn "a backup was killed and has left the server stopped; starting it"
    start_server 3600 || warn "the server does not start; bin/status says more"
  fi
  rm -f -- "$STOPPED"
}

stop_server() {
  systemctl stop "$UNIT"
}

# ask_server PATH [OPTION...] asks the server itself.
ask_server() {
  local path=$1
  shift
  curl --noproxy '*' -sS -m 10 -o /dev/null "$@" "$SERVER$path"
}

# version_if_well ASK prints the version that answers. Fails when the server, its database or its file
# store is not well. ASK is ask_server, or ask_site for an answer through nginx.
version_if_well() {
  local answer
  answer=$("$1" '/api/v4/system/ping?get_server_status=true' -f -D -) || return 1
  [[ $answer =~ [Xx]-[Vv]ersion-[Ii]d:\ *([0-9]+\.[0-9]+\.[0-9]+)\. ]] || return 1
  printf '%s' "${BASH_REMATCH[1]}"
}

# await_version VERSION ASK waits a minute at most for the answer that all is well. It asks often in
# the beginning, when every tenth of a second counts; each question that fails fills the server's log.
await_version() {
  local version end=$((SECONDS + 60))
  until version=$(version_if_well "$2" 2>/dev/null); do
    if ((SECONDS >= end)); then
      version=$(version_if_well "$2") || return 1
      break
    fi
    if ((SECONDS < end - 55)); then
      sleep 0.1
    else
      sleep 1
    fi
  done
  if [[ $version != "$1" ]]; then
    warn "$version answers, expected $1"
    return 1
  fi
}

# is_healthy VERSION: up, that version, and all it needs works.
is_healthy() {
  is_server_active && await_version "$1" ask_server
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

# has_accounts tells whether anybody has signed up: who does so first is an administrator.
has_accounts() {
  curl --noproxy '*' -fsS -m 10 "$SERVER/api/v4/config/client?format=old" |
    grep '"NoAccounts":"false"' >/dev/null
}

# create_administrator makes the first account, which is an administrator, while only this machine
# can reach the server. The password never stands on a command line.
create_administrator() {
  local password answer
  if has_accounts; then
    return 0
  fi
  step "Creating the first administrator"
  password=$(random_password)
  printf 'username: %s\npassword: %s\n' "${SETTINGS[ADMIN_USERNAME]}" "$password" >"$ADMINISTRATOR_FILE"
  reached install-password
  answer=$(printf '{"email":"%s","username":"%s","password":"%s"}' \
    "${SETTINGS[ADMIN_EMAIL]}" "${SETTINGS[ADMIN_USERNAME]}" "$password" |
    curl --noproxy '*' -sS -m 30 -H 'Content-Type: application/json' -d @- \
      "$SERVER/api/v4/users" || true)
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
