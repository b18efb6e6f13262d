"""Pages with 100,000 persons: how long each takes. Goal: p95 below 100 ms on two cores and 150 kB; below 200 ms for the
file of a family of twelve with five years of work.

Run: python -m benchmarks.pages [--persons 100000] [--rounds 60] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import time

from benchmarks.results import record
from benchmarks.world import fill, long_file, panoh_of_its_own


def main() -> None:
    """Fill, ask each page as each role, print and record the table."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--persons", type=int, default=100_000)
    given.add_argument("--rounds", type=int, default=60)
    given.add_argument("--json", action="store_true")
    options = given.parse_args()
    with panoh_of_its_own():
        begun = time.perf_counter()
        people = fill(options.persons)
        long = long_file(people["caseworker"])
        filled = time.perf_counter() - begun
        rows = list(measure(people, long, options.rounds))
    if options.json:
        print(json.dumps(rows))
    record("pages", f"Pages with {options.persons:,} persons (filled in {filled:.0f} s)", rows)


def measure(people, long, rounds):
    """Yield a row per page and role: median, p95 and worst in ms, queries, kB."""
    from django.test import Client

    from benchmarks.timing import timed
    from panoh.casework.models import Family

    rng = random.Random(7)
    for role, staff in people.items():
        client = Client(SERVER_NAME="localhost", headers={"X-Purpose": "supervision"})
        client.force_login(staff)
        mine = Family.objects.all() if role == "coordinator" else Family.objects.filter(agency=staff.agency)
        mine = mine.filter(worker=staff) if role == "caseworker" else mine
        codes = list(mine.values_list("code", flat=True)[:500])
        pages = {
            "Today": lambda: "/",
            "Families": lambda: "/families/",
            "Families, one stage": lambda: "/families/?stage=50",
            "Families, one need": lambda: "/families/?need=papers",
            "Figures": lambda: "/figures/",
            "Family": lambda codes=codes: f"/families/{rng.choice(codes)}/",
            "Week": lambda: "/week/",
            "Family of 12, 5 years": lambda: f"/families/{long}/",
            "Its board": lambda: f"/families/{long}/board/",
            "Its history": lambda: f"/families/{long}/history/",
        }
        if role != "caseworker":
            pages |= {"Workload": lambda: "/workload/", "Week, everybody's": lambda: "/week/?all=1"}
        for name, address in pages.items():
            yield {"page": name, "role": role, **timed(client, address, rounds)}


if __name__ == "__main__":
    main()
