# The commands of this project; `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A link to share may be installed from another folder; pip's own notices help nobody here.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run demo test lint format bench screenshots

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

run: $(VENV)/app.stamp ## Start the app on http://127.0.0.1:8501 (PORT and HOST change it)
	@exec $(BIN)/python app.py

demo: export CHECKUP_DATABASE_URL := duckdb:///var/demo.duckdb
demo: $(VENV)/app.stamp ## Start the app with an example workspace, in a database of its own
	@$(BIN)/python cli.py demo
	@exec $(BIN)/python app.py

test: $(VENV)/dev.stamp ## Run every test, with a real browser and a real PostgreSQL
	@sh tests/install-programs.sh
	@$(BIN)/python -m tests.kits.environments
	@$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

lint: $(VENV)/dev.stamp ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/dev.stamp ## Put the code into shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/dev.stamp ## Measure what is promised to be fast, as a table
	@sh tests/install-programs.sh chromium postgresql
	@$(BIN)/python -m benchmarks $(ARGS)

screenshots: $(VENV)/dev.stamp ## Take the README's pictures anew
	@sh tests/install-programs.sh chromium
	@$(BIN)/python -m docs.screenshots

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "MLOps Checkup needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another one: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/app.stamp: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the app needs (once) ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt requirements-hosting.txt requirements.txt | $(VENV)/bin/python
	@echo "Installing what the tests need (once) ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/app.stamp
