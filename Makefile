# Every command a contributor types. `make help` lists them.
# Needed on the machine: make, git, Python 3.11 or newer with venv. Everything else is fetched,
# each byte checked against a lock: requirements/*.txt, web/package-lock.json, media/go.sum.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := $(CURDIR)/.venv/bin

# A certificate authority that only the system trusts must do for every downloader.
export UV_SYSTEM_CERTS := 1
export NODE_USE_SYSTEM_CA := 1
export UV_NO_PROGRESS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

hash = $(shell cat $(1) | sha256sum | cut -c1-16)
PYTHON_READY := .venv/.ready-$(call hash,requirements/bootstrap.txt requirements/dev.txt pyproject.toml tools/link_node.py)
WEB_READY := web/node_modules/.ready-$(call hash,web/package-lock.json web/.npmrc)

.PHONY: help
help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

.PHONY: setup
setup: $(PYTHON_READY) $(WEB_READY) ## fetch and build everything the other commands need

$(PYTHON_READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "visavis needs Python 3.11 or newer; name one: make setup PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv is missing; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "setup: Python packages"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/bootstrap.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m tools.link_node
	@rm -f .venv/.ready-* && touch $@

$(WEB_READY): $(PYTHON_READY)
	@echo "setup: web packages"
	@cd web && $(BIN)/npm ci --silent --no-audit
	@touch $@

.PHONY: lock
lock: ## choose newer versions of every package, and lock them
	@$(BIN)/uv pip compile $(LOCK_FLAGS) pyproject.toml --all-extras --group dev --output-file requirements/dev.txt
	@$(BIN)/uv pip compile $(LOCK_FLAGS) pyproject.toml --constraints requirements/dev.txt --output-file requirements/runtime.txt
	@sed -n '/^uv==/,/^[^ ]/{/^uv==/p;/^ /p}' requirements/dev.txt > requirements/bootstrap.txt
	@rm -f web/package-lock.json && cd web && $(BIN)/npm install --package-lock-only --silent
	@$(BIN)/python -m tools.complete_lock
