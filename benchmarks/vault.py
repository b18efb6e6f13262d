"""What it costs that the keys are in another process: the same openings, searches and writes, at hand and asked for.

Goal: a question to the vault costs at most 3 ms more than the same at hand, with the account of it that only the vault
writes (in a transaction of its own, which waits for the disk).
Run: python -m benchmarks.vault [--rounds 300] [--people 2000] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.results import record
from benchmarks.world import panoh_of_its_own

GOAL_MS = 3.0
VAULT = "from panoh.web.cli import main; main()"


def main() -> None:
    """Keep people, ask by turns, record; end with 1 where the goal was missed."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rounds", type=int, default=300)
    given.add_argument("--people", type=int, default=2000)
    given.add_argument("--json", action="store_true")
    options = given.parse_args()
    with panoh_of_its_own() as home:
        rows = measured(home, options.rounds, options.people)
        from django.db import connection

        connection.close()
        connection.close_pool()  # or the database would not stop at the end
    if options.json:
        print(json.dumps(rows))
    record("vault", "Keys at hand, and in the vault's own process (medians)", rows)
    sys.exit(1 if any(float(str(row["more, ms"])) > GOAL_MS for row in rows) else 0)


def measured(home: Path, rounds: int, people: int) -> list[dict[str, object]]:
    """Return the medians of each question, at hand and asked for by turns."""
    from panoh.access.entrances import Actor
    from panoh.access.tokens import bear, token_for
    from panoh.casework.tests import factories as make
    from panoh.vault.actions import keep_identities
    from panoh.vault.broker import SOCKET
    from panoh.vault.queries import find_identities, names_of, open_identity

    boss = make.actor("coordinator", "Coordination")
    names = [f"{first}{end} {given}" for first in FAMILIES for end in ("ova", "ev", "zoda") for given in GIVEN]
    with_ids = keep_identities([make.facts(names[n % len(names)], 1950 + n % 70) for n in range(people)])
    bear(token_for(boss.staff_id))
    asks: dict[str, Callable[[], object]] = {
        "the names of 10 people": lambda: names_of(boss, with_ids[:10], purpose="overview"),
        "the names of 50 people": lambda: names_of(boss, with_ids[:50], purpose="overview"),
        "all that is sealed of one": lambda: open_identity(boss, with_ids[0], purpose="service_delivery"),
        "a search by name": lambda: find_identities("Юлдузова Нилуфар"),
        "one person kept": lambda: keep_identities([make.facts("Gavharova Nodira", 1990)]),
    }
    os.environ["PANOH_VAULT_SEARCHES"] = "1000000,1000000,1000000"
    socket = home / "vault.sock"
    vault = subprocess.Popen(
        [sys.executable, "-c", VAULT, "vault", "serve", "--socket", str(socket)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert vault.stdout is not None
        assert "answers" in vault.stdout.readline()
        took: dict[tuple[str, bool], list[float]] = {}
        for turn in range(2 * rounds):
            is_asked = bool(turn % 2)
            if is_asked:
                os.environ[SOCKET] = str(socket)
            else:
                os.environ.pop(SOCKET, None)
            for what, ask in asks.items():
                begun = time.perf_counter()
                ask()
                took.setdefault((what, is_asked), []).append((time.perf_counter() - begun) * 1000)
    finally:
        os.environ.pop(SOCKET, None)
        vault.terminate()
        vault.wait()
    bear(token_for(Actor.operator().staff_id))
    return [_row(what, took[what, False], took[what, True]) for what in asks]


def _row(what: str, at_hand: list[float], asked: list[float]) -> dict[str, object]:
    here, there = statistics.median(at_hand), statistics.median(asked)
    return {
        "what": what,
        "at hand, ms": round(here, 2),
        "asked for, ms": round(there, 2),
        "more, ms": round(there - here, 2),
        "times": round(there / here, 2),
        "goal, ms more": GOAL_MS,
    }


FAMILIES = ("Yulduz", "Gavhar", "Temur", "Zumrad", "Marjon", "Billur", "Oltin", "Sadaf", "Durdona", "Kumush")
GIVEN = ("Nodira", "Nilufar", "Barno", "Hilola", "Temur", "Dilshod", "Robiya", "Mamura", "Kunduz", "Cholpon")


if __name__ == "__main__":
    main()
