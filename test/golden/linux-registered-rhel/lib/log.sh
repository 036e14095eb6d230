# shellcheck shell=bash
# The log: all that commands print, those they call included, with the time and the call.

# start_log writes what is printed from now on to LOG too.
start_log() {
  touch -- "$LOG"
  chmod 0600 "$LOG"
  printf '\n%s %s\n' "$(date '+%Y-%m-%d %H:%M:%S %z')" "$COMMAND_LINE" >>"$LOG"
  if [[ /dev/fd/1 -ef /dev/fd/2 ]]; then
    # Through one writer, so that errors stay where they belong.
    exec > >(keep_log) 2>&1
  else
    exec > >(keep_log) 2> >(keep_log >&2)
  fi
}

# Where logrotate reads how long LOG may become.
ROTATION=/etc/logrotate.d/mattermost-deployment

configure_rotation() {
  put_file 0644 "$PROJECT/logrotate/mattermost-deployment" "$ROTATION"
}

# keep_log outlives the terminal and whoever interrupts the command: the end is what matters. The
# lock is not its own.
keep_log() {
  trap '' INT TERM HUP PIPE
  exec 9>&-
  exec tee -a -- "$LOG"
}
