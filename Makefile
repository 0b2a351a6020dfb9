# Everything is one of these commands. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help workbook book live steps test long quick accept lint format lab bench check clean lock edition words new diff attribution
PY := .venv/bin/python
# Whatever the environment was installed for, and whatever is set outside: this checkout's own code, and names of files in any script.
export PYTHONPATH := $(CURDIR)/code
export LC_ALL := C.UTF-8
export PYTHONUTF8 := 1
# Compiled code is kept, whatever is set outside: a build starts dozens of processes, the tests hundreds.
unexport PYTHONDONTWRITEBYTECODE
# One thread for linear algebra: processes run side by side already, and last bits do not hang on how many there are.
export OPENBLAS_NUM_THREADS := 1

help:  ## list the commands
	@for file in Makefile tools/publishing.mk; do \
		[ $$file = Makefile ] || printf '\nPublishing, most of it run by the workflows in .github:\n'; \
		grep -hE '^[a-z]+:.*##' $$file | sort | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'; done

book:  ## build the site and the PDF (installs what is missing, shows progress)
	@tools/environment.sh book
	@$(PY) -m assessment.book.build

# The shell has a LANG of its own, so only the one on the command line counts.
EDITION := $(if $(filter command line,$(origin LANG)),$(LANG),nb)

edition:  ## build the book in another language beside the English site: make edition LANG=nb, after make book
	@tools/environment.sh book
	@$(PY) -m assessment.book.editions.edition_build $(EDITION)

words:  ## bring the catalogues of a language up to date with code and chapters: make words LANG=nb
	@tools/environment.sh book
	@$(PY) -m assessment.book.editions.catalogue_update $(EDITION)

PYTEST := $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

test:  ## run the tests (installs a browser if there is none), but for those of make long
	@tools/environment.sh test
	@$(PY) -m assessment.book.build
	@CHROMIUM="$$(tools/find-browser.sh)" $(PYTEST) -m "not long"

long:  ## run the tests that build books again, follow the guides, or look at every page in a browser: before a release
	@tools/environment.sh test
	@$(PY) -m assessment.book.build
	@CHROMIUM="$$(tools/find-browser.sh)" $(PYTEST) -m long || [ $$? -eq 5 ] # which says that this book has none

quick:  ## run the tests that need no build, no browser and no long computation, in about a minute: while you work
	@tools/environment.sh core
	@$(PYTEST) -q -m "not built and not slow and not long" --durations 3 --durations-min 2

workbook:  ## write the model as an Excel workbook with live formulas into _build (make book puts it on the site)
	@tools/environment.sh book
	@$(PY) -m assessment.book.site.workbook_download

live:  ## open the site in the browser and show every saved change within seconds, marked as a draft
	@tools/environment.sh book
	@$(PY) -m assessment.book.live

steps:  ## compare builds upon builds with builds from nothing, after each of STEPS edits in random order: make steps [STEPS=30] [SEED=8] [DRAWS=400, quicker]
	@tools/environment.sh test
	@STEPS="$(or $(STEPS),30)" SEED="$(or $(SEED),8)" DRAWS="$(DRAWS)" $(PY) -m pytest -q -s tests/book/building/test_incremental_steps.py

accept:  ## say which results have moved and accept them: rewrites tests/expected, whose difference in git is the review
	@tools/environment.sh book
	@$(PY) -m assessment.book.expected --accept

diff:  ## say what your change did to results and pages: make diff [BASE=commit, the last if left out] [ACCEPTED=yes] [COMPUTE=yes]
	@tools/environment.sh book
	@$(PY) -m assessment.book.comparison --base "$(BASE)" $(if $(ACCEPTED),--accepted) $(if $(COMPUTE),--compute-base)

attribution:  ## divide what moved since another version over the changes of the data: make attribution [BASE=tag or commit, the version before if left out] (minutes)
	@tools/environment.sh book
	@$(PY) -m assessment.book.attribution --base "$(BASE)"

lint:  ## judge the code without running it: layout, common faults, types
	@tools/environment.sh lint
	@echo "  layout (make format mends it)" && .venv/bin/ruff format --check --quiet --diff
	@echo "  common faults" && .venv/bin/ruff check --quiet
	@echo "  types" && $(PY) -m mypy --no-error-summary
	@tools/lint_workflows.sh

format:  ## lay out the code and the pages, and mend what can be mended without a judgement
	@tools/environment.sh lint
	@.venv/bin/ruff check --fix-only --quiet
	@.venv/bin/ruff format
	@$(PY) tools/lay_out_pages.py

lab:  ## edit the chapters as notebooks in JupyterLab
	@tools/environment.sh lab
	@tools/lab.sh

bench:  ## measure accuracy and speed against named peers, as ratios in this run; weight and quickness of the built site
	@tools/environment.sh test
	@for one in benchmarks/*_accuracy.py benchmarks/*_speed.py; do echo "== $$one"; CHROMIUM="$$(tools/find-browser.sh)" $(PY) $$one; done

check:  ## check data/ and pages in seconds: tables, sources, formulas, conflicts, digitised curves, numbers typed in the text; which sections wait for facts
	@tools/environment.sh book
	@$(PY) -m assessment.book.check_book

new:  ## begin a book for another drug in a new folder: make new NAME=novatinib TO=../novatinib [TRIAL= COHORTS=a,b CONTROL= DISEASE=]
	@tools/environment.sh book
	@$(PY) -m assessment.book.new_book --name "$(NAME)" --to "$(TO)" --trial "$(TRIAL)" --cohorts "$(COHORTS)" --control "$(CONTROL)" --disease "$(DISEASE)"

clean:  ## remove everything that was built (environments stay)
	rm -rf _build

lock:  ## rewrite the hashed locks after changing a requirements file
	@tools/environment.sh book
	@tools/lock.sh

-include tools/publishing.mk
