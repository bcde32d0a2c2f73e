#!/bin/sh
# Makes the database "checkup" and its two users, once, on a new PostgreSQL: checkup_owner owns the tables and changes
# them after an upgrade, checkup_app is what the app works as. OWNER_PASSWORD and APP_PASSWORD say their passwords.
# The container runs this by itself; elsewhere: sudo -u postgres env OWNER_PASSWORD=… APP_PASSWORD=… sh postgres-roles.sh
set -eu

: "${OWNER_PASSWORD:?set it to the password of checkup_owner}" "${APP_PASSWORD:?set it to the password of checkup_app}"
export OWNER_PASSWORD APP_PASSWORD

# psql reads the passwords itself: on its command line everybody on the machine could see them.
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
\set owner_password `printf %s "$OWNER_PASSWORD"`
\set app_password `printf %s "$APP_PASSWORD"`
create role checkup_owner login password :'owner_password';
create role checkup_app login password :'app_password';
create database checkup owner checkup_owner template template0 encoding 'UTF8' locale 'C.UTF-8';
revoke all on database checkup from public;
grant connect on database checkup to checkup_app;
SQL
