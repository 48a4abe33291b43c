# The same names people and CI call. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup engine browser-packages browser-snippet up preview refresh destroy recover ownership import backup restore drill policy policy-analyze policy-setup env stop manifests pictures pr-comment golden golden-comments test test-quick test-cluster lint format lock bench telemetry runbooks catalogue cost mute unmute demo clean
SHELL := /bin/bash

STACK ?= sandbox
# Where the stack goes: `sandbox` (this machine, no accounts) or `real`.
CLOUD ?= $(if $(filter sandbox,$(STACK)),sandbox,real)
PYTHON ?= python3
VENV := .venv
CHECKOV := .checkov
RECEIVERS := .receivers
POLICY := .policy
PY := $(VENV)/bin/python
STACK_TOOL := $(PY) -m tools.stack

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

setup: $(VENV)/.ready ## Python environment in .venv, from the lock files

$(VENV)/.ready: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version). Name another with PYTHON=..." >&2; exit 1; }
	@echo "== Python environment ($$($(PYTHON) --version)) in $(VENV)" >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r <(sed -n '/^uv==/,/^[^ ]*[^\\]$$/p' requirements-dev.txt)
	@$(VENV)/bin/uv pip sync --quiet --python $(PY) --require-hashes requirements-dev.txt
	@# The application's package, from its folder.
	@echo "$(CURDIR)/telemetry/src" > "$$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/genonaut_telemetry.pth"
	@# The Datadog SDK takes 20 seconds to import without bytecode, and some machines switch off writing it.
	@$(PY) -m compileall -q -j 0 $(VENV)/lib || true
	@touch $@

engine: setup ## The Pulumi engine: the installed one, or one built with Go into .engine
	@$(PY) -m tools.engine

browser-packages: tests/browser/node_modules/.ready ## What the tests of the snippet for browsers bundle and check it with

tests/browser/node_modules/.ready: tests/browser/package-lock.json
	@if command -v npm >/dev/null; then echo "== npm packages in $(@D)" >&2; \
	  npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund --silent && touch $@; \
	else echo "No npm: the tests of the snippet for browsers are skipped" >&2; fi

browser-snippet: setup ## The TypeScript that the web application takes in: make browser-snippet OUT=folder
	@$(PY) -m reports browser-snippet $(or $(OUT),build/browser-snippet)

up: setup ## Bring a stack up: make up [STACK=production CLOUD=sandbox]
	@$(STACK_TOOL) up --stack $(STACK) --cloud $(CLOUD)

preview: setup ## What `up` would change
	@$(STACK_TOOL) preview --stack $(STACK) --cloud $(CLOUD)

refresh: setup ## Read the cloud back and show drift
	@$(STACK_TOOL) refresh --stack $(STACK) --cloud $(CLOUD)

destroy: setup ## Take a stack down
	@$(STACK_TOOL) destroy --stack $(STACK) --cloud $(CLOUD)

recover: setup ## After a killed run: show and mend pending operations and unknown objects (YES=1 to do it unasked)
	@$(STACK_TOOL) recover --stack $(STACK) --cloud $(CLOUD) $(if $(YES),--yes)

# The policy pack, which needs an environment of its own: docs/adr/0031-policy.md
policy-setup: $(POLICY)/.ready ## The Python environment of the policy pack, in .policy

$(POLICY)/.ready: policy/requirements.txt $(VENV)/.ready
	@echo "== Policy pack's environment in $(POLICY)" >&2
	@$(VENV)/bin/uv venv --quiet --clear --python $(PY) $(POLICY)
	@$(VENV)/bin/uv pip sync --quiet --python $(POLICY)/bin/python --require-hashes policy/requirements.txt
	@$(POLICY)/bin/python -m compileall -q -j 0 $(POLICY)/lib || true
	@touch $@

policy: setup policy-setup ## Hold what `up` would make against the rules of policy/ [STACK=production CLOUD=sandbox]
	@$(PY) -m tools.policy preview --stack $(STACK) --cloud $(CLOUD)

policy-analyze: setup policy-setup ## Hold what is there against them, by the exported state
	@$(PY) -m tools.policy analyze --stack $(STACK) --cloud $(CLOUD)

backup: setup ## Keep what is deployed: make backup STACK=production [OUT=folder]
	@$(STACK_TOOL) backup --stack $(STACK) --cloud $(CLOUD) $(if $(OUT),--out $(OUT))

restore: setup ## A lost state back from a backup: make restore STACK=production FROM=folder
	@$(if $(FROM),$(STACK_TOOL) restore --stack $(STACK) --cloud $(CLOUD) --from $(FROM),echo "Name the backup: make restore STACK=... FROM=folder" >&2; exit 2)

drill: setup ## Lose state, cloud and both of a sandbox of its own, bring them back, compare [STACK=production]
	@$(PY) -m tools.backup drill --stack $(STACK)

ownership: setup ## Name what two stacks both own, from the states of all stacks [CLOUD=real] [STATES="a.json b.json"]
	@$(PY) -m tools.ownership $(if $(STATES),$(STATES),--cloud $(CLOUD))

import: setup ## Console-made monitors and dashboards into the catalog: make import FROM="URL monitor:ID ..." [BLIND=reason]
	@$(PY) -m adopt --stack $(STACK) --cloud $(CLOUD) $(if $(BLIND),--blind-because "$(BLIND)") $(FROM)

