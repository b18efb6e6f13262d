"""kill -9 of the confirming process, or of the database, at random moments: all or nothing, and the next try succeeds.

Run: python -m benchmarks.kills [--rounds 50] [--rows 400] [--json]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.importing import workbook
from benchmarks.results import record
from benchmarks.world import panoh_of_its_own

CONFIRM = """
import sys
from panoh.web.start import start
start()
from panoh.access.entrances import Actor
from panoh.casework import actions
from panoh.casework.models import ArrivalList
arrivals = ArrivalList.objects.get(code=sys.argv[1])
print("begun", flush=True)
actions.confirm_list(Actor.operator(), arrivals)
"""


def main() -> None:
    """Kill, look, try again, so many times; end with 1 if anything was half done or lost."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rounds", type=int, default=50)
    given.add_argument("--rows", type=int, default=400)
    given.add_argument("--json", action="store_true")
    options = given.parse_args()
    with panoh_of_its_own() as home:
        row = rounds(home, options.rounds, options.rows)
    if options.json:
        print(json.dumps(row))
    record("kills", "kill -9 during a confirm", [row])
    sys.exit(1 if row["half done"] or row["next try failed"] else 0)


def rounds(home: Path, number: int, rows: int) -> dict[str, int]:
    """Return how often nothing, all, or half was there after a kill, and how often the next try failed."""
    from django.db import connections

    from panoh.access.entrances import Actor
    from panoh.casework import actions
    from panoh.casework.models import ArrivalRow
    from panoh.casework.refusals import ListNotDraft
    from panoh.web.embedded import ensure_running

    rng = random.Random(11)
    found = {"rounds": number, "server killed": 0, "database killed": 0, "nothing": 0, "all": 0, "half done": 0}
    found["next try failed"] = 0
    usual = 1.0
    for turn in range(number):
        # Another number of rows each time, so that no list is the same as one before.
        arrivals = actions.read_list(Actor.operator(), content=workbook(rows + turn), file_name="l.xlsx")
        wanted = arrivals.rows.filter(is_held=False).exclude(state=3).count()
        connections.close_all()
        took = confirm_and_kill(home, arrivals.code, rng.uniform(0, usual), database=turn % 2 == 1)
        usual = max(usual, took)
        found["database killed" if turn % 2 else "server killed"] += 1
        ensure_running(home)
        connections.close_all()
        there = ArrivalRow.objects.filter(arrival_list=arrivals, person__isnull=False).count()
        found["nothing" if there == 0 else "all" if there == wanted else "half done"] += 1
        with contextlib.suppress(ListNotDraft):  # it had been done before the kill
            actions.confirm_list(Actor.operator(), arrivals)
        after = ArrivalRow.objects.filter(arrival_list=arrivals, person__isnull=False).count()
        found["next try failed"] += after != wanted
    return found


def confirm_and_kill(home: Path, code: str, after: float, *, database: bool) -> float:
    """Confirm in a process of its own and kill it, or the postmaster, so many seconds after it began."""
    from panoh.web.embedded import _postmaster

    child = subprocess.Popen([sys.executable, "-c", CONFIRM, code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert child.stdout is not None
    child.stdout.readline()
    begun = time.perf_counter()
    try:
        child.wait(after)
    except subprocess.TimeoutExpired:
        target = _postmaster(home) if database else child.pid
        os.kill(target or child.pid, signal.SIGKILL)
    child.wait()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
