# shellcheck shell=bash
# The first administrator. Mattermost makes one of whoever registers first, so that the
# account has to be there before the site is.

password_file=secrets/admin_password

ensure_administrator() {
  local accounts email body answer
  accounts=$(count_accounts)
  [[ $accounts == 0 ]] || return 0
  step "Making the first administrator"
  email=$(setting ADMIN_EMAIL "admin@$(url_host "$(setting SITE_URL)")")
  # Letters of both cases, digits and a sign, whatever the server asks for.
  write_secret "$password_file" "Mm-$(random_hex 12)"
  body=$(printf '{"email":"%s","username":"%s","password":"%s"}' \
    "$email" "$(setting ADMIN_USERNAME admin)" "$(cat "$password_file")")
  answer=$(printf '%s' "$body" | server_request POST /api/v4/users "${#body}") || answer=
  if [[ ! $answer =~ ^HTTP/1\.[01]\ 201 || $answer != *system_admin* ]]; then
    warn "the server answered: ${answer##*$'\n'}"
    fail "the first administrator could not be made; the site stays closed" \
      "Correct ADMIN_EMAIL and ADMIN_USERNAME in .env and run bin/up again."
  fi
}

# count_accounts prints the number of people who have one; bots do not count.
count_accounts() {
  database_shell --dbname mattermost --no-align --tuples-only <<'SQL'
SELECT count(*) FROM users WHERE id NOT IN (SELECT userid FROM bots);
SQL
}

tell_administrator() {
  [[ -s $password_file ]] || return 0
  say "Sign in as $(setting ADMIN_USERNAME admin) with the password in $password_file," \
    "change it, and delete the file."
}
