# The two commands of the README, each with all its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test soak check lint types wheel clean

demo: $(STAMP)  ## load the sample corpus and serve it on http://127.0.0.1:8000
	$(BIN)/chidao demo

test: $(STAMP)  ## run all tests
	$(BIN)/python -m pytest -n auto --dist loadgroup -q

soak: $(STAMP)  ## an hour of the same: fifty thousand requests, kill -9 at a thousand moments
	CHIDAO_REQUESTS=50000 $(BIN)/python -m pytest -q -s tests/test_soak.py
	CHIDAO_KILLS=1000 $(BIN)/python -m pytest -q -s tests/test_kill.py

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

check: lint types test

wheel: $(STAMP)
	$(BIN)/python -m build --wheel

$(STAMP): pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info chidao-data
