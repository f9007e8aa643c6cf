#!/bin/sh
# Installs what the tests drive and the machine lacks: a Chromium, the newest PostgreSQL of the system, LibreOffice for
# recalculated workbooks, and a Java for the checker of HTML. Only root can; others are told what is missing.
set -eu

missing=""
need() { # need PACKAGES COMMAND…: the packages are wanted where the command fails
  packages=$1; shift
  "$@" >/dev/null 2>&1 || missing="$missing $packages"
}

has_browser() { [ -n "${CHROMIUM:-}" ] || command -v chromium || command -v google-chrome; }
has_postgres() { [ -n "${PG_BIN:-}" ] || ls /usr/lib/postgresql/*/bin/initdb; }
# The browser's driver is a Node.js that links against libatomic.
driver_starts() { playwright --version; }

need "chromium fonts-noto-cjk" has_browser
need libatomic1 driver_starts
need libreoffice-calc-nogui command -v soffice
need default-jre-headless command -v java
if ! has_postgres >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then
    missing="$missing postgresql"
  else
    echo "There is no PostgreSQL on this machine: the one among the development packages serves."
  fi
fi

[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  echo "Installing:$missing"
  apt-get update -q >/dev/null
  # Words of the list are package names.
  # shellcheck disable=SC2086
  apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=900 $missing >/dev/null
else
  echo "The tests need packages that only root can install here. Ask for: apt-get install$missing"
  exit 1
fi
