# cbdc-kg: the two commands of the README, and what stands behind them.
#   make demo      install, build, ask three questions, write the page
#   make test      everything the tests need, then the suite (minutes)
#   make test-all  the long tests too; run it before a release
#   make bench     speed, as ratios against peers measured in the same run

SHELL := /bin/bash
.DEFAULT_GOAL := demo
.DELETE_ON_ERROR:

# The newest Python that we support and that really starts (a version manager's stand-in may not).
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
    $$python -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
    >/dev/null 2>&1 && { echo $$python; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
DOCUMENTS := $(wildcard ../shared/documents)

.PHONY: demo test test-all bench lint types format browser clean
.PHONY: check-python

demo: $(VENV)/installed
	@$(BIN)/cbdc-kg build $(if $(DOCUMENTS),--documents $(DOCUMENTS)) --quiet
	@echo; echo '$$ cbdc-kg ask owner'; $(BIN)/cbdc-kg ask owner --format table
	@echo; echo '$$ cbdc-kg ask proposal-basis'; $(BIN)/cbdc-kg ask proposal-basis --format table
	@echo; echo '$$ cbdc-kg ask bans'; $(BIN)/cbdc-kg ask bans --format table
	@echo; echo 'To go on asking: source $(BIN)/activate; cbdc-kg ask'
	@echo "The page: file://$(CURDIR)/build/index.html"

test: $(VENV)/installed-dev browser lint types
	$(BIN)/python -m pytest -m 'not long'

test-all: $(VENV)/installed-dev browser lint types
	$(BIN)/python -m pytest

bench: $(VENV)/installed-dev
	$(BIN)/python bench/startup.py

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The page is tested in a real browser, Debian's own; elsewhere set CHROMIUM to one.
browser:
	@command -v "$${CHROMIUM:-chromium}" >/dev/null 2>&1 || { \
	  run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && $$run apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core \
	  >/dev/null || echo 'No Chromium: install it, or set CHROMIUM; the browser tests will be skipped.' >&2; }

check-python:
	@[ -n "$(PYTHON)" ] || { echo 'Python 3.11, 3.12 or 3.13 is needed; install one or set PYTHON=…' >&2; exit 1; }

$(BIN)/python: | check-python
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: setup.cfg pyproject.toml | $(BIN)/python
	@echo 'installing cbdc-kg and what it needs into $(VENV) (a minute or two) …'
	@$(PIP) install --editable .
	@touch $@

$(VENV)/installed-dev: setup.cfg pyproject.toml | $(BIN)/python
	@echo 'installing cbdc-kg and what its tests need into $(VENV) (a minute or two) …'
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/installed

clean:
	rm -rf build builds dist *.egg-info .mypy_cache .pytest_cache .ruff_cache
