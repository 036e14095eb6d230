# shellcheck shell=bash disable=SC2034
# Where everything is on the machine. The unit and the nginx files name the same paths.

ACCOUNT=mattermost
UNIT=mattermost.service

# Each version has a folder, INSTALLATION-X.Y.Z; INSTALLATION is a link to the one that runs.
INSTALLATION=/opt/mattermost
# What an upgrade leaves in place: the folders of STATE_FOLDERS.
STATE=/var/lib/mattermost
STATE_FOLDERS=(config data plugins client-plugins)
LOGS=/var/log/mattermost
CONFIGURATION=/etc/mattermost
ENVIRONMENT_FILE=$CONFIGURATION/mattermost.env
ADMINISTRATOR_FILE=$CONFIGURATION/first-administrator
TLS_FOLDER=$CONFIGURATION/tls
CHALLENGES=/var/www/mattermost-challenges

# What these commands keep for themselves; only root reads it.
OWN_STATE=/var/lib/mattermost-deployment
DOWNLOADS=$OWN_STATE/downloads
RECOVERY=$OWN_STATE/recovery
BEFORE_UPGRADE=$OWN_STATE/before-upgrade
STAGING=$OWN_STATE/restore
# A link to this checkout, for the timer of backups.
CHECKOUT=$OWN_STATE/checkout
# After bin/uninstall: which server the data that it kept belongs to.
KEPT=$OWN_STATE/kept.conf
# While this file exists the unit does not start: the files or the database are half changed.
HOLD=$OWN_STATE/hold
# While this file exists a backup has stopped the server.
STOPPED=$OWN_STATE/stopped
# While this file exists nginx lets nobody in, and answers only whether the server is there.
SITE_CLOSED=/etc/nginx/mattermost-closed
LOCK=/run/mattermost-deployment.lock
# What the commands did and said; logs of the server are in LOGS.
LOG=/var/log/mattermost-deployment.log

SERVER=http://127.0.0.1:8065
DATABASE_NAME=mattermost
