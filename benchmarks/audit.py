"""A million entries of the audit sealed and verified, what it costs to write one, and how four write at once.

Goals: sealed and verified in less than 10 s each; an action with its entry at most 1.5 times one without.
Run: python -m benchmarks.audit [--entries 1000000] [--rounds 2000] [--json]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.results import record
from benchmarks.world import panoh_of_its_own

T = TypeVar("T")
GOAL_SECONDS, GOAL_TIMES = 10, 1.5
PURPOSES = "array['service_delivery', 'supervision', 'registration']"
ENTRIES = f"""
    insert into access_auditentry (staff_id, role, step, outcome, about, purpose, identities)
    select null, 'caseworker', (array['identity.open', 'family.see', 'person.find', 'note.write'])[1 + mod(n, 4)],
        case when mod(n, 50) = 0 then 2 else 1 end, 'F-' || lpad(to_hex(mod(n, 40000)), 9, '0'),
        ({PURPOSES})[1 + mod(n, 3)],
        case when mod(n, 4) = 0 then array[md5(mod(n, 30000)::text)::uuid, md5(n::text)::uuid] else '{{}}' end
    from generate_series(%s::int, %s::int) n
"""
# One of several who write in their own processes: entries in transactions with some other work in each.
WRITE = """
import sys, time
from pathlib import Path
from typing import TypeVar
from panoh.web.serving import prepare
prepare()
from django.db import transaction
from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.models import Sending
from django.utils import timezone
go, seconds, name = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
print("ready", flush=True)
while not go.exists():
    time.sleep(0.001)
done, end = 0, time.perf_counter() + seconds
while time.perf_counter() < end:
    with transaction.atomic():
        Sending.objects.create(mark=f"{name}-{done}".encode(), at=timezone.now())
        audit.write(Actor.operator(), "family.see", about="F-7K3Q-XM2D", purpose="service_delivery")
        time.sleep(0.005)
    done += 1
print(done)
"""


def main() -> None:
    """Fill, seal, verify, write; end with 1 where a goal was missed."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--entries", type=int, default=1_000_000)
    given.add_argument("--rounds", type=int, default=2000)
    given.add_argument("--json", action="store_true")
    options = given.parse_args()
    with panoh_of_its_own() as home:
        rows = [*what_one_costs(options.rounds), *writers(home), *seal_and_verify(options.entries), *questions()]
        from django.db import connection

        connection.close()
        connection.close_pool()  # or the database would not stop at the end
    if options.json:
        print(json.dumps(rows))
    record("audit", "The audit sealed, verified and written", rows)
    sys.exit(1 if any(row["goal"] and float(str(row["measured"])) > float(str(row["goal"])) for row in rows) else 0)


Rows = list[dict[str, object]]


def row(what: str, measured: object, unit: str, goal: float | str = "") -> dict[str, object]:
    return {"what": what, "measured": measured, "unit": unit, "goal": goal}


def seal_and_verify(entries: int) -> Rows:
    """Return how long sealing and verifying take, and how much of the table the seals are."""
    from django.db import connection

    from panoh.access.checkpoints import checkpoint, file, read_key, read_lines
    from panoh.access.seals import seal_all
    from panoh.access.verifying import verify_database

    with connection.cursor() as cursor:
        for first in range(1, entries + 1, 10_000):  # as they come in life: many transactions
            cursor.execute(ENTRIES, [first, min(first + 9_999, entries)])
    sealed, took = timed(seal_all)
    assert sealed >= entries, sealed
    checkpoint()
    found, verified = timed(lambda: verify_database(list(read_lines(file())), [read_key()]))
    assert not found.faults, found.faults
    with connection.cursor() as cursor:
        cursor.execute("select pg_total_relation_size(t) / 1e6 from unnest(array['access_auditentry'::regclass,"
                       " 'access_auditseal']) with ordinality u (t, n) order by n")  # fmt: skip
        (table,), (seals,) = cursor.fetchall()
    return [
        row(f"{found.entries:,} entries sealed", round(took, 1), "s", GOAL_SECONDS),
        row(f"{found.entries:,} entries verified", round(verified, 1), "s", GOAL_SECONDS),
        row("their table with its indexes", round(table), "MB"),
        row("their seals", round(seals), "MB"),
    ]


