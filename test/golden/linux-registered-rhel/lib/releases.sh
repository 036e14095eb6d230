# shellcheck shell=bash
# The releases of the server, as they were known on 2026-08-21.

# One line per release line, newest first: its first two numbers, its newest patch, what it is, and
# the last day of its support.
known_releases() {
  cat <<'RELEASES'
11.10|0|feature|2026-11-15
11.9|1|feature|2026-10-15
11.8|5|feature|2026-09-15
11.7|9|esr|2027-05-15
11.6|6|feature|2026-07-15
11.5|7|feature|2026-06-15
11.4|5|feature|2026-05-15
11.3|3|feature|2026-04-15
11.2|4|feature|2026-03-15
11.1|3|feature|2026-02-15
11.0|7|major|2026-01-15
10.12|4|feature|2025-12-15
10.11|23|esr|2026-08-15
10.5|14|esr|2025-11-15
9.11|18|esr|2025-05-15
RELEASES
}

# support_end VERSION prints the last day of its support, nothing where that is not known.
support_end() {
  known_releases | sed -n "s/^${1%.*}|.*|//p"
}

# is_supported VERSION: what is not known counts as supported.
is_supported() {
  local last
  last=$(support_end "$1")
  [[ -z $last || ! $(date -u +%Y-%m-%d) > $last ]]
}
