# shellcheck shell=bash
# Backups that are made by themselves.

BACKUP_UNIT=mattermost-backup

# configure_timer turns the timer on or off, as BACKUP_SCHEDULE says.
configure_timer() {
  local draft=$OWN_STATE/schedule.conf drop_in=/etc/systemd/system/$BACKUP_UNIT.timer.d
  if [[ ${SETTINGS[BACKUP_SCHEDULE]} == none ]]; then
    remove_timer
    return 0
  fi
  ln -sfn -- "$PROJECT" "$CHECKOUT"
  put_file 0644 "$PROJECT/systemd/$BACKUP_UNIT.service" "/etc/systemd/system/$BACKUP_UNIT.service"
  put_file 0644 "$PROJECT/systemd/$BACKUP_UNIT.timer" "/etc/systemd/system/$BACKUP_UNIT.timer"
  install -d -m 0755 "$drop_in"
  printf '[Timer]\nOnCalendar=\nOnCalendar=%s\n' "${SETTINGS[BACKUP_SCHEDULE]}" >"$draft"
  if ! is_file_in_place 0644 "$draft" "$drop_in/schedule.conf"; then
    put_file 0644 "$draft" "$drop_in/schedule.conf"
    systemctl daemon-reload
    systemctl try-restart "$BACKUP_UNIT.timer"
  fi
  rm -f -- "$draft"
  systemctl enable --now --quiet "$BACKUP_UNIT.timer"
}

remove_timer() {
  if [[ ! -e /etc/systemd/system/$BACKUP_UNIT.timer ]]; then
    return 0
  fi
  systemctl disable --now --quiet "$BACKUP_UNIT.timer"
  rm -rf -- "/etc/systemd/system/${BACKUP_UNIT:?}.timer.d"
  rm -f -- "/etc/systemd/system/$BACKUP_UNIT.timer" "/etc/systemd/system/$BACKUP_UNIT.service"
  systemctl daemon-reload
}
