#!/bin/sh
# A plain user: PostgreSQL's row-level security binds it to one listener's rows.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v password="$EMOHEAL_PASSWORD" <<'SQL'
CREATE ROLE emoheal LOGIN PASSWORD :'password';
CREATE DATABASE emoheal OWNER emoheal;
SQL
