# shellcheck shell=bash
# What an upgrade goes to, and through. Releases that are newer than this project are found by asking
# the mirror for their archives; without it, what this project knows counts.

# Version numbers have gaps: so many missing patches in a row are the end of a release line.
GAP=3

# resolve_target TARGET prints the version of latest, of esr, or the version that is given.
resolve_target() {
  case $1 in
  latest) latest_release ;;
  esr) newest_patch "$(known_releases | sed -n 's/^\([0-9.]*\)|.*|esr|.*/\1/p' | head -n 1)" ;;
  *) printf '%s' "$1" ;;
  esac
}

# latest_release follows the lines upwards from the newest one known.
latest_release() {
  local line version next
  line=$(known_releases | sed -n '1s/|.*//p')
  version=$(newest_patch "$line") || exit 1
  while true; do
    for next in "${line%.*}.$((${line#*.} + 1))" "$((${line%.*} + 1)).0" ''; do
      if [[ -n $next ]] && can_ask_mirror && has_patch "$next" 0; then
        break
      fi
    done
    if [[ -z $next ]]; then
      printf '%s' "$version"
      return 0
    fi
    line=$next
    version=$(newest_patch "$line") || exit 1
  done
}

# newest_patch LINE prints the newest version of a release line.
newest_patch() {
  local line=$1 patch missing=0 newest
  newest=$(known_releases | awk -F'|' -v line="$line" '$1 "" == line { print $2 }')
  if can_ask_mirror; then
    for ((patch = ${newest:--1} + 1; missing < GAP; patch++)); do
      if is_on_mirror "$line.$patch"; then
        newest=$patch
        missing=0
      else
        missing=$((missing + 1))
      fi
    done
  fi
  if [[ -z $newest ]]; then
    fail "no release of $line could be found" \
      "Name one, as in bin/upgrade X.Y.Z, or check MIRROR in settings.conf."
  fi
  printf '%s.%s' "$line" "$newest"
}

# has_patch LINE FIRST tells whether the mirror has one of the first patches of a line.
has_patch() {
  local patch
  for ((patch = $2; patch < $2 + GAP; patch++)); do
    if is_on_mirror "$1.$patch"; then
      return 0
    fi
  done
  return 1
}

# can_ask_mirror: one file on this machine does not say what else there is.
can_ask_mirror() {
  if [[ -n ${SETTINGS[ARCHIVE]} ]]; then
    return 1
  elif [[ ${SETTINGS[MIRROR]} == file://* ]]; then
    return 0
  fi
  curl -sS -m 20 -I -o /dev/null -- "${SETTINGS[MIRROR]}" 2>/dev/null
}

is_on_mirror() {
  local source
  source=$(archive_source "$1")
  if [[ $source == file://* ]]; then
    [[ -f ${source#file://} ]]
  else
    curl -fsS -m 20 -I -o /dev/null -- "$source" 2>/dev/null
  fi
}

# required_stops FROM TO prints the release lines that have to be passed through.
required_stops() {
  if version_is_older "$1" 5.37.0 && version_is_older 5.37.9999 "$2"; then
    printf '5.37\n'
  fi
  if version_is_older "$1" 7.1.0 && version_is_older 7.1.9999 "$2"; then
    printf '7.1\n'
  fi
}

# plan_way FROM TO sets WAY to the versions to go through, TO the last of them.
plan_way() {
  local line version from=$1
  WAY=()
  if version_is_older "$1" "$2"; then
    while IFS= read -r line; do
      version=$(newest_patch "$line") || exit 1
      WAY+=("$version")
    done < <(required_stops "$1" "$2")
  fi
  WAY+=("$2")
  for version in "${WAY[@]}"; do
    require_upgrade_path "$from" "$version"
    from=$version
  done
}
