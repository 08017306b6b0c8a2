# The one door. `make help` lists what can be done; every target says so itself.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
MADE   := $(VENV)/.made
INTEROP := var/interop/.made
PORT   ?= 8000

.DEFAULT_GOAL := help
.PHONY: help run worker test interop conformance check format cases translate bench lock clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  \033[1m%-10s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(MADE): requirements/development.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/development.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(INTEROP): tests/interop/package.json tests/interop/package-lock.json
	@.ci/packages
	@mkdir -p $(@D)
	cp tests/interop/package.json tests/interop/package-lock.json $(@D)
	cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

run: $(MADE)  ## Start the portal and its worker with demonstration data on http://127.0.0.1:8000
	@TAULIAH_DEMONSTRATION=1 $(BIN)/python manage.py start 127.0.0.1:$(PORT)

worker: $(MADE)  ## Start one more worker
	@$(BIN)/python manage.py db_worker

test: $(MADE) $(INTEROP)  ## Set up everything and run the whole test suite
	@.ci/packages
	$(BIN)/python -m pytest

interop: $(MADE) $(INTEROP)  ## Try our credentials with the software of others, and theirs with ours
	$(BIN)/python -m pytest tests/interop

conformance: $(MADE)  ## Start a VC-API instance for the official suites, on PORT
	@$(BIN)/python manage.py conformance --port $(PORT)

check: $(MADE)  ## Linters, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict src/tauliah/packs
	$(BIN)/djlint --lint --quiet src/portal

format: $(MADE)  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

cases: $(MADE)  ## Check the packs' own cases
	$(BIN)/tauliah check src/tauliah/packs

translate: $(MADE)  ## Collect and compile the interface's Malay words
	$(BIN)/python manage.py makemessages -l ms --no-location
	$(BIN)/python manage.py compilemessages

bench: $(MADE)  ## Measure the engine beside its peers
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/bench.txt
	$(BIN)/python bench/engine.py

lock: $(MADE)  ## Lock the versions of the dependencies anew
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml -q --extra portal --extra test --extra lint --generate-hashes --python-version 3.11 --no-header -o requirements/development.txt
	echo 'setuptools>=77' | $(BIN)/uv pip compile pyproject.toml - -q --extra portal --constraint requirements/development.txt --no-annotate --generate-hashes --python-version 3.11 --no-header -o requirements/portal.txt
	$(BIN)/uv pip compile pyproject.toml -q --extra bench --generate-hashes --python-version 3.11 --no-header -o requirements/bench.txt

clean:  ## Remove the environment and what was built
	rm -rf $(VENV) var build .mypy_cache .ruff_cache .pytest_cache .hypothesis