FOR ?= 20
mute: setup ## Around a deployment: mute what a rollout sets off by itself [STACK=production FOR=20 (minutes)]
	@$(STACK_TOOL) mute --stack $(STACK) --cloud $(CLOUD) --minutes $(FOR)

unmute: setup ## End that sooner
	@$(STACK_TOOL) unmute --stack $(STACK) --cloud $(CLOUD)

env: setup ## Print the line that prepares a shell for plain `pulumi` on the sandbox
	@$(STACK_TOOL) env

stop: setup ## Stop the sandbox (what it holds stays on disk)
	@$(STACK_TOOL) stop --stack $(STACK)

MINUTES ?= 10
demo: setup $(RECEIVERS)/.ready ## The reference app under load, with everything that listens to it [MINUTES=10]
	@$(PY) -m tools.demo --minutes $(MINUTES)

manifests: setup ## Every Kubernetes object of a stack as YAML: make manifests STACK=production OUT=folder
	@$(PY) -m reports.manifests $(STACK) $(or $(OUT),build/manifests/$(STACK))

pictures: setup ## Every dashboard as a PNG, and one page of all, from synthetic data: make pictures STACK=production OUT=folder
	@$(PY) -m reports pictures $(STACK) --out $(or $(OUT),build/pictures/$(STACK))

BASE ?= main
pr-comment: setup ## What this branch changes, as the comment on its pull request: make pr-comment [STACK=production BASE=main]
	@$(PY) -m reports pr-comment --base $(BASE) $(if $(filter-out file,$(origin STACK)),--stack $(STACK)) \
	  $(if $(filter-out file,$(origin CLOUD)),--cloud $(CLOUD))

golden: setup ## Bring the files that tests compare with up to date, to be read with `git diff`
	@for stack in production sandbox staging; do $(PY) -m reports.manifests $$stack tests/golden/manifests/$$stack || exit; done
	@$(PY) -m reports.agents

golden-comments: setup engine ## The same for the comments, by the real engine (two minutes)
	@REWRITE_GOLDEN=1 $(PY) -m pytest -q tests/e2e/test_comment.py -k golden

test: setup engine browser-packages policy-setup $(RECEIVERS)/.ready ## All tests but those of test-cluster
	$(PY) -m pytest -n 2 --maxschedchunk 1 -m 'not cluster and not alone'
	$(PY) -m pytest -m alone

test-quick: setup ## Unit and mock tests that start no program of their own, about a minute
	$(PY) -m pytest -n 2 --maxschedchunk 1 -m 'not slow' tests/unit tests/mocks telemetry/tests

test-cluster: setup ## Every Kubernetes object and permission on a real API server, built with Go the first time
	@$(PY) -m tools.cluster
	$(PY) -m pytest -m cluster tests/cluster

# Linted by checkov, which needs an environment of its own: docs/adr/0013-real-api-server.md
$(CHECKOV)/.ready: requirements-hardening.txt $(VENV)/.ready
	@echo "== Checkov in $(CHECKOV)" >&2
	@$(VENV)/bin/uv venv --quiet --clear --python $(PY) $(CHECKOV)
	@$(VENV)/bin/uv pip sync --quiet --python $(CHECKOV)/bin/python --require-hashes requirements-hardening.txt
	@touch $@

# Datadog's test agent, which needs an environment of its own, too: docs/adr/0025-reference-app.md
$(RECEIVERS)/.ready: requirements-receivers.txt $(VENV)/.ready
	@echo "== Datadog's test agent in $(RECEIVERS)" >&2
	@$(VENV)/bin/uv venv --quiet --clear --python $(PY) $(RECEIVERS)
	@$(VENV)/bin/uv pip sync --quiet --python $(RECEIVERS)/bin/python --require-hashes requirements-receivers.txt
	@touch $@

lint: setup $(CHECKOV)/.ready ## Style, types, import rules, Kubernetes objects, workflows, lock files
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy .
	$(VENV)/bin/lint-imports
	$(VENV)/bin/hadolint load_test/Dockerfile
	$(PY) -m tools.hardening $(CHECKOV)/bin/checkov tests/golden/manifests/*
	$(PY) -m tools.workflows $(VENV)/bin/zizmor
	tools/check-lock.sh $(VENV)/bin/uv

format: setup ## Put the code in order
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

catalogue: setup ## Bring the table of alerts in docs/alerts.md up to date
	@$(PY) -m reports catalogue

cost: setup ## What a stack costs a month, line by line: make cost STACK=production
	@$(PY) -m reports cost --stack $(if $(filter command,$(origin STACK)),$(STACK),production)

lock: setup ## Compile pyproject.toml into the lock files
	tools/compile-lock.sh $(VENV)/bin/uv

telemetry: setup ## Bring the metrics of the application's package, telemetry/, up to the contract
	@$(PY) -m reports telemetry

runbooks: setup ## Bring the generated parts of docs/runbooks up to date
	@$(PY) -m reports runbooks

bench: setup engine ## Measure the cost of a preview against a flat program, and of the telemetry (alone: -m tests.bench.telemetry)
	@$(PY) -m tests.bench
	@$(PY) -m tests.bench.telemetry

clean: ## Remove what was built (not the sandbox's cloud)
	rm -rf $(VENV) .engine .cluster .workflows $(CHECKOV) $(RECEIVERS) $(POLICY) .cache build tests/browser/node_modules
