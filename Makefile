# What can be done with a checkout: run it, test it, check it, measure it. Needs Python 3.11+, git and make.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

.PHONY: run dev test check bench lock tools

.venv/ok: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev: .venv/ok requirements-dev.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Database, translations and static files made ready, then the production server; the demo fills an empty database.
run: .venv/ok
	@$(MANAGE) prepare --demo-if-empty --port $(PORT)
	@exec $(BIN)/granian --interface wsgi --no-ws --host 127.0.0.1 --port $(PORT) --workers 1 --blocking-threads 4 \
	  --workers-kill-timeout 10 --log-level warning config.wsgi:application

# The same with Django's own server, which reloads changed code.
dev: .venv/dev
	@$(MANAGE) prepare --demo-if-empty --port $(PORT)
	@DEBUG=1 $(MANAGE) runserver $(PORT)

# A browser and a PostgreSQL, where the machine has none.
tools: .venv/dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/tools.sh

test: tools
	@$(BIN)/python -m pytest -n 2 --dist loadfile tests
	@$(BIN)/python -m tests.cluster $(BIN)/python -m pytest -n 2 --dist loadfile tests

check: .venv/dev
	@sh tests/check.sh

bench: .venv/dev
	@$(BIN)/python -m tests.bench

lock: .venv/dev
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --no-strip-extras requirements.in -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --no-strip-extras requirements-dev.in -o requirements-dev.txt
