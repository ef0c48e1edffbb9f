#!/bin/sh
# Runs once, when the database is made: the role of site and worker, which owns nothing
# (docs/decisions/0017). What it may do, `prepare` grants after every migration.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$SITE_DB_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role parasol_site login password :'password';
SQL
