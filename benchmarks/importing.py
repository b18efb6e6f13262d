"""Import of 5,000 rows, from the file to registered persons. Goal: below 20 s, with progress.

Run: python -m benchmarks.importing [--rows 5000] [--json]
"""

from __future__ import annotations

import argparse
import io
import json
import random
import time

from openpyxl import Workbook

from benchmarks.results import record
from benchmarks.world import panoh_of_its_own


def workbook(rows: int) -> bytes:
    """Return a passenger list of made-up people, five to a family."""
    rng = random.Random(3)
    book = Workbook()
    sheet = book.active
    sheet.append(["№", "ФИО", "Пол", "Дата рождения", "Кем приходится", "Семья №", "Документ"])
    syllables = ["бар", "дил", "нур", "шах", "мир", "зар", "гул", "таш", "ак", "бек"]
    for number in range(1, rows + 1):
        name = " ".join("".join(rng.choices(syllables, k=3)).capitalize() for _ in range(3))
        mother = number % 5 == 1
        year = rng.choice(range(1980, 1996) if mother else range(2008, 2021))
        sheet.append(
            [
                number,
                name,
                "жен" if mother or rng.random() < 0.5 else "муж",
                f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.{year}",
                "мать" if mother else "ребёнок",
                (number - 1) // 5 + 1,
                f"справка {rng.randint(1000, 9999)}",
            ]
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main() -> None:
    """Read and confirm one list, print and record how long each took and how often progress was told."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rows", type=int, default=5000)
    given.add_argument("--json", action="store_true")
    options = given.parse_args()
    content = workbook(options.rows)
    with panoh_of_its_own():
        from panoh.access.entrances import Actor
        from panoh.casework import actions

        told: list[tuple[int, int]] = []
        begun = time.perf_counter()
        arrivals = actions.read_list(Actor.operator(), content=content, file_name="list.xlsx", sender="benchmark")
        read = time.perf_counter() - begun
        done = actions.confirm_list(Actor.operator(), arrivals, progress=lambda a, b: told.append((a, b)))
        confirmed = time.perf_counter() - begun - read
    row = {
        "rows": options.rows,
        "read s": round(read, 2),
        "confirm s": round(confirmed, 2),
        "in all s": round(read + confirmed, 2),
        "persons": done.persons,
        "families": done.families,
        "progress told": len(told),
    }
    if options.json:
        print(json.dumps(row))
    record("importing", "Import of a list", [row])


if __name__ == "__main__":
    main()
