#!/bin/sh
# A plain user: PostgreSQL's row-level security binds it to one listener's rows.
set -eu
# The password comes from the environment, not from an argument, which every process of the machine can read.
psql -v ON_ERROR_STOP=1 -U postgres <<'SQL'
\getenv password EMOHEAL_PASSWORD
CREATE ROLE emoheal LOGIN PASSWORD :'password';
CREATE DATABASE emoheal OWNER emoheal;
SQL
