# Every target sets up what it needs, does nothing twice, and shows one line per step. VERBOSE=1 shows all output.

.DEFAULT_GOAL := help
.PHONY: help start sandbox build check test simulate mutants crash fuzz screens bench docs sbom audit fmt clean distclean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

start: ## run page, worker and sandbox gateway here, on PORT and SANDBOX_PORT; EXAMPLE=shop or sync adds that, on SHOP_PORT or SYNC_PORT
	@scripts/start.sh

sandbox: ## run the sandbox gateway alone, on PORT; ENVIRONMENT=both adds production; STATE=memory keeps nothing; CONFIG=file sets it
	@scripts/run.sh sandbox

build: ## build the wasm, the npm package and the page
	@scripts/build.sh

check: ## format, lint, types, native tests and rules, in less than a minute
	@scripts/check.sh

test: ## run every check; needs Chromium, and installs it by apt if it is missing
	@scripts/test.sh

simulate: ## run simulated lives of consents until stopped, of orders with ORDERS=1, sweeps with SWEEPS=1; LIVES=1000 ends, SEED=1 repeats
	@scripts/run.sh simulate

mutants: ## break the machines in named ways and see the simulation catch each; ORDERS=1 or SWEEPS=1 picks
	@scripts/run.sh mutants

crash: ## kill the worker at random moments, 200 times or KILLS=50; SEED=1 repeats a run
	@scripts/run.sh crash

fuzz: ## look for inputs that break a rule, a minute for each target; TARGET=jws SECONDS=600 is one for longer
	@SECONDS_EACH=$(SECONDS) scripts/fuzz.sh

screens: ## take a picture of each state of the page, phone and desktop, light and dark; ONLY=renew picks by name
	@scripts/run.sh screens

bench: ## measure against the peers, in one run; ONLY=sign picks a suite
	@scripts/run.sh bench

docs: ## build the docs site and serve it here, on PORT
	@scripts/docs.sh serve

sbom: ## write what the project is made of, as CycloneDX, into target/sbom/
	@scripts/run.sh sbom

audit: ## ask npm and RustSec for known weaknesses of what the lock files name; needs a network
	@scripts/audit.sh

fmt: ## format the Rust code
	@scripts/run.sh fmt

clean: ## remove what was built
	@rm -rf target pkg/dist pkg/generated pkg/src/generated pkg/THIRD-PARTY.md www/dist www/generated
	@rm -rf docs/reference/api sandbox/dist worker/.wrangler sandbox/.wrangler .wrangler

distclean: clean ## remove the tools, npm packages and development state as well
	@rm -rf .tools .dev node_modules docs/node_modules
