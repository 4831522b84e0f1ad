# First Neuron. `make help` lists the commands. Python 3.11+ and make are all they need.

PYTHON ?= python3
SLOW ?= slow
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help setup serve site slides-pdf offline test test-slow lint check bench results weights lock clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(READY)  ## create .venv from the pinned files (the other commands do it when needed)

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "First Neuron needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 setup")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar on -r requirements.txt -e .
	@touch $@

serve: $(READY)  ## build the site and serve it on 127.0.0.1:8000 with live reload
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:8000 --livereload

site: $(READY)  ## build the site into site/, strictly
	$(BIN)/mkdocs build --strict

slides-pdf: site  ## print the slides into dist/slides, with and without notes (needs Chromium)
	$(BIN)/python -m offline.slides

offline: $(READY)  ## make the archive, the book as PDF and EPUB, the slides as PDF in dist/ (needs Chromium)
	$(BIN)/python -m offline

test: $(READY)  ## run the tests
	$(BIN)/pytest -n 2 -m "not slow"

test-slow: $(READY)  ## run the steps at full size (some minutes)
	$(BIN)/pytest -n 2 -m "$(SLOW)"

lint: $(READY)  ## look at the code without running it: ruff, mypy, codespell; results of other code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/codespell
	$(BIN)/python -m benchmarks.steps --check

check: lint site test  ## all that CI asks for: lint, strict site, tests

bench: $(READY)  ## measure speed and accuracy on this machine (about half an hour, idle machine)
	$(BIN)/python -m benchmarks

results: $(READY)  ## run the steps at full size and write results/ (only those whose code changed)
	$(BIN)/python -m benchmarks.steps

weights: $(READY)  ## train the networks that read digits on the pages (a minute and a half)
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.weights

lock: $(READY)  ## choose versions anew: writes requirements.txt from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	@# torch itself asks for the CUDA packages it needs, so that a CPU build stays small
	$(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	  --all-extras --upgrade --no-header --no-annotate pyproject.toml \
	  | grep -vE '^(cuda|nvidia|triton)' > requirements.new
	mv requirements.new requirements.txt

clean:  ## remove everything that the other commands made, .venv too
	rm -rf $(VENV) node_modules site dist pictures .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
