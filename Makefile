# make demo and make test need nothing but Python 3.11 and this checkout.
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: help demo test thorough check coverage corpus bench pages example handbook wheel clean

help:
	@echo "make demo      run the main job on the worked example"
	@echo "make test      run the tests"
	@echo "make thorough  run the slow tests too, as CI does"
	@echo "make check     format, lint, types, import contracts, generated pages"
	@echo "make coverage  run the tests and hold the coverage of each room to its floor"
	@echo "make corpus    measure on the labelled sets that SCHOOLGATE_CORPORA names"
	@echo "make bench     print figures beside those of our peers"
	@echo "make example   approve the worked example anew after its content changed"
	@echo "make handbook  build the handbook into build/handbook"
	@echo "make wheel     build the wheel and try it in an environment of its own"
	@echo "make pages     write the generated pages of the handbook anew"

demo: $(STAMP)
	@$(BIN)/schoolgate demo

test: $(STAMP)
	@$(BIN)/pytest -q -n 2 --dist worksteal

thorough: $(STAMP)
	@SCHOOLGATE_THOROUGH=1 $(BIN)/pytest -q -n 2 --dist worksteal -m "not corpus"

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/house

coverage: $(STAMP)
	$(BIN)/python -m bench.coverage

corpus: $(STAMP)
	$(BIN)/pytest -q -m corpus -s

bench: $(STAMP)
	$(BIN)/python -m bench

pages: $(STAMP)
	$(BIN)/schoolgate rules --write docs/reference

$(STAMP): pyproject.toml site_templates/venv.sh
	@sh site_templates/venv.sh .venv
	@touch $@

example: $(STAMP)
	$(BIN)/python -m bench.sign_example

handbook: $(STAMP)
	$(BIN)/mkdocs build --strict --quiet --config-file site_templates/handbook.yml

wheel: $(STAMP)
	sh bench/try_wheel.sh

clean:
	rm -rf .venv site site.manifest.json build dist .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache
