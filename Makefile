# Lianfang: everything from a clean clone with python3 (3.11 or newer, with venv), make and git.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.NOTPARALLEL:
.DEFAULT_GOAL := setup

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PY := $(BIN)/python
DIST := src/lianfang/ground/web/static/web/dist/manifest.json
LOOK := $(shell find frontend -type f -not -path 'frontend/made/*' -not -name '*.pyc') package-lock.json
WORDS := $(shell find src -name '*.po')
TESTS ?=
DRILLS ?=
WORKERS ?= 2

.PHONY: setup setup-dev build demo demo-check test test-sqlite test-postgres coverage check format e2e bench bench-long kill drills docs locks clean

setup: .venv/.run $(DIST) .venv/.words  ## what is needed to run
setup-dev: .venv/.dev $(DIST) .venv/.words  ## what is needed to change it

build: $(DIST) .venv/.words  ## the look and the words alone

# Each step leaves a stamp and is done again only when what it read has changed.
.venv/.uv: requirements-uv.lock
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Lianfang needs Python 3.11 or newer; say which: make PYTHON=python3.12")'
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	touch $@

INSTALL = $(BIN)/uv pip sync --quiet --python $(PY) --require-hashes $(1) && \
	$(BIN)/uv pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .

.venv/.run: .venv/.uv requirements.lock pyproject.toml hatch_build.py
	$(call INSTALL,$(if $(wildcard .venv/.dev),requirements-dev.lock,requirements.lock))
	touch $@

.venv/.dev: .venv/.uv requirements-dev.lock pyproject.toml hatch_build.py
	$(call INSTALL,requirements-dev.lock)
	touch .venv/.run $@

$(DIST): $(LOOK) | .venv/.run
	$(PY) frontend/build.py

.venv/.words: $(WORDS) src/lianfang/ground/web/catalogues.py | .venv/.run
	$(PY) -m lianfang.ground.web.catalogues compile
	touch $@

demo: setup  ## load the demo, print its address and serve it until stopped: make demo PORT=8123
	$(BIN)/lianfang demo --port $(PORT)

demo-check: setup  ## the demo without a screen: load it, write the bulletin in every format
	$(PY) tests/demo_check.py

test: test-sqlite test-postgres  ## the whole suite on both databases

test-sqlite: setup-dev
	$(BIN)/pytest -q -n $(WORKERS) $(TESTS)

test-postgres: setup-dev
	LIANFANG_TEST_DATABASE=postgres $(BIN)/pytest -q -n $(WORKERS) $(TESTS)

coverage: setup-dev  ## 95 % of the branches over all; rules and services in full
	$(BIN)/pytest -q -n $(WORKERS) --cov --cov-report= $(TESTS)
	$(BIN)/coverage report --fail-under=95
	$(BIN)/coverage report --include='*/rules.py,*/rules/*,*/services.py,*/services/*' --fail-under=100

check: setup-dev  ## everything that can be known without running it
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint src
	$(BIN)/lianfang manage check --deploy --fail-level WARNING
	$(BIN)/lianfang manage makemigrations --check --dry-run
	$(PY) -m lianfang.ground.web.catalogues check

format: setup-dev  ## put code and templates into the house's shape
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	-$(BIN)/djlint --quiet --reformat src

e2e: setup-dev  ## the screens in a browser (Chromium on the path, in node_modules, or CHROMIUM=/path)
	$(BIN)/pytest -q tests/e2e

bench: setup-dev  ## how long the common things take, beside what the machine can do: one table
	$(PY) -m tests.bench

bench-long: setup-dev  ## the same, figures and screening for a million people
	LIANFANG_BENCH=long $(PY) -m tests.bench

kill: setup-dev  ## kill the whole server 50 times under load on each database: nothing may be lost
	$(PY) -m tests.operating.killing

drills: setup-dev  ## backups under load, damaged ones, a gigabyte, an old release with many rows: make drills DRILLS=damages
	$(PY) -m tests.operating.drilling $(DRILLS)

docs: setup-dev  ## pages that are generated from the code
	$(BIN)/lianfang manage shell -c 'from lianfang.config.commands.docs import main; main()'

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
locks: .venv/.uv  ## resolve again; add UPGRADE=--upgrade for newer versions
	$(BIN)/$(COMPILE) $(UPGRADE) --extra postgres --group build pyproject.toml -o requirements.lock
	$(BIN)/$(COMPILE) $(UPGRADE) --extra postgres --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only
	$(PY) frontend/build.py lock

clean:  ## take away what was built, not what was stored (var/)
	rm -rf .venv node_modules dist frontend/made $(dir $(DIST))
	find src -name '*.mo' -delete
