#!/bin/sh
# Every check that needs no test run, for people and for CI alike.
set -eu
PATH="$(pwd)/.venv/bin:$PATH"
# Checks read no installation: keys of their own, and a public name so that `check --deploy` has something to judge.
export SECRET_KEY="only-for-checks-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ"
export FIELD_KEYS="check:1111111111111111111111111111111111111111111111111111111111111111"
export DATABASE_URL="sqlite://:memory:" ALLOWED_HOSTS="board.example.org"
export CSRF_TRUSTED_ORIGINS="https://board.example.org"

echo "ruff";          ruff format --check -q .; ruff check -q .
echo "templates";     git ls-files 'templates/*.html' | xargs djade --check --target-version 5.2
echo "imports";       lint-imports --no-cache >/dev/null || lint-imports --no-cache
echo "sizes";         python -m tests.sizes
echo "types";         mypy
echo "migrations";    python manage.py makemigrations --check --dry-run -v0
echo "deployment";    python manage.py check --deploy --fail-level WARNING
echo "translations";  python manage.py translations check
