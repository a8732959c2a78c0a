# Everything starts with ./bootstrap, which does nothing when nothing has changed.

PYTHON ?= python3
VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test test-fast lint format bench endurance lock clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: ## Start Orderwatch with the demonstration force (PORT=8000)
	@$(PYTHON) ./bootstrap
	@exec $(VENV) -m tools.run

test: ## Check everything: style, types, floors, both databases, a real browser
	@$(PYTHON) ./bootstrap --dev
	@exec $(VENV) -m tools.checks all

test-fast: ## Tests on SQLite alone, without the browser
	@$(PYTHON) ./bootstrap --dev
	@exec $(VENV) -m tools.checks fast

lint: ## Style, types and floors
	@$(PYTHON) ./bootstrap --dev
	@exec $(VENV) -m tools.checks lint

format: ## Put the code into the house format
	@$(PYTHON) ./bootstrap --dev
	@$(VENV) -m ruff check --fix-only --quiet . && $(VENV) -m ruff format .

bench: ## Measure pages, imports and sweeps at full size
	@$(PYTHON) ./bootstrap --dev
	@exec $(VENV) -m benchmarks

endurance: ## Real processes killed at random for weeks in ten minutes (SEED=1)
	@$(PYTHON) ./bootstrap --dev
	@exec $(VENV) -m tests.endurance --seed $(or $(SEED),1)

lock: ## Write the lock files again from pyproject.toml and package.json (UPGRADE=1 for newer versions)
	@$(PYTHON) -m tools.lock $(if $(UPGRADE),--upgrade)

clean: ## Remove what was built; keeps var/, where the database is
	@rm -rf .venv .uv .node node_modules orders_app/web/static/vendor orders_app/web/static/vendor.new orders_app/web/static/manifest.json
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
