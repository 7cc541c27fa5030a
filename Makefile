# Every target does its own set-up, from a bare checkout with Python 3.11 or later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tools of many makers, in environments of their own.
CLIENTS := .venv-clients
APART := .venv-apart

.DEFAULT_GOAL := help
.PHONY: help build verify validate docs test test-all lint coverage reproduce bench corruption fault-injection fuzz scaling \
	markup patterns mutants lock test-clients test-page

help:  ## List the targets.
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 20

build: $(VENV)/.built-with  ## Build the package from the seeds.
	$(BIN)/python -m builder build

verify: $(VENV)/.built-with  ## Verify the package against its sources.
	$(BIN)/python -m builder verify --sources seeds

validate: $(VENV)/.built-with  ## Validate the package's descriptor and tables with frictionless.
	$(BIN)/frictionless validate datapackage.json

docs: $(VENV)/.tested-with  ## Write what is generated: data dictionary, JSON Schemas, outputs shown in README and docs/.
	$(BIN)/python -m builder docs

# Without bytecode every process that a test starts, and every worker, would compile the code and the tests anew.
test test-all: export PYTHONDONTWRITEBYTECODE :=

test: $(VENV)/.tested-with  ## Run the quick tests, in under a minute.
	$(BIN)/pytest -m "not slow and not client and not browser"

test-all: $(VENV)/.tested-with  ## Run every test, with more examples of each property.
	$(BIN)/pytest -m "not client and not browser" --hypothesis-profile thorough

test-clients: $(CLIENTS)/.ready $(APART)/.ready  ## Open every export with the tools that it is for; see CONTRIBUTING.md for Debian's.
	APART=$(CURDIR)/$(APART)/bin/python $(CLIENTS)/bin/pytest -m client tests/clients $(ARGUMENTS)

test-page: $(CLIENTS)/.ready  ## Open the page in a browser.
	$(CLIENTS)/bin/pytest -m browser tests/page $(ARGUMENTS)

lint: $(VENV)/.tested-with  ## Check style, format, types and import layers.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

coverage: $(VENV)/.tried-with  ## Measure which lines and branches the tests reach.
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -m "not client and not browser"
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

reproduce: $(VENV)/.built-with  ## Build the package in many environments and compare it byte by byte.
	$(BIN)/python -m benchmarks.robustness.reproduce

bench: $(VENV)/.benched-with  ## Measure the builder's speed against other parsers.
	$(BIN)/python -m benchmarks.speed

corruption: $(VENV)/.tested-with  ## Damage packages in every known way: does verify find it?
	$(BIN)/python -m benchmarks.robustness.corruption

fault-injection: $(VENV)/.tested-with  ## Kill builds, fill their disks, race them: is the package still whole?
	$(BIN)/python -m benchmarks.robustness.fault_injection

SECONDS ?= 600
fuzz: $(VENV)/.tried-with  ## Feed the builder random pages and files of many for ten minutes each; SECONDS=N for longer or shorter.
	$(BIN)/python -m benchmarks.robustness.fuzz --seconds $(SECONDS)
	$(BIN)/python -m benchmarks.robustness.fuzz_containers --seconds $(SECONDS)

scaling: $(VENV)/.tested-with  ## Read hostile pages and archives as they grow: does the time stay linear?
	$(BIN)/python -m benchmarks.robustness.scaling
	$(BIN)/python -m benchmarks.robustness.scaling --full
	$(BIN)/python -m benchmarks.robustness.archives

markup: $(VENV)/.tested-with  ## Damage the markup of real pages: is text lost without a word?
	$(BIN)/python -m benchmarks.robustness.markup

patterns: $(VENV)/.tested-with  ## Time every regular expression on texts made to slow it down.
	$(BIN)/python -m benchmarks.robustness.patterns

EVERY ?= 1
FROM ?= 1
mutants: $(VENV)/.tried-with  ## Change the code in small ways: does a test fail? Hours; EVERY=200 takes each 200th, in minutes.
	$(BIN)/python -m benchmarks.robustness.mutants --every $(EVERY) --from $(FROM)

# Needs uv. No host's name goes into the files.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header
lock:  ## Lock the requirements that pyproject.toml states, with their hashes.
	$(COMPILE) pyproject.toml --extra exports --group build -o requirements/build.txt
	$(COMPILE) pyproject.toml --extra exports --group build --group dev -c requirements/build.txt -o requirements/dev.txt
	$(COMPILE) pyproject.toml --extra exports --group build --group dev --group bench -c requirements/dev.txt -o requirements/bench.txt
	$(COMPILE) pyproject.toml --extra exports --group build --group dev --group robustness -c requirements/dev.txt -o requirements/robustness.txt
	$(COMPILE) pyproject.toml --extra exports --group build --group test --group clients --group page -c requirements/dev.txt -o requirements/clients.txt
	$(COMPILE) --group apart --excludes requirements/apart.excludes -o requirements/apart.txt

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, found " + sys.version)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.built-with: requirements/build.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.benched-with: requirements/bench.txt $(VENV)/.tested-with
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	touch $@

$(VENV)/.tried-with: requirements/robustness.txt $(VENV)/.tested-with
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/robustness.txt
	touch $@

$(CLIENTS)/.ready: requirements/clients.txt tests/clients/node/package-lock.json pyproject.toml
	$(PYTHON) -m venv $(CLIENTS)
	$(CLIENTS)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/clients.txt
	$(CLIENTS)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	npm ci --silent --no-audit --no-fund --prefix tests/clients/node
	touch $@

# What agrees with no other tool's requirements. ConvoKit states several gigabytes that reading a corpus does not need.
$(APART)/.ready: requirements/apart.txt
	$(PYTHON) -m venv $(APART)
	$(APART)/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/apart.txt
	touch $@

$(VENV)/.tested-with: requirements/dev.txt $(VENV)/.built-with
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@
