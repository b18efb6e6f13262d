#!/bin/sh
# Runs every test: brings a browser (Debian's chromium), a database of its own in a temporary PANOH_HOME, and clears up.
set -eu
cd "$(dirname "$0")/.."

find_browser() {
    # The one without windows does the same for half the work, beside what the pages themselves take.
    for name in "${PANOH_CHROMIUM:-}" chromium-headless-shell chromium google-chrome chromium-browser; do
        [ -n "$name" ] && command -v "$name" && return
    done
    return 1
}
if ! PANOH_CHROMIUM=$(find_browser); then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing chromium for the browser tests" >&2
        apt-get update -qq
        for name in chromium-headless-shell chromium; do
            apt-get install -y -qq --no-install-recommends "$name" >/dev/null && break
        done
        PANOH_CHROMIUM=$(find_browser)
    else
        echo "The tests need a browser. Ask an administrator to run: apt-get install chromium" >&2
        echo "or name one you have: PANOH_CHROMIUM=/path/to/chromium make test" >&2
        exit 1
    fi
fi
PANOH_HOME=$(mktemp -d "${TMPDIR:-/tmp}/panoh-test.XXXXXX")
# What the first process compiles, no other compiles again.
PYTHONPYCACHEPREFIX=${PYTHONPYCACHEPREFIX:-$PWD/.venv/bytecode}
export PANOH_CHROMIUM PANOH_HOME PANOH_PG_FAST=1 PYTHONPYCACHEPREFIX
unset DATABASE_URL DATABASE_OWNER_URL PYTHONDONTWRITEBYTECODE
trap '.venv/bin/panoh db down >/dev/null 2>&1; rm -rf "$PANOH_HOME"' EXIT
trap 'exit 130' INT TERM
# Two processors, and a third worker for while one waits for its browser, its servers or its database.
.venv/bin/pytest -n 3 --no-loadscope-reorder "$@"