def what_one_costs(rounds: int) -> Rows:
    """Return the median of a small step in its transaction, with and without its entry, by turns."""
    from django.db import connection, transaction
    from django.utils import timezone

    from panoh.access import audit
    from panoh.access.entrances import Actor
    from panoh.access.models import Sending

    operator, number = Actor.operator(), 0

    def step(is_audited: bool) -> None:
        nonlocal number
        number += 1
        with transaction.atomic():
            made = Sending.objects.create(mark=f"cost-{number}".encode(), at=timezone.now())
            made.status = 200
            made.save(update_fields=["status"])
            if is_audited:
                audit.write(operator, "family.see", about="F-7K3Q-XM2D", purpose="service_delivery")

    def medians() -> tuple[float, float]:
        took: dict[bool, list[float]] = {False: [], True: []}
        for turn in range(2 * rounds):
            took[bool(turn % 2)].append(timed(lambda turn=turn: step(bool(turn % 2)))[1])
        without, with_entry = (statistics.median(took[is_audited]) * 1000 for is_audited in (False, True))
        return without, with_entry

    rows = []
    for setting, words in (("on", "waiting for the disk"), ("off", "not waiting for it")):
        with connection.cursor() as cursor:
            cursor.execute(f"set synchronous_commit = {setting}")
        without, with_entry = medians()
        rows += [
            row(f"a small step without an entry, {words}", round(without, 2), "ms"),
            row("the same with its entry", round(with_entry, 2), "ms"),
            row("with : without", round(with_entry / without, 2), "times", GOAL_TIMES),
        ]
    return rows


def writers(home: Path, seconds: float = 6) -> Rows:
    """Return how many transactions with an entry one process and four together do in a second, 5 ms of work in each."""
    done = {number: at_once(home, number, seconds) / seconds for number in (1, 4)}
    return [
        row(f"transactions with an entry, {number} writing", round(each), "a second") for number, each in done.items()
    ]


def at_once(home: Path, number: int, seconds: float) -> int:
    go = home / f"go-{number}"
    command = [sys.executable, "-c", WRITE, str(go), str(seconds)]
    those = [subprocess.Popen([*command, f"{number}-{n}"], stdout=subprocess.PIPE, text=True) for n in range(number)]
    for one in those:
        assert one.stdout is not None
        one.stdout.readline()
    go.touch()
    return sum(int(one.communicate()[0]) for one in those)


def questions() -> Rows:
    """Return how long it takes to search, to say who has looked at a person, and to count a month."""
    from uuid import UUID

    from django.db import connection

    from panoh.access import account
    from panoh.access.clock import today
    from panoh.access.entrances import Actor

    with connection.cursor() as cursor:
        cursor.execute("analyze access_auditentry")
        cursor.execute("select md5('4')::uuid")
        (identity,) = cursor.fetchone()
    operator, asked = Actor.operator(), account.Asked
    ways: dict[str, Callable[[], object]] = {
        "search: the newest": lambda: account.search(operator, asked()),
        "search: one record": lambda: account.search(operator, asked(code="F-000000042")),
        "search: refused": lambda: account.search(operator, asked(denied=True)),
        "search: a step that is rare": lambda: account.search(operator, asked(step="audit.report")),
        "search: a day": lambda: account.search(operator, asked(since=today(), until=today())),
        "who has looked at a person": lambda: account.looks_at(
            operator, ["P-7K3Q-XM2D"], identities=[UUID(str(identity))]
        ),
        "report of a month with all of them in it": lambda: account.report(operator, today()),
    }
    told = []
    for name, ask in ways.items():
        ask()
        told.append(row(name, round(statistics.median(timed(ask)[1] for _ in range(5)) * 1000), "ms"))
    return told


def timed(ask: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    answer = ask()
    return answer, time.perf_counter() - begun


if __name__ == "__main__":
    main()
