# make demo and make test need nothing but Python 3.11 and this checkout.
PY ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo test check bench corpus clean pages

demo: $(STAMP)
	@$(BIN)/schoolgate demo

test: $(STAMP)
	@$(BIN)/pytest -q -n 2

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n 2 tests/house

corpus: $(STAMP)
	$(BIN)/pytest -q -m corpus

bench: $(STAMP)
	$(BIN)/python -m bench

$(STAMP): pyproject.toml
	@PY=$(PY) sh site_templates/venv.sh .venv
	@touch $@

clean:
	rm -rf .venv site build dist .pytest_cache .mypy_cache .ruff_cache
