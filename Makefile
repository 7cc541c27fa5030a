# `make build` and `make test` do all their set-up themselves, from a bare checkout with Python 3.11 or later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: build test lint docs verify reproduce bench damage faults fuzz growth patterns mutants coverage lock

build: $(VENV)/.built-with
	$(BIN)/python -m builder build

test: $(VENV)/.tested-with
	$(BIN)/pytest

lint: $(VENV)/.tested-with
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.benched-with
	$(BIN)/python -m benchmarks.speed

# The shipped package, built from the seeds again in many surroundings and compared byte by byte.
reproduce: $(VENV)/.built-with
	$(BIN)/python -m benchmarks.robustness.reproduce

# Packages damaged in every way that the schema allows: what `verify` and frictionless find of it.
damage: $(VENV)/.tested-with
	$(BIN)/python -m benchmarks.robustness.corruption

# Builds killed at every step and at 300 random moments, without room, without rights, raced.
faults: $(VENV)/.tested-with
	$(BIN)/python -m benchmarks.robustness.fault_injection

# Any bytes become a package that verifies, or a clean message. Ten minutes; SECONDS=N for another time.
SECONDS ?= 600
fuzz: $(VENV)/.tried-with
	$(BIN)/python -m benchmarks.robustness.fuzz --seconds $(SECONDS)

# Hostile pages that grow, then as large as the bounds allow: no stage takes more than its share of time.
growth: $(VENV)/.tested-with
	$(BIN)/python -m benchmarks.robustness.scaling
	$(BIN)/python -m benchmarks.robustness.scaling --full
	$(BIN)/python -m benchmarks.robustness.archives

# Every regular expression on texts made against it.
patterns: $(VENV)/.tested-with
	$(BIN)/python -m benchmarks.robustness.patterns

# Small changes of the code, one at a time: does a test fail? All of them, in half an hour; EVERY=16 takes each sixteenth.
EVERY ?= 1
FROM ?= 1
mutants: $(VENV)/.tried-with
	$(BIN)/python -m benchmarks.robustness.mutants --every $(EVERY) --from $(FROM)

coverage: $(VENV)/.tried-with
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# The data dictionary, docs/json-schema/, and the outputs shown in README and docs/, which use the tests' requirements too.
docs: $(VENV)/.tested-with
	$(BIN)/python -m builder docs

verify: $(VENV)/.built-with
	$(BIN)/python -m builder verify --sources seeds

# The locked requirements, from pyproject.toml. Needs uv; no host's name goes into the files.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header
lock:
	$(COMPILE) pyproject.toml --group build -o requirements/build.txt
	$(COMPILE) pyproject.toml --group build --group dev -c requirements/build.txt -o requirements/dev.txt
	$(COMPILE) pyproject.toml --group build --group dev --group bench -c requirements/dev.txt -o requirements/bench.txt
	$(COMPILE) pyproject.toml --group build --group dev --group robustness -c requirements/dev.txt -o requirements/robustness.txt

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

$(VENV)/.tested-with: requirements/dev.txt $(VENV)/.built-with
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@
