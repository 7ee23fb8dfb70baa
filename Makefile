# infopool. `make run` shows the site, `make test` proves it; `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test check bench setup setup-dev format translations wheel clean lock

help: ## List what make can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

run: setup ## Set everything up, make a demo pool and serve it on http://127.0.0.1:8000 (PORT= changes it)
	@$(BIN)/infopool db upgrade
	@$(BIN)/infopool demo
	@exec $(BIN)/infopool serve --port $(PORT)

test: setup-dev browser ## Run the whole test-suite, browser tests included where a browser can be had
	$(BIN)/python -m pytest -n auto --dist loadfile

check: setup-dev ## Lint, types, translations, migrations, house rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/infopool translations check
	$(BIN)/python -m pytest -q tests/house

bench: setup-dev ## Measure; prints one table and one JSON line
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-bench.txt
	$(BIN)/python -m benchmarks

translations: setup-dev ## Collect the marked sentences anew and bring the catalogues in step
	$(BIN)/infopool translations extract

format: setup-dev ## Bring the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: setup-dev ## Build the wheel, and try it in an environment of its own
	bash .ci/wheel

setup: $(VENV)/.ready
setup-dev: $(VENV)/.ready-dev

# The stamps are older than the lock files exactly when somebody changed what is installed.
$(VENV)/.ready: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: browser
browser:
	@bash .ci/browser

lock: ## Compile the lock files anew (needs uv)
	uv pip compile -q --generate-hashes --no-header --no-emit-index-url --universal --python-version 3.11 pyproject.toml requirements.in -o requirements.txt
	uv pip compile -q --generate-hashes --no-header --no-emit-index-url --universal --python-version 3.11 requirements-dev.in -c requirements.txt -o requirements-dev.txt
	uv pip compile -q --generate-hashes --no-header --no-emit-index-url --universal --python-version 3.11 requirements-bench.in -c requirements.txt -o requirements-bench.txt

clean: ## Remove what was made, except the data
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis test-artefacts
