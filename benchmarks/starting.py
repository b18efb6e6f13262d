"""How long starting takes: an empty folder to a migrated database, the demonstration, and starting again with it kept.

Goals: the demonstration loads in under 30 s, and starts again in under 3 s.

Run: python -m benchmarks.starting [--families 400] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from benchmarks.results import record
from benchmarks.world import panoh_of_its_own

PANOH = [sys.executable, "-c", "from panoh.web.cli import main; main()"]
LONGEST_SECONDS = 120


def main() -> None:
    """Start on an empty folder, load the demonstration, start again; print and record how long each took."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--families", type=int, default=400)
    given.add_argument("--json", action="store_true")
    options = given.parse_args()
    begun = time.perf_counter()
    with panoh_of_its_own() as home:
        cold = time.perf_counter() - begun
        from django.db import connections

        from panoh.web.demo.load import load_demo

        begun = time.perf_counter()
        load_demo(families=options.families)
        loaded = time.perf_counter() - begun
        connections.close_all()
        subprocess.run([*PANOH, "db", "down"], check=True, capture_output=True)
        again = start_again(home)
    rows: list[dict[str, object]] = [
        {"what": "database from nothing, migrated", "s": round(cold, 2), "goal s": ""},
        {"what": f"demonstration of {options.families} families", "s": round(loaded, 2), "goal s": 30},
        {"what": "second start, until a page answers", "s": round(again, 2), "goal s": 3},
    ]
    if options.json:
        print(json.dumps(rows))
    record("starting", "Starting and the demonstration", rows)


def start_again(home: Path) -> float:
    """Return the seconds from the command to the first page, with the database stopped before."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PANOH_HOME": str(home)}
    begun = time.perf_counter()
    command = [*PANOH, "demo", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() - begun < LONGEST_SECONDS:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/account/sign-in/", timeout=2).read()
            except OSError:
                time.sleep(0.02)
            else:
                return time.perf_counter() - begun
        raise TimeoutError
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    main()
