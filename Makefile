# What a person does with the house. The work is in tools/; `make` alone lists the targets.
PYTHON ?= python3
TASK = @$(PYTHON) -m tools
.DEFAULT_GOAL := help
.PHONY: help ready run test check check-translations words prove bench seed admin screenshots lock

help: ## Show this list
	@echo "Rehearsal: practise the company's CRM before go-live."; echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Set up what is missing and serve http://127.0.0.1:5000 (PORT=, HOST=, DATABASE_URL=, DEMO=0)
	$(TASK) run

test: ## Set up what the tests need and run them all (ARGS= goes to pytest)
	$(TASK) test

check: ## Lint, types, layers, templates, translations
	$(TASK) check

check-translations: ## Only: has every word its Russian?
	$(TASK) check-translations

prove: ## Prove the scenarios, also through a real browser (SCENARIO=, LOCALE=)
	$(TASK) flask-browser prove --browser $(if $(SCENARIO),--scenario $(SCENARIO)) $(if $(LOCALE),--locale $(LOCALE))

bench: ## Measure the speed of the house: a table, and bench/latest.json
	$(TASK) flask bench

seed: ## Lay out a company (COMPANY=, VOLUME=)
	$(TASK) flask seed company $(COMPANY) $(if $(VOLUME),--volume $(VOLUME))

admin: ## Make an administrator's account (EMAIL=)
	$(TASK) flask people admin $(if $(EMAIL),--email $(EMAIL))

screenshots: ## Take the pictures of the documentation anew
	$(TASK) flask-browser screenshots

words: ## For translators: collect new words into the catalogues
	$(TASK) words

ready: ## Only set up, without serving
	$(TASK) ready

lock: ## Lock the dependencies anew after a change of requirements*.in
	$(TASK) lock
