# shellcheck shell=bash
# The engine, and the containers of this deployment.

compose() {
  docker compose --ansi never --progress quiet "$@"
}

# require_docker ends the command unless engine and Compose can run this deployment.
require_docker() {
  local engine architecture version
  command -v docker >/dev/null ||
    fail "docker is not installed" "See https://docs.docker.com/engine/install/"
  engine=$(docker version --format '{{.Server.Version}} {{.Server.Arch}}' 2>/dev/null) ||
    fail "the Docker engine does not answer" \
      "Start it, or run this command as a user who may use it."
  read -r version architecture <<<"$engine"
  version_at_least "$version" 20 10 || fail "Docker $version is too old" "20.10 or later is needed."
  [[ $architecture == amd64 ]] ||
    fail "this engine runs on $architecture" \
      "The server's images exist for amd64 (x86-64) only; use such a host."
  version=$(docker compose version --short 2>/dev/null) ||
    fail "docker compose is not installed" "See https://docs.docker.com/compose/install/linux/"
  version_at_least "${version#v}" 2 20 ||
    fail "Docker Compose $version is too old" "2.20 or later is needed."
}

# version_at_least VERSION MAJOR MINOR
version_at_least() {
  [[ $1 =~ ^([0-9]+)\.([0-9]+) ]] || return 1
  ((BASH_REMATCH[1] > $2 || (BASH_REMATCH[1] == $2 && BASH_REMATCH[2] >= $3)))
}

# container_of SERVICE prints its id, or nothing.
container_of() {
  compose ps --all --quiet "$1" 2>/dev/null | head -n 1
}

# installed_version prints the version of the server's container, or else of .env.
installed_version() {
  local container image
  container=$(container_of mattermost)
  if [[ -n $container ]]; then
    image=$(docker inspect --format '{{.Config.Image}}' "$container")
    printf '%s' "${image##*:}"
  else
    setting MATTERMOST_VERSION
  fi
}

# offered_version prints the version that compose.yaml names.
offered_version() {
  # shellcheck disable=SC2016 # the text of compose.yaml
  sed -n 's/.*\${MATTERMOST_VERSION:-\([0-9.]*\)}.*/\1/p' compose.yaml
}

server_image() {
  compose config --images mattermost | grep '/mattermost-[a-z-]*-edition:'
}

database_image() {
  compose config --images postgres | grep '/postgres:'
}

# require_same_version ends the command when .env and the server's container differ.
require_same_version() {
  local installed
  installed=$(installed_version)
  [[ $installed == "$(setting MATTERMOST_VERSION)" ]] ||
    fail "$installed is installed, but MATTERMOST_VERSION in .env is another" \
      "Set it back to $installed; bin/upgrade changes the version, with a backup."
}

# take_lock keeps other commands out until this one ends.
take_lock() {
  exec 9>>backups/.lock
  flock --nonblock 9 || fail "another command of this deployment is at work" "Wait for its end."
}
