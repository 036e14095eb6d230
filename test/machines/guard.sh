#!/usr/bin/env bash
# Usage: guard.sh FOLDER
#
# Waits until its standard input ends: then whoever held the other end is done, or was killed. Undoes
# what FOLDER/clean-up says and removes FOLDER. It runs in a session of its own, so that no Ctrl-C and
# no dying test can keep it from that.
trap '' INT TERM HUP
printf '%s\n' "$$" >"$1/guard"
cat >/dev/null
bash "$1/clean-up" >"$1/clean-up.log" 2>&1
rm -rf --one-file-system -- "${1:?}"
