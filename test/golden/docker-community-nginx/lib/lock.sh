# shellcheck shell=bash
# One command at a time, on no other checkout's containers and no other project's volumes.

# take_lock keeps other commands out until this one, and all that it started, has ended.
take_lock() {
  mkdir -p .state
  exec 9>>.state/lock
  flock --nonblock 9 || fail "another command of this deployment is at work" "Wait for its end."
  require_same_project
  require_own_containers
}

# require_same_project: under another name the volumes are others, empty ones in all likelihood.
require_same_project() {
  local file=.state/project name
  name=$(setting COMPOSE_PROJECT_NAME)
  [[ -s $file ]] || printf '%s\n' "$name" >"$file" || fail ".state/ cannot be written"
  [[ $(cat "$file") == "$name" ]] ||
    fail "COMPOSE_PROJECT_NAME is $name, but the data here are those of $(cat "$file")" \
      "Set it back. If other data are wanted: docker compose down first, then delete $file."
}

# require_own_containers: a copy of a checkout names the containers of the original.
require_own_containers() {
  local directories directory
  directories=$(containers '{{.Label "com.docker.compose.project.working_dir"}}' | sort --unique) ||
    fail "the containers cannot be listed"
  [[ -n $directories ]] || return 0
  while IFS= read -r directory; do
    [[ $directory -ef . ]] ||
      fail "the containers of $(setting COMPOSE_PROJECT_NAME) belong to $directory" \
        "Work there. If that checkout moved here, run docker compose down first: the data stay."
  done <<<"$directories"
}
