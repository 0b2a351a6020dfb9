# What publishing adds. The workflows in .github run these and nothing else, so that each works here too.
.PHONY: watch record inform core links valid lighthouse escape newest audit release versions comment tell announce
# Whatever runs with a right to write on GitHub needs no environment: the standard library is enough.
PLAIN := $(or $(PYTHON),python3)

watch:  ## look at every source of data/watch once: what is new, and what could hang on it (minutes, and a network)
	@tools/environment.sh core
	@$(PY) -m assessment.living $(if $(SOURCE),--source $(SOURCE))

record:  ## (on GitHub) commit what a look at the sources wrote down, and publish the site anew
	@$(PLAIN) -m assessment.book.publishing.watch_record

inform:  ## (on GitHub) post what a look at the sources has to tell, each message as one issue
	@$(PLAIN) -m assessment.book.publishing.watch_issues

core:  ## test evidence, survival and economics alone: no site, no browser (what runs on every Python and system)
	@tools/environment.sh core
	@$(PY) -m assessment.evidence
	@$(PY) -m pytest -q -n auto $(wildcard tests/evidence tests/survival tests/economics)

links:  ## ask whether the addresses of the sources still answer: minutes, and a network; writes _build/links/links.md
	@$(PLAIN) -m assessment.book.publishing.outside_links

valid:  ## judge the HTML of every page of the built site with the W3C's checker (Java; npm the first time)
	@tools/environment.sh book
	@$(PY) -m assessment.book.build
	@tools/html_valid.sh

lighthouse:  ## score pages of the built site as a phone four times slower: make lighthouse [PAGES="index.html ..."] (npm the first time)
	@tools/environment.sh test
	@$(PY) -m assessment.book.build
	@CHROMIUM="$$(tools/find-browser.sh)" $(PY) benchmarks/lighthouse_scores.py $(PAGES)

escape:  ## build the same chapters without Jupyter Book (newest Sphinx, MyST-NB, theme) and compare what a reader sees
	@tools/environment.sh book
	@$(PY) -m assessment.book.build
	@tools/escape.sh

newest:  ## resolve the packages anew, build and test with them, in a clone in _build/newest; says which are newer
	@tools/environment.sh book
	@tools/newest.sh

audit:  ## ask OSV for known weaknesses of the packages in the locks
	@tools/environment.sh publish
	@tools/audit.sh

release:  ## put a release together in _build/release: make release VERSION=v1.0.0
	@tools/environment.sh publish
	@tools/environment.sh book
	@$(PY) -m assessment.book.build
	@$(PY) -m assessment.book.publishing.release_files "$(VERSION)"

versions:  ## (on GitHub) put the sites of earlier releases below v/ of the built site
	@$(PLAIN) -m assessment.book.publishing.earlier_versions

comment:  ## (on GitHub) tell on a pull request what it does to the book
	@$(PLAIN) -m assessment.book.publishing.pull_request_comment

tell:  ## (on GitHub) tell in one issue which scheduled jobs failed
	@$(PLAIN) -m assessment.book.publishing.weekly_report

announce:  ## (on GitHub) make the release VERSION of what lies in _build/release, and publish the list of versions
	@tools/announce.sh "$(VERSION)"
