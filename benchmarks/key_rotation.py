"""Every data key wrapped anew under a new master key, killed in the middle, while two others write.

Run: python -m benchmarks.key_rotation [--keys 1000000] [--json]
"""

from __future__ import annotations

import argparse
import json
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.results import record
from benchmarks.world import panoh_of_its_own

PANOH = [sys.executable, "-c", "from panoh.web.cli import main; main()"]
# Keeps one person after another and reads each back; says how long each took (seconds), and what failed.
WRITE = """
import json, sys, time
from pathlib import Path
from typing import Any
from panoh.web.serving import prepare
prepare()
from django.db import transaction
from panoh.access.entrances import Actor
from panoh.access.models import Agency, Staff
from panoh.vault.actions import keep_identities
from panoh.vault.queries import IdentityFacts, Name, names_of
stop, name = Path(sys.argv[1]), sys.argv[2]
agency = Agency.objects.create(code=name, name=name, kind=2)
actor = Actor.of(Staff.objects.create_user(name, display_name=name, agency=agency, role="coordinator"))
took, failed = [], 0
print("ready", flush=True)
while not stop.exists():
    begun = time.perf_counter()
    try:
        with transaction.atomic():
            (one,) = keep_identities([IdentityFacts((Name("Nomdor Oila"),))])
        failed += names_of(actor, [one], purpose="service_delivery") != {one: "Nomdor Oila"}
    except Exception:
        failed += 1
    took.append(time.perf_counter() - begun)
    time.sleep(0.01)
print(json.dumps({"took": took, "failed": failed}))
"""


def main() -> None:
    """Fill, renew, kill, go on, retire, look; end with 1 if a key was lost or a writer failed."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--keys", type=int, default=1_000_000)
    given.add_argument("--json", action="store_true")
    options = given.parse_args()
    with panoh_of_its_own() as home:
        row = renew(home, options.keys)
    if options.json:
        print(json.dumps(row))
    record("key_rotation", "Data keys wrapped anew while two others write, killed once in the middle", [row])
    sys.exit(1 if row["lost"] or row["writers failed"] else 0)


def renew(home: Path, keys: int) -> dict[str, object]:
    """Return how long a renewal took, before and after a kill in the middle, and what writers noticed of it."""
    from django.db import connection

    fill(keys)
    quiet = writers_alone(home, "Q", seconds=10)
    halt = home / "halt-busy"
    writers = begin_writers(halt, "B")
    begun = time.perf_counter()
    first = subprocess.Popen([*PANOH, "keyring", "rotate", "--json"], stdout=subprocess.DEVNULL)
    wait_until_half(keys, first)
    first.send_signal(signal.SIGKILL)
    first.wait()
    before_kill = time.perf_counter() - begun
    gone_on = json.loads(subprocess.check_output([*PANOH, "keyring", "rotate", "--json"]))
    seconds = time.perf_counter() - begun
    retired = json.loads(subprocess.check_output([*PANOH, "keyring", "retire", "--yes", "--json"]))
    assert retired == {"retired": [1]}, retired
    busy = end_writers(halt, writers)
    opened, living = look()
    connection.close_pool()  # or the database would not stop at the end
    return {
        "data keys": f"{keys:,}",
        "seconds": round(seconds, 1),
        "keys/s": f"{keys / seconds:,.0f}",
        "killed after s": round(before_kill, 1),
        "gone on with": f"{gone_on['rewrapped']:,}",
        "written meanwhile": len(busy["took"]),
        "write p50/p95 ms, quiet": figures(quiet["took"]),
        "write p50/p95/max ms, meanwhile": f"{figures(busy['took'])}/{max(busy['took']) * 1000:.0f}",
        "writers failed": busy["failed"] + quiet["failed"],
        "lost": living - opened,
    }


def fill(keys: int) -> None:
    from django.db import connection

    from panoh.vault import actions

    for begun in range(0, keys, 20_000):
        actions.make_keys_for("family", min(20_000, keys - begun))
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def look() -> tuple[int, int]:
    """Return how many data keys open with the keyring of now, and how many there are."""
    from panoh.vault.masters import open_keys
    from panoh.vault.models import DataKey

    rows = DataKey.objects.values_list("id", "master", "wrapped").iterator(chunk_size=20_000)
    return len(open_keys(rows)), DataKey.objects.count()


def wait_until_half(keys: int, renewing: subprocess.Popen[bytes]) -> None:
    from panoh.vault.models import DataKey

    while renewing.poll() is None and DataKey.objects.filter(master=2).count() < keys // 2:
        time.sleep(0.5)


def begin_writers(halt: Path, name: str) -> list[subprocess.Popen[str]]:
    command = [sys.executable, "-c", WRITE, str(halt)]
    writers = [subprocess.Popen([*command, f"{name}{n}"], stdout=subprocess.PIPE, text=True) for n in range(2)]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()
    return writers


def end_writers(halt: Path, writers: list[subprocess.Popen[str]]) -> dict[str, Any]:
    halt.touch()
    said = [json.loads(writer.communicate()[0]) for writer in writers]
    return {"took": [one for each in said for one in each["took"]], "failed": sum(each["failed"] for each in said)}


def writers_alone(home: Path, name: str, *, seconds: float) -> dict[str, Any]:
    halt = home / f"halt-{name}"
    writers = begin_writers(halt, name)
    time.sleep(seconds)
    return end_writers(halt, writers)


def figures(took: list[float]) -> str:
    cuts = statistics.quantiles(took, n=20)
    return f"{statistics.median(took) * 1000:.0f}/{cuts[18] * 1000:.0f}"


if __name__ == "__main__":
    main()
