# shellcheck shell=bash
# Whether the services answer, and with which version.

# wait_healthy SERVICE fails when the service stops, restarts again and again or takes too long.
wait_healthy() {
  local service=$1 deadline status restarts health first=
  deadline=$((SECONDS + $(setting START_TIMEOUT 900)))
  while ((SECONDS < deadline)); do
    read -r status restarts health < <(service_state "$service") || true
    first=${first:-${restarts:-0}}
    if [[ ${status:-} == running && ${health:-} == healthy ]]; then
      return 0
    fi
    if [[ ${status:-exited} == @(exited|dead) ]] || ((${restarts:-0} - first >= 3)); then
      break
    fi
    sleep 2
  done
  warn "$service is not healthy (${status:-no container}${health:+, $health}); its last lines:"
  docker logs --tail 15 "$(container_of "$service")" >&2 || true
  return 1
}

# service_state SERVICE prints status, number of restarts and health.
service_state() {
  local container
  container=$(container_of "$1") || return 1
  [[ -n $container ]] || return 0
  docker inspect "$container" --format \
    '{{.State.Status}} {{.RestartCount}} {{with .State.Health}}{{.Status}}{{end}}'
}

# is_running SERVICE: also while it restarts again and again.
is_running() {
  local state
  state=$(service_state "$1") && [[ $state == @(running|restarting|paused)\ * ]]
}

# last_start SERVICE prints container and time of it, or nothing.
last_start() {
  local container
  container=$(container_of "$1") || return 1
  [[ -z $container ]] || docker inspect --format '{{.Id}} {{.State.StartedAt}}' "$container"
}

is_healthy() {
  local status health
  read -r status _ health < <(service_state "$1") || true
  [[ ${status:-} == running && ${health:-} == healthy ]]
}

# server_request METHOD PATH LENGTH sends LENGTH bytes of standard input, prints the whole answer.
# From the database's container, which reaches the server and has a shell: the server's
# image has none, and its port is not published.
server_request() {
  # shellcheck disable=SC2016 # the container's shell expands it
  compose exec -T postgres timeout 30 bash -c '
    exec 3<>/dev/tcp/mattermost/8065
    printf "%s %s HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n" \
      "$1" "$2" "$3" >&3
    cat >&3
    cat <&3' server-request "$@"
}

# server_version prints the version that the running server tells, X.Y.Z.
server_version() {
  server_request GET /api/v4/system/ping 0 </dev/null |
    sed -n 's/^[Xx]-[Vv]ersion-[Ii][Dd]: \([0-9]*\.[0-9]*\.[0-9]*\)\..*/\1/p'
}
