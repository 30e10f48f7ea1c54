# What you can do here: `make help`.
UV := $(shell command -v uv || echo .uv/bin/uv)
PYTHON ?= python3
RUN := .venv/bin/

help: ## what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

.uv/bin/uv:
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet uv

.venv/.ready: $(filter .uv/bin/uv,$(UV)) requirements.lock pyproject.toml
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	$(UV) pip sync --quiet --python .venv --require-hashes requirements.lock
	$(UV) pip install --quiet --python .venv --no-deps --no-build-isolation --editable .
	@touch .venv/.ready

setup: .venv/.ready ## a virtual environment in .venv, as locked

lock: $(filter .uv/bin/uv,$(UV)) ## renew requirements.lock from pyproject.toml
	$(UV) pip compile --quiet --universal --python-version 3.11 --all-extras --group dev \
	  --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock

demo: setup ## try it: a sample company, with a Slack in your browser
	$(RUN)sleutelbos demo

test: setup ## every test
	$(RUN)python -m pytest

pictures: setup ## the pictures of README and docs/screens.md, from the running demo
	$(RUN)python -m tests.pictures

merge-pictures: setup ## the pictures of docs/letters.md, from LibreOffice
	$(RUN)python -m tests.pictures.merging

guide: setup ## the employees' guide that goes along with letters, from the real pages
	$(RUN)python -m tests.guide

check: setup ## format, lint, types, import rules, catalogs, the guide
	$(RUN)ruff format --check .
	$(RUN)ruff check .
	$(RUN)mypy
	$(RUN)lint-imports
	$(RUN)python -m bot.locale.completeness
	$(RUN)python -m domain.letters.completeness
	$(RUN)python -m portal.locale.completeness
	$(RUN)python -m tests.guide.sources

bench: setup ## every figure, as a ratio to its floor
	$(RUN)python -m benchmarks

bench-quick: setup ## the same on small sizes
	$(RUN)python -m benchmarks --quick

.PHONY: help setup lock demo test pictures merge-pictures guide check bench bench-quick
