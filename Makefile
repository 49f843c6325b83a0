# Every habit of this house, one word each. Only make and python3 (3.11 to 3.13, with venv) are assumed.
# The virtual environment is .venv; a file <lock>.done in it says that lock is installed.
# Programs are run as modules, so that a checkout which was moved or copied still runs its own code.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
PIP := $(RUN) pip install --quiet --no-input --disable-pip-version-check --no-deps
LOCK = $(RUN) uv pip compile pyproject.toml --group build --python-version 3.11 --universal \
	--generate-hashes --no-annotate --custom-compile-command "make lock" --quiet $(if $(UPGRADE),--upgrade)

.DELETE_ON_ERROR:
.PHONY: help demo test check bench crash lock clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

demo: $(VENV)/runtime.done ## Serve the playground on http://127.0.0.1:8080 (PORT=… changes the port)
	@$(RUN) bot demo

test: $(VENV)/test.done ## Run the tests that need no browser
	@$(RUN) pytest --ignore=tests/browser

check: $(VENV)/dev.done ## Lint, types, import contracts and all tests, the browser's included
	@$(RUN) ruff check
	@$(RUN) ruff format --check
	@$(RUN) mypy
	@$(VENV)/bin/lint-imports --no-logo
	@$(RUN) pytest

bench: $(VENV)/dev.done ## Race the sweep and the doors against their peers
	@$(RUN) bench

crash: $(VENV)/test.done ## Kill a busy house at random moments (KILLS=… times) and look for what was lost
	@$(RUN) tests.crash $(if $(KILLS),--kills $(KILLS)) $(if $(SEED),--seed $(SEED))

lock: $(VENV)/dev.done ## Resolve the lock files anew (UPGRADE=1 also takes newer versions)
	@$(LOCK) --group dev -o requirements/dev.txt
	@$(LOCK) --group test -c requirements/dev.txt -o requirements/test.txt
	@$(LOCK) -c requirements/dev.txt -o requirements/runtime.txt

clean: ## Remove all that make built (the cure when Python was upgraded); databases and keys stay
	@rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/pyvenv.cfg:
	@command -v $(PYTHON) >/dev/null || { echo "Baton needs Python 3.11, 3.12 or 3.13, and there is no" \
		"$(PYTHON) here: please install it (on Debian the package python3-venv brings all of it)" \
		"and try again." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { echo \
		"Baton runs on Python 3.11, 3.12 and 3.13, and $(PYTHON) is another version: please name one of" \
		"those, with its venv module (on Debian the package python3-venv), as in:" \
		"make PYTHON=python3.12 demo" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) is here but cannot make" \
		"virtual environments: please install the package python3-venv (apt install python3-venv)" \
		"and try again." >&2; exit 1; }
	@echo "Building the virtual environment (first time only, about a minute)…"
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/runtime.done: requirements/runtime.txt pyproject.toml $(VENV)/pyvenv.cfg
	@echo "Installing what Baton runs on…"
	@$(PIP) --require-hashes -r requirements/runtime.txt
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/%.done: requirements/%.txt $(VENV)/runtime.done
	@echo "Installing what $(if $(filter test,$*),the tests need,development needs)…"
	@$(PIP) --require-hashes -r requirements/$*.txt
	@touch $@
