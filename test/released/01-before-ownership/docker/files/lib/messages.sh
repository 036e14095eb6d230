# shellcheck shell=bash
# What the commands say, and how they end: 0 done, 1 failed, 2 wrongly called.

say() {
  printf '%s\n' "$*"
}

step() {
  printf '==> %s\n' "$*"
}

warn() {
  printf 'warning: %s\n' "$*" >&2
}

# fail MESSAGE [HINT]
fail() {
  printf 'error: %s\n' "$1" >&2
  if [[ $# -gt 1 ]]; then
    printf '  %s\n' "$2" >&2
  fi
  exit 1
}

# fail_usage MESSAGE
fail_usage() {
  printf 'error: %s\n  %s --help lists the options.\n' "$1" "$0" >&2
  exit 2
}
