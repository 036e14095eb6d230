# shellcheck shell=bash
# One command at a time, and on no other checkout's containers.

# take_lock keeps other commands out until this one, and all that it started, has ended.
take_lock() {
  mkdir -p .state
  exec 9>>.state/lock
  flock --nonblock 9 || fail "another command of this deployment is at work" "Wait for its end."
  require_own_containers
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
