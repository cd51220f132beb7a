# Needs make and CPython 3.11 to 3.13; the rest goes into .venv here. PYTHON=/path forces an interpreter.
BIN := .venv/bin

.PHONY: help setup clean-corpus test docs check style types layers lock distclean
# The checks talk to the reader one after the other, the tests last.
.NOTPARALLEL:

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name does; do \
		printf '%-14s %s\n' "$$name" "$$does"; done

setup: ## make .venv, if it is missing or older than the lock
	@.ci/setup

clean-corpus: setup ## clean seeds/ into out/
	@$(BIN)/clean-corpus run seeds --out out

test: setup ## run the tests (ARGS="-k name" for some)
	@$(BIN)/python -m pytest $(ARGS)

docs: setup ## write docs/reference again from the code
	$(BIN)/python docs/generate.py

check: style types layers test ## all that CI checks

style: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: setup
	$(BIN)/mypy --strict pipeline benchmarks

layers: setup
	$(BIN)/lint-imports --no-logo

# uv resolves for every Python and platform at once; it is needed here only, so it is not in the lock.
lock: setup ## resolve requirements.lock again, with the newest versions
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --upgrade --target .venv/lock 'uv>=0.9'
	@.venv/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy requires-python \
		--generate-hashes --extra dev --custom-compile-command 'make lock' --output-file requirements.lock pyproject.toml
	@.ci/setup

distclean: ## remove .venv and all caches
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find pipeline tests -name __pycache__ -prune -exec rm -rf {} +
