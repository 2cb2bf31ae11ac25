# Every command a contributor types. `make help` lists them.
# Needed on the machine: make, git, Python 3.11 or newer. Everything else is fetched,
# each byte checked against a lock: requirements/*.txt, web/package-lock.json, media/go.sum, mls/Cargo.lock.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := $(CURDIR)/.venv/bin

# An authority for certificates that only the system trusts must do for every downloader.
export UV_SYSTEM_CERTS := 1
export NODE_USE_SYSTEM_CA := 1
export UV_NO_PROGRESS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Whoever starts Python often wants it compiled once, whatever the shell says: some sixty servers start in `make test`.
unexport PYTHONDONTWRITEBYTECODE

# Each long step leaves a stamp that names the content it was made from.
hash = $(shell cat $(1) 2>/dev/null | sha256sum | cut -c1-16)
PYTHON_READY := .venv/.ready-$(call hash,requirements/bootstrap.txt requirements/dev.txt pyproject.toml tools/link_node.py)
WEB_READY := web/node_modules/.ready-$(call hash,web/package-lock.json web/.npmrc)
SFU := .cache/livekit-server/$(call hash,media/go.mod media/go.sum tools/build_sfu.sh)/livekit-server
# The crate that only runs vectors is no part of the client's.
MLS_SOURCES := $(filter-out mls/vectors/%,$(shell git ls-files -co --exclude-standard mls)) tools/build_mls.sh
VECTORS := .cache/mls/vectors-$(call hash,$(MLS_SOURCES) $(wildcard mls/vectors/Cargo.toml mls/vectors/src/*.rs))
MLS := .cache/mls/$(call hash,$(MLS_SOURCES))
MLS_READY := web/mls/.ready-$(call hash,$(MLS_SOURCES))
CLIENT := web/dist/.made-from-$(call hash,$(shell git ls-files -co --exclude-standard web contract) $(MLS_SOURCES) tools/pack_client.py)

.PHONY: help
help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

# ---------------------------------------------------------------- set up

# Said twice where it is used: uv may crash when its work is done (astral-sh/uv issue 21428); the second time finds it done.
UV_SYNC = $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt

# Two at a time: one of them fetches or links while another compiles.
.PHONY: setup
setup: $(PYTHON_READY) ## fetch and build everything the other commands need
	@$(MAKE) --silent -j2 sfu mls $(WEB_READY)
	@echo "setup: ready"

$(PYTHON_READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "visavis needs Python 3.11 or newer; name one: make setup PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || tools/needs.sh python3-venv
	@echo "setup: Python packages"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/bootstrap.txt
	@$(UV_SYNC) || $(UV_SYNC)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m tools.link_node
	@rm -f .venv/.ready-* && touch $@

$(WEB_READY): | $(PYTHON_READY)
	@echo "setup: web packages"
	@cd web && $(BIN)/npm ci --silent --no-audit
	@touch $@

.PHONY: sfu
sfu: $(SFU) ## build livekit-server into .cache, once

$(SFU): | $(PYTHON_READY)
	@echo "setup: livekit-server (a minute or two, once)"
	@tools/build_sfu.sh $(CURDIR)/$(SFU)

.PHONY: mls
mls: $(MLS_READY) ## build the MLS crate to WebAssembly into .cache, once

$(MLS):
	@echo "setup: MLS crate (two or three minutes, once)"
	@tools/build_mls.sh $(CURDIR)/$@

$(MLS_READY): | $(MLS)
	@rm -rf web/mls && cp -r $(MLS) web/mls && touch $@

.PHONY: lock
lock: ## choose newer versions of every package, and lock them
	@$(BIN)/uv pip compile $(LOCK_FLAGS) --upgrade pyproject.toml --all-extras --group dev --output-file requirements/dev.txt
	@$(BIN)/uv pip compile $(LOCK_FLAGS) --upgrade pyproject.toml --constraints requirements/dev.txt --output-file requirements/runtime.txt
	@sed -n '/^uv==/,/^[^ ]/{/^uv==/p;/^ /p}' requirements/dev.txt > requirements/bootstrap.txt
	@rm -f web/package-lock.json && cd web && $(BIN)/npm install --package-lock-only --silent
	@$(BIN)/python -m tools.complete_lock
	@tools/build_mls.sh --cargo update --quiet

LOCK_FLAGS := --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header --no-annotate

# ---------------------------------------------------------------- run

.PHONY: client
client: $(CLIENT) ## build the browser client into web/dist

$(CLIENT): | $(WEB_READY) $(MLS_READY)
	@echo "setup: client"
	@cd web && $(BIN)/npm run --silent build -- --logLevel warn
	@$(BIN)/python -m tools.pack_client
	@rm -f web/dist/.made-from-* && touch $@

.PHONY: demo
demo: setup client ## hold a live summit on this machine (ROBOTS=1: robots take the other seats)
	@$(if $(ROBOTS),tools/needs.sh chromium espeak-ng)
	@exec $(BIN)/visavis demo $(if $(ROBOTS),--robots)

# ---------------------------------------------------------------- the gate

.PHONY: check
check: setup ## format, lint, types, arrows, sizes, words, contract, docs; under 90 s
	@$(BIN)/python -m tools.gate

.PHONY: format
format: setup ## write every file as the formatters want it
	@$(BIN)/ruff check --quiet --fix-only . || true
	@$(BIN)/ruff format --quiet .
	@cd web && $(BIN)/npm run --silent format

# Meetings in a browser one after the other: two at once want more than two cores have. Beside them what needs none, or little.
.PHONY: test
test: setup client ## every test there is, with real parts
	@tools/needs.sh chromium firefox-esr espeak-ng postgresql
	@$(MAKE) -j2 test-scenes test-parts
	@$(BIN)/python -m pytest -m alone

.PHONY: test-scenes
test-scenes: setup client
	@$(BIN)/python -m pytest -m scene

.PHONY: test-parts
test-parts: setup client
	@nice -n 5 $(BIN)/python -m pytest -m "not scene and not screen and not alone"
	@cd web && nice -n 5 $(BIN)/npm run --silent test
	@$(BIN)/python -m pytest -m screen

.PHONY: test-quick
test-quick: setup ## tests without browser, livekit-server, PostgreSQL and long draws; under 60 s
	@$(BIN)/python -m pytest -n 2 -m "not real and not long"
	@cd web && $(BIN)/npm run --silent test:quick

.PHONY: vectors
vectors: setup ## run the MLS working group's vectors on WebAssembly: make vectors FROM=folder
	@test -d "$(FROM)" || { echo "say where they are: make vectors FROM=<folder of JSON files> (CONTRIBUTING.md)" >&2; exit 2; }
	@$(MAKE) $(VECTORS)
	@$(BIN)/node mls/vectors/run.mjs $(CURDIR)/$(VECTORS) "$(FROM)"

$(VECTORS):
	@echo "vectors: their crate (two or three minutes, once)"
	@tools/build_mls.sh $(CURDIR)/$@ visavis-mls-vectors

.PHONY: bench
bench: setup client ## measure: make bench BENCH=name (TRIALS=n: of each arm)
	@test -n "$(BENCH)" || { echo "say which: make bench BENCH=name; there are:" benchmarks/[a-z]*.py >&2; exit 2; }
	@$(BIN)/python -m benchmarks.$(BENCH) $(TRIALS)

# ---------------------------------------------------------------- print and pack

.PHONY: contract
contract: setup ## print contract/ from the code
	@$(BIN)/python -m tools.contract

.PHONY: docs
docs: setup ## print docs/reference from the code
	@$(BIN)/python -m tools.docs

.PHONY: wheel
wheel: setup client ## pack a wheel with the client and livekit-server inside, into dist/
	@GO="$$(tools/build_sfu.sh --which)" $(BIN)/python -m tools.wheel $(CURDIR)/$(SFU)
