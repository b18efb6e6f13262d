# Two commands: `make demo` runs Panoh with demonstration data, `make test` passes its tests. Both set up first.
PYTHON ?= python3
export PYTHON

.PHONY: setup demo test check assets clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    run Panoh on its own database with demonstration data"
	@echo "make test    run all checks and tests, with a browser and a database of their own"
	@echo "make check   run the checks that need no database: style, types, the rooms"
	@echo "make setup   install what the project needs into .venv and node_modules"
	@echo "make clean   remove what setup made; your data under PANOH_HOME stays"

setup: .venv/ready panoh/web/static/panoh/app.css

.venv/ready: requirements-dev.txt requirements-uv.txt scripts/setup.sh
	scripts/setup.sh

node_modules/ready: package-lock.json scripts/node.sh | .venv/ready
	scripts/node.sh ci --no-audit --no-fund --loglevel=error
	@touch $@

# Styles that no page uses are left out, so the pages are among what the styles are made from.
pages := $(shell find panoh -name '*.html' -o -name 'forms*.py' -o -path '*/pages/*.py' -o -path '*/templatetags/*.py')

assets panoh/web/static/panoh/app.css: node_modules/ready vite.config.js $(wildcard panoh/web/assets/*) $(pages)
	scripts/node.sh run --silent build
	@touch panoh/web/static/panoh/app.css

demo: setup
	.venv/bin/panoh demo

check: setup
	.venv/bin/ruff check --quiet .
	.venv/bin/ruff format --quiet --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

test: check
	scripts/test.sh

clean:
	rm -rf .venv node_modules panoh/web/static/panoh
