#!/bin/sh
# Installs what the tests drive and the machine lacks: a Chromium, and the newest PostgreSQL of the system.
set -eu

has_browser() { [ -n "${CHROMIUM:-}" ] || command -v chromium || command -v google-chrome; }
has_postgres() { [ -n "${PG_BIN:-}" ] || ls /usr/lib/postgresql/*/bin/initdb; }
install() { apt-get update -q && apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=900 "$@"; }

if ! has_browser >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    install chromium fonts-noto-cjk >/dev/null
  else
    playwright install chromium
  fi
fi

# Without root, the PostgreSQL among the development packages serves.
if ! has_postgres >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  install postgresql >/dev/null
fi
