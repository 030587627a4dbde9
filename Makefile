# Sokoni. `make help` lists what there is; the first `make demo` or `make test` sets everything up.

VENV := .venv
BIN := $(VENV)/bin
SOKONI := $(BIN)/sokoni

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help setup demo dev demo-frontend frontend stripe-server test test-browser screenshots visual lighthouse check format chaos chaos-smoke chaos-teeth guards bench bench-full migrate makemigration seed migrate_and_seed initdb \
        openapi lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z_-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile

# ---- Environment. A stamp remembers which locked requirements are installed.

setup: $(VENV)/installed-dev ## Create .venv with everything for running and developing

# Every interpreter is tried by running it: a shim on the PATH may stand for nothing.
$(BIN)/python:
	@set -e; found=; \
	for python in $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    found=$$python; break; fi; done; \
	if [ -z "$$found" ]; then \
	  echo "Sokoni needs Python 3.11 or newer and found none; name one with: make PYTHON=/path/to/python"; \
	  exit 1; fi; \
	echo "Creating $(VENV) with $$($$found --version)"; \
	$$found -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "This Python cannot create environments. On Debian and Ubuntu: apt install python3-venv"; \
	  exit 1; }

$(VENV)/installed: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing the locked requirements (about a minute, once)"
	@$(BIN)/python tools/install.py requirements.txt
	@$(BIN)/python -m pip install -q --no-deps -e .
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Installing the locked development requirements"
	@$(BIN)/python tools/install.py requirements-dev.txt
	@touch $@

# ---- Running

# Without its pages the demo is still an API, and `/` says how to build them.
demo-frontend: $(VENV)/installed
	@$(BIN)/python -m tools.frontend build || true

frontend: $(VENV)/installed ## Build the shop's pages and the admin, unless nothing has changed
	@$(BIN)/python -m tools.frontend build

# Started without a shell in between, so that the demo notices when make itself is killed.
demo: $(VENV)/installed demo-frontend ## Run the whole shop on this machine: PORT, SOKONI_HOME, DATABASE_URL are honoured
	@$(SOKONI) demo --stop-with-parent

# Keys and secrets are the local server's own; nothing leaves this machine.
stripe-server: $(VENV)/installed ## Speak Stripe's protocol here, for a demo with PAYMENT_PROVIDER=stripe
	@$(BIN)/python -m tools.stripe_server --port 8420 \
	  --webhook-url http://127.0.0.1:$(or $(PORT),8000)/api/v1/webhooks/payments/stripe

migrate: $(VENV)/installed ## Bring the database schema up to date
	@$(SOKONI) migrate

makemigration: $(VENV)/installed-dev ## Write a migration from the models: make makemigration m="add gift notes"
	@test -n "$(m)" || { echo 'Say what it does: make makemigration m="add gift notes"'; exit 1; }
	@$(SOKONI) migrate --revision "$(m)"

seed: $(VENV)/installed ## Load the demo catalogue
	@$(SOKONI) seed demo

migrate_and_seed: $(VENV)/installed ## Schema, then the demo catalogue
	@$(SOKONI) migrate
	@$(SOKONI) seed demo

initdb: $(VENV)/installed ## Create the database with its schema and reference data, without products
	@$(SOKONI) migrate
	@$(SOKONI) seed reference

# ---- Developing

dev: $(VENV)/installed-dev ## The demo, started again when Python changes, with both front ends live
	@$(BIN)/python -m tools.develop

# A free core takes the next test, so the slowest file does not decide the time.
test: $(VENV)/installed-dev ## Run the whole test suite
	@$(BIN)/pytest -n 2 --dist worksteal -q

# Builds the front end if need be and starts a demo shop of its own; needs Chromium.
test-browser: $(VENV)/installed-dev ## Walk through every page and purchase in Chromium: E2E="-k keyboard"
	@$(BIN)/pytest -n 2 --dist worksteal -q -m browser tests/e2e $(E2E)

screenshots: $(VENV)/installed-dev ## Take the pictures in docs/screenshots anew: PAGES="shop-home order"
	@$(BIN)/python -m tools.screenshots $(PAGES)

visual: $(VENV)/installed-dev ## Compare every page with its picture in docs/screenshots: PAGES="shop-home order"
	@$(BIN)/python -m tools.screenshots --compare $(PAGES)

lighthouse: $(VENV)/installed-dev ## Measure home, listing and product as a telephone sees them
	@$(BIN)/python -m tools.lighthouse

check: $(VENV)/installed-dev ## Format, lint, types, architecture, migrations, API document
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.check_source
	$(BIN)/python -m tools.check_migrations
	$(BIN)/python -m tools.check_openapi
	$(BIN)/python -m tools.frontend check

format: $(VENV)/installed-dev ## Format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m tools.frontend run prettier --write --log-level warn .

openapi: $(VENV)/installed-dev ## Write docs/api/openapi.json anew
	$(BIN)/python -m tools.check_openapi --write

# Two at a time: most of a run is waiting.
chaos-teeth: $(VENV)/installed-dev ## Plant four classic bugs; the chaos harness must find each
	@$(BIN)/pytest -n 2 -q -m teeth tests/chaos/test_teeth.py

guards: $(VENV)/installed-dev ## Break each guard of the code in a copy; a test must turn red
	@$(BIN)/python -m tools.guards

bench: $(VENV)/installed-dev ## The hot paths beside this machine's limit, in six minutes: BENCH=--quick
	@$(BIN)/python -m bench $(BENCH)

bench-full: $(VENV)/installed-dev ## The same with growth to a million, and half an hour of load
	@$(BIN)/python -m bench --full $(BENCH)

chaos: $(VENV)/installed-dev ## Ten minutes of kills, cuts and full disks, then the books are compared: CHAOS="--seed 7"
	@$(BIN)/python -m chaos $(CHAOS)

chaos-smoke: $(VENV)/installed-dev ## The same in three minutes
	@$(BIN)/python -m chaos --smoke $(CHAOS)

lock: ## For maintainers (needs uv): lock the requirements again
	uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q -o requirements.txt
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.11 \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q -c requirements.txt \
	  -o requirements-dev.txt
	uv pip compile --group pyproject.toml:build --universal --generate-hashes --python-version 3.11 \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q -o requirements-build.txt

clean: ## Remove .venv, caches and build products; data in .sokoni stay
	rm -rf frontend/node_modules frontend/.node frontend/tools/apigen/node_modules \
	  src/sokoni/web/static src/sokoni/web/ssr src/sokoni/web/.build
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools chaos migrations -name __pycache__ -type d -prune -exec rm -rf {} +
