# What can be done with a checkout: run it, test it, check it, measure it. Needs Python 3.11+, git and make.
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PIP_INSTALL := -m pip install -q --disable-pip-version-check --require-hashes

# A PYTHON that is named builds the environment anew where another one made it: make test PYTHON=python3.13
SAME_PYTHON := test "$$($(BIN)/python -V 2>&1)" = "$$($(PYTHON) -V 2>&1)"
ifneq ($(origin PYTHON),file)
$(shell $(SAME_PYTHON) || rm -f .venv/ok .venv/dev .venv/locks)
endif

# One more than a small machine has cores: a browser's tests wait for it, and another process works meanwhile.
PROCESSES ?= 3

.PHONY: run dev test check bench lock tools

.venv/ok: requirements.txt
	@$(if $(filter file,$(origin PYTHON)),test -x $(BIN)/python,$(SAME_PYTHON)) || { \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.13 …")' && \
	  $(PYTHON) -m venv --clear .venv; }
	@$(BIN)/python $(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/dev: .venv/ok requirements-dev.txt
	@$(BIN)/python $(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

# Both locks into an empty environment, as a newcomer's machine does it, with whatever the index holds that day.
.venv/locks: .venv/dev requirements.txt requirements-dev.txt
	@echo "locks"
	@rm -rf .venv/empty && $(BIN)/python -m venv .venv/empty
	@.venv/empty/bin/python $(PIP_INSTALL) -r requirements.txt
	@.venv/empty/bin/python $(PIP_INSTALL) -r requirements-dev.txt
	@rm -rf .venv/empty && touch $@

# Database, translations and static files made ready, then the production server; the demo fills an empty database.
run: .venv/ok
	@exec $(MANAGE) serve

# The same with Django's own server, which reloads changed code.
dev: .venv/dev
	@$(MANAGE) prepare --demo-if-empty
	@DEBUG=1 $(MANAGE) runserver $${PORT:-8000}

# What the tests drive and the machine lacks. Without root nothing is installed: tests/tools.sh says which packages are missing.
tools: .venv/dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/tools.sh

# The whole suite on SQLite; then on PostgreSQL what can differ there: what reaches the database, without a browser.
test: tools
	@$(BIN)/python -m pytest -n $(PROCESSES) --dist loadfile tests
	@$(BIN)/python -m tests.cluster $(BIN)/python -m pytest -n $(PROCESSES) --dist loadfile --database-only --ignore tests/browser tests

check: .venv/dev .venv/locks
	@sh tests/check.sh

bench: .venv/dev
	@$(BIN)/python -m tests.bench

lock: .venv/dev
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --no-strip-extras requirements.in -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --no-strip-extras requirements-dev.in -o requirements-dev.txt
