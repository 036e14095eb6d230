# shellcheck shell=bash
# The server's files: what its volumes hold besides the logs.

kept_volumes=(config data plugins client-plugins)

# with_volumes MODE COMMAND... runs a command in a container that sees them under /volumes.
# MODE is ro or rw.
with_volumes() {
  local mode=$1 command=$2 image volume name mounts=()
  shift 2
  image=$(database_image) || return 1
  for volume in "${kept_volumes[@]}"; do
    mounts+=(--volume "$(setting COMPOSE_PROJECT_NAME)_$volume:/volumes/$volume:$mode")
  done
  # The container of a command that was killed may still be at work.
  name=$(setting COMPOSE_PROJECT_NAME)-files
  docker rm --force "$name" >/dev/null 2>&1 || true
  docker run --rm --name "$name" --interactive --pull never --network none --read-only \
    --user 0:0 --cap-drop ALL --cap-add CHOWN --cap-add DAC_OVERRIDE --cap-add FOWNER \
    --security-opt no-new-privileges "${mounts[@]}" --entrypoint "$command" "$image" "$@"
}

# pack_volumes FILE
pack_volumes() {
  with_volumes ro tar --directory /volumes --create --gzip --numeric-owner --file - \
    "${kept_volumes[@]}" </dev/null >"$1"
}

# read_archive FILE fails unless all of it can be read.
read_archive() {
  with_volumes ro tar --list --gzip --file - <"$1" >/dev/null
}

# unpack_volumes FILE makes the volumes hold what the archive holds and nothing else.
unpack_volumes() {
  with_volumes rw bash -c '
    set -e
    find /volumes -mindepth 2 -delete
    tar --directory /volumes --extract --gzip --numeric-owner --preserve-permissions \
      --file -' <"$1"
}

# volumes_kilobytes prints their size.
volumes_kilobytes() {
  with_volumes ro du --summarize --block-size 1024 /volumes </dev/null | cut -f 1
}

# require_volumes makes the containers, and with them the volumes, where they are missing, and
# ends the command when a container keeps its data elsewhere.
require_volumes() {
  compose create --no-recreate postgres mattermost || fail "the containers cannot be made"
  require_volume postgres postgres /var/lib/postgresql/data
  require_volume mattermost config /mattermost/config
  require_volume mattermost data /mattermost/data
  require_volume mattermost plugins /mattermost/plugins
  require_volume mattermost client-plugins /mattermost/client/plugins
}

# require_volume SERVICE VOLUME PATH
require_volume() {
  local volume container mounts
  volume=$(setting COMPOSE_PROJECT_NAME)_$2
  container=$(container_of "$1") || fail "the container of $1 cannot be looked at"
  mounts=$(docker inspect "$container" --format \
    '{{range .Mounts}}{{.Destination}} {{.Type}} {{or .Name .Source}}{{"\n"}}{{end}}') ||
    fail "the container of $1 cannot be looked at"
  # What lies below the path counts too.
  mounts=$(grep -E "^$3[ /]" <<<"$mounts") || true
  [[ $mounts == "$3 volume $volume" ]] ||
    fail "$1 keeps $3 elsewhere than in the volume $volume: no backup would hold it" \
      "Leave the service its volume; the volume itself may lie elsewhere, with driver_opts."
}
