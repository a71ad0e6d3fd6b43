# The one list of commands.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test soak screenshots lint format docs quality bench bench-clean bench-dask bench-extract bench-fetch bench-growth scaling train lock clean

run: $(VENV)/.run ## set up and run the main job on seeds/
	$(BIN)/python -m flows.ingest seeds

test: $(VENV)/.test ## set up and pass the tests, in an order by chance; where CI is set, always in the same
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile -m "not soak" $(if $(CI),-p no:randomly)

soak: $(VENV)/.test ## what takes minutes: writers, readers and workers killed at random
	$(BIN)/python -m pytest -m soak -rP

screenshots: $(VENV)/.test ## pictures of Prefect's pages for docs/running.md, taken by the test of the browser; small with pngquant
	SCREENSHOTS=docs/images $(BIN)/python -m pytest -q -p no:randomly tests/running/test_up.py
	! command -v pngquant >/dev/null || pngquant --force --ext .png 32 docs/images/*.png

lint: $(VENV)/.test ## style, types and SQL layout
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar storage/sql

format: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.test ## write the generated blocks of the README, docs/sql.md, docs/configuration.md, docs/codebook.md and its picture anew
	PYTHONPATH=.:tests $(BIN)/python tests/readme.py
	PYTHONPATH=.:tests $(BIN)/python tests/warehouse_docs.py
	PYTHONPATH=.:tests $(BIN)/python tests/settings_docs.py

quality: $(VENV)/.test ## check the floors; score on the gold corpus and on the sets in DATA, write docs/quality.md and the table
	$(BIN)/python -m pytest -q -rP -p no:randomly tests/quality
	$(BIN)/dateline quality all --data tests/quality/gold $(if $(DATA),--data $(DATA)) \
		--markdown docs/quality.md --home data

bench: $(VENV)/.test .venv-bench/.peers ## what the way of an article costs, beside a floor and peers; writes its part of docs/performance.md
	$(BIN)/python tests/bench/throughput.py --articles $(or $(ARTICLES),600) --grown $(or $(GROWN),10000) --write

bench-fetch: $(VENV)/.test ## speed, memory and manners of the fetcher on 10,000 feeds beside a bare loop, in one run
	PYTHONPATH=.:tests $(BIN)/python tests/bench/fetch_speed.py

bench-clean: $(VENV)/.test ## speed and memory of the step clean beside bare trafilatura; PAGES=DIR takes saved pages
	PYTHONPATH=.:tests $(BIN)/python tests/bench/clean_speed.py $(PAGES)

bench-extract: $(VENV)/.test ## speed and memory of the language core beside spaCy, in one run
	PYTHONPATH=.:tests $(BIN)/python tests/bench/extract_speed.py

bench-dask: $(VENV)/.test ## extraction on Dask with one and two workers beside one process, in one run; writes its part of docs/scaling.md
	PYTHONPATH=.:tests $(BIN)/python tests/bench/dask_speed.py $(or $(ARTICLES),200) --write

scaling: $(VENV)/.test ## the capacity model of docs/scaling.md against runs of two sizes
	PYTHONPATH=.:tests $(BIN)/python tests/bench/scaling.py --write

bench-growth: $(VENV)/.test ## what growth costs, at ARTICLES (a million) made articles, which stay in the folder KEEP; writes its part of docs/performance.md
	PYTHONPATH=.:tests $(BIN)/python tests/bench/growth.py $(or $(ARTICLES),1000000) $(if $(KEEP),--keep $(KEEP)) --write

train: $(VENV)/.train ## train the tagger anew: make train DATA=folder with the open corpora (three quarters of an hour on two cores)
	$(BIN)/python -m tasks.train $(if $(DATA),--data $(DATA))

lock: $(VENV)/.test ## resolve the dependencies anew
	$(BIN)/python -m uv --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet uv
	$(BIN)/python -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --output-file requirements.lock pyproject.toml
	$(BIN)/python -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --extra dev --output-file requirements-dev.lock pyproject.toml --constraint requirements.lock
	$(BIN)/python -m uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --output-file tests/bench/peers.lock tests/bench/peers.in

clean: ## remove what make has built; data/ stays
	rm -rf $(VENV) .venv-bench .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The locks are complete, so pip has nothing to resolve; old ones also resolve extras against the newest version instead of the locked one.
# pip comes from venv, or, where Debian's python3-venv is missing, from a system pip that can install elsewhere.
$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) is missing; say make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV); }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m pip --version >/dev/null 2>&1 \
		|| { rm -rf $(VENV); echo "make: no pip; on Debian: apt install python3-venv" >&2; exit 1; }

PIP = $$( $(BIN)/python -m pip --version >/dev/null 2>&1 && echo "$(BIN)/python -m pip" \
	|| echo "$(PYTHON) -m pip --python $(BIN)/python" )

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what runs it (a minute or two)"
	@$(PIP) install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-dev.lock $(VENV)/.run
	@echo "Installing what tests it"
	@$(PIP) install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

# The peers of `make bench` in an environment of their own. The lock is complete: pip has nothing to resolve.
.venv-bench/.peers: tests/bench/peers.lock
	@echo "Installing the peers (some minutes)"
	@$(PYTHON) -m venv .venv-bench >/dev/null 2>&1 || { rm -rf .venv-bench; $(PYTHON) -m venv --without-pip .venv-bench; }
	@$(BIN)/python -m pip --python .venv-bench/bin/python install --quiet --disable-pip-version-check --no-deps --require-hashes -r tests/bench/peers.lock
	@touch $@

$(VENV)/.train: pyproject.toml $(VENV)/.test
	@echo "Installing what trains it"
	@$(PIP) install --quiet --disable-pip-version-check torch==2.13.0
	@$(PIP) install --quiet --disable-pip-version-check --no-build-isolation --editable .[train]
	@touch $@
