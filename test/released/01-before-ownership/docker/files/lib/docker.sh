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

# containers FORMAT [FILTER] prints a line for each container of this deployment, newest first.
containers() {
  docker ps --all --no-trunc --format "$1" ${2:+--filter "$2"} \
    --filter "label=com.docker.compose.project=$(setting COMPOSE_PROJECT_NAME)" \
    --filter label=com.docker.compose.oneoff=False
}

# container_of SERVICE prints its id, or nothing.
container_of() {
  local ids
  ids=$(containers '{{.ID}}' "label=com.docker.compose.service=$1") || return 1
  printf '%s' "${ids%%$'\n'*}"
}

server_image() {
  compose config --images mattermost | grep '/mattermost-[a-z-]*-edition:'
}

database_image() {
  compose config --images postgres | grep '/postgres:'
}
