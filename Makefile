# Needs make and Python 3.11 to 3.13; everything else is fetched into .venv and _build.
SHELL := /bin/sh
PY := .venv/bin/python
JOBS ?= 2
.DEFAULT_GOAL := help
# Images of containers set it, and then each of the hundreds of processes that the tests start compiles every module.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help chapter environment book site pdf serve test quick test-long labs bench lint format lock text notebook clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

book: site serve ## set up, build the site, then serve it and print its address (PORT=8000)

site: environment ## set up and build the site into _build/html
	@$(PY) tools/build.py

pdf: site ## print the whole book into _build/html/let-it-crash.pdf (needs Chromium)
	@$(PY) tools/pdf.py

serve: environment ## serve the site that is in _build/html (PORT=8000)
	@$(PY) tools/serve.py $(PORT)

TESTS = $(PY) -m pytest --numprocesses $(JOBS) --durations 15

test: site ## set up and run the tests (JOBS=2); CHAPTER=4: one chapter and its lab; MARKS="site": by mark
	@$(TESTS) $(if $(CHAPTER),--chapter $(CHAPTER)) $(if $(MARKS),-m "$(MARKS)")

quick: environment ## the tests that need no site, no browser and no Erlang
	@$(TESTS) -m "not site and not conformance and not grading and not slow"

test-long: site ## all tests, with twenty seeds where `make test` has three
	@LETITCRASH_LONG=1 $(TESTS)

chapter: environment ## the skeleton of a new chapter and its lab: make chapter N=6 NAME="Two stores"
	@$(PY) tools/chapter.py "$(N)" "$(NAME)"

labs: environment ## derive each lab.ipynb from its solution.ipynb
	@$(PY) tools/labs.py

bench: environment ## measure against the goals; writes _build/bench.json too
	@$(PY) -m bench

lint: environment ## code, notebooks, spelling, subjects of commits
	@$(PY) tools/lint.py

format: environment ## let ruff lay out modules and notebooks
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix .

WHICH = $(if $(NB),$(basename $(NB)),$(error say which notebook: make $@ NB=notebooks/01_the_till_and_the_queue))

text: environment ## a notebook as text: make text NB=notebooks/01_the_till_and_the_queue
	@$(PY) tools/nbtext.py to-text $(WHICH).ipynb

notebook: environment ## and back, cell ids kept: make notebook NB=notebooks/01_the_till_and_the_queue
	@$(PY) tools/nbtext.py to-notebook $(WHICH).py

lock: environment ## write constraints.txt and the npm lock anew
	@$(PY) tools/lock.py

environment: ## set up .venv, or leave it when nothing has changed
	@sh tools/environment.sh

clean: ## remove what was built; .venv stays
	rm -rf _build
