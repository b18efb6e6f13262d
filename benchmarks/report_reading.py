"""How well reports are read: what the grammar finds in a text against what a hand found in it.

    python benchmarks/report_reading.py GOLD TEXT [GOLD TEXT …] [--show] [--name NAME]

Who is who is told by the places: an entity found is the gold's where their places meet, each matched once. A statement
counts where its speaker is the gold's, its words overlap the gold's by half (intersection over union), and, for
"statements", they have a topic in common where the hand named one; "statements, speaker" asks for speaker and words
alone. A proposal counts where its proposer is the gold's and one of its places overlaps by half; a position where
proposal and endorser are the gold's. Invented is what the text does not say at its place: a quote that is not there, a
number that is not in its quote, an entity without a place, a problem or failure that nobody reported.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from panoh.exchange.reading import Report, as_data, text_of
from panoh.exchange.reading.words import table

GOALS = {"entities": 0.95, "statements, speaker": 0.9, "statements": 0.9, "proposals": 1.0, "positions": 1.0}
HALF = 0.5

Found = dict[str, Any]


def places(entity: Found) -> list[tuple[int, int]]:
    """Return where an entity stands."""
    listed = [*entity.get("spans", []), *(entity[key] for key in ("span", "title_span", "date_span") if key in entity)]
    return [(one["start"], one["end"]) for one in listed if "start" in one]


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return intersection over union."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / (max(one[1], other[1]) - min(one[0], other[0]))


def matched(found: Sequence[Found], gold: Sequence[Found]) -> dict[str, str]:
    """Return for the code of each thing found the gold's code, the most places in common first, each once."""
    pairs = []
    for mine in found:
        for theirs in gold:
            common = sum(max((overlap(a, b) for b in places(theirs)), default=0) for a in places(mine))
            if common:
                pairs.append((common, mine["id"], theirs["id"]))
    told: dict[str, str] = {}
    for _, mine, theirs in sorted(pairs, key=lambda pair: -pair[0]):
        if mine not in told and theirs not in told.values():
            told[mine] = theirs
    return told


def f1(right: int, found: int, gold: int) -> float:
    """Return the harmonic mean of precision and recall; nothing to find and nothing found is 1."""
    return 1.0 if not found and not gold else 2 * right / (found + gold)


class Scores:
    """A report read and held against its gold."""

    def __init__(self, gold: Found, text: str) -> None:
        self.gold, self.text, self.read = gold, text, as_data(Report(text))
        self.told: dict[str, str] = {}
        self.lines: list[str] = []
        self.rows: list[dict[str, object]] = []

    def all(self) -> list[dict[str, object]]:
        """Return a row for each measure."""
        kinds = ("organisations", "persons")
        right = found = gold = 0
        for kind in kinds:
            told = matched(self.read[kind], self.gold[kind])
            self.told |= told
            right, found, gold = right + len(told), found + len(self.read[kind]), gold + len(self.gold[kind])
            self._miss(
                kind,
                [e["id"] for e in self.read[kind] if e["id"] not in told],
                [e["id"] for e in self.gold[kind] if e["id"] not in told.values()],
            )
        self.told |= self._groups()
        self._row("entities", right, found, gold)
        self._statements()
        self._proposals()
        for kind in ("events", "instruments", "counts"):
            self._others(kind)
        invented = list(self.invented())
        self.lines += [f"invented: {one}" for one in invented]
        self.rows.append({"measure": "invented", "found": len(invented), "gold": 0, "right": "", "F1": "", "goal": "0"})
        return self.rows

    def _groups(self) -> dict[str, str]:
        """Return the gold's group for each found; several found may be one of the gold's."""
        told = {}
        for mine in self.read["unnamed_groups"]:
            best = max(
                (
                    (sum(max((overlap(a, b) for b in places(g)), default=0) for a in places(mine)), g["id"])
                    for g in self.gold.get("unnamed_groups", [])
                ),
                default=(0, ""),
            )
            if best[0]:
                told[mine["id"]] = best[1]
        return told

    def _row(self, measure: str, right: int, found: int, gold: int) -> None:
        goal = GOALS.get(measure, "")
        self.rows.append(
            {
                "measure": measure,
                "found": found,
                "gold": gold,
                "right": right,
                "F1": f"{f1(right, found, gold):.2f}",
                "goal": goal,
            }
        )

    def _miss(self, kind: str, extra: Sequence[str], missing: Sequence[str]) -> None:
        self.lines += [f"{kind}: not in the gold: {one}" for one in extra] + [
            f"{kind}: not found: {one}" for one in missing
        ]

    def _who(self, code: str) -> str:
        return self.told.get(code, code)

    def _statements(self) -> None:
        for measure, with_topic in (("statements, speaker", False), ("statements", True)):
            left = list(self.gold["statements"])
            extra = []
            for mine in self.read["statements"]:
                fits = [g for g in left if self._is_said(mine, g, with_topic)]
                best = max(fits, key=lambda g: overlap(places(mine)[0], places(g)[0]), default=None)
                if best:
                    left.remove(best)
                else:
                    extra.append(f"{mine['speaker']} {mine['verb']}: {mine['content']}")
            total = len(self.gold["statements"])
            self._row(measure, total - len(left), len(self.read["statements"]), total)
            self._miss(measure, extra, [f"{g['speaker']} {g['verb']}: {g['span']['quote']}" for g in left])

    def _is_said(self, mine: Found, gold: Found, with_topic: bool) -> bool:
        topics = not (with_topic and gold["topics"]) or bool(set(mine["topics"]) & set(gold["topics"]))
        return (
            topics
            and self._who(mine["speaker"]) == gold["speaker"]
            and overlap(places(mine)[0], places(gold)[0]) >= HALF
        )

    def _proposals(self) -> None:
        told: dict[str, str] = {}
        for mine in self.read["proposals"]:
            for gold in self.gold["proposals"]:
                near = max((overlap(a, b) for a in places(mine) for b in places(gold)), default=0)
                if near >= HALF and self._who(mine["proposer"]) == gold["proposer"] and gold["id"] not in told.values():
                    told.setdefault(mine["id"], gold["id"])
        self._row("proposals", len(told), len(self.read["proposals"]), len(self.gold["proposals"]))
        self._miss(
            "proposals",
            [f"{p['proposer']}: {p['text']}" for p in self.read["proposals"] if p["id"] not in told],
            [
                f"{p['proposer']}: {p['spans'][0]['quote']}"
                for p in self.gold["proposals"]
                if p["id"] not in told.values()
            ],
        )
        mine = {
            (told.get(e["proposal"], e["proposal"] + "?"), self._who(e["endorser"])) for e in self.read["endorsements"]
        }
        gold = {(e["proposal"], e["endorser"]) for e in self.gold["endorsements"]}
        self._row("positions", len(mine & gold), len(mine), len(gold))
        self._miss("positions", [" ".join(one) for one in mine - gold], [" ".join(one) for one in gold - mine])

    def _others(self, kind: str) -> None:
        gold = [
            one | {"id": one.get("id", str(n))}
            for n, one in enumerate(self.gold.get(kind, []))
            if places(one) or one.get("title_span")
        ]
        found = [one | {"id": one.get("id", str(n))} for n, one in enumerate(self.read[kind])]
        if kind == "counts":
            told = {}
            for mine in found:
                for theirs in gold:
                    if (
                        mine["value"] == theirs["value"]
                        and overlap(places(mine)[0], places(theirs)[0])
                        and theirs["id"] not in told.values()
                    ):
                        told.setdefault(mine["id"], theirs["id"])
        else:
            told = matched(found, gold)
        self._row(kind, len(told), len(found), len(gold))
        self._miss(
            kind,
            [str(e.get("what") or e.get("title") or e["id"]) for e in found if e["id"] not in told],
            [str(g.get("what") or g["id"]) for g in gold if g["id"] not in told.values()],
        )

    def invented(self) -> Iterator[str]:
        """Return what the text does not say."""
        for place in _all_places(self.read):
            if self.text[place["start"] : place["end"]] != place["quote"]:
                yield f"the words {place['quote']!r}"
        for count in self.read["counts"]:
            number = count["span"]["quote"]
            plain = re.sub(r"(?<=\d)[ ,\u00a0](?=\d{3})", "", number)
            if str(count["value"]) not in plain and not _in_words(number):
                yield f"the number {count['value']}"
        for kind in ("lessons_and_practices", "problems"):
            for lesson in self.read.get(kind, []):
                if lesson.get("kind") in {"problem", "failure", None}:
                    yield f"a problem: {lesson}"
        for entity in (
            *self.read["persons"],
            *self.read["places"],
            *self.read["instruments"],
            *self.read["organisations"],
        ):
            if not places(entity):
                yield f"{entity['id']} without a place"


def _in_words(number: str) -> bool:
    forms = [form for listed in table("numbers")["words"].values() for forms in listed for form in forms.split("|")]
    return any(re.search(rf"(?<!\w){form}(?!\w)", number, re.IGNORECASE) for form in forms) or bool(
        re.search("|".join(map(re.escape, table("numbers")["times"])), number)
    )


def _all_places(value: Any) -> Iterator[Found]:
    if isinstance(value, dict):
        if {"start", "end", "quote"} <= value.keys():
            yield value
        for each in value.values():
            yield from _all_places(each)
    elif isinstance(value, list):
        for each in value:
            yield from _all_places(each)


def main() -> None:
    """Score each report and record the table."""
    from benchmarks.results import record

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="GOLD TEXT")
    parser.add_argument("--show", action="store_true", help="say what was missed and what is not in the gold")
    parser.add_argument("--name", default="report_reading", help="under which name the table is kept")
    parser.add_argument("--keep-nothing", action="store_true", help="only print")
    given = parser.parse_args()
    rows: list[dict[str, object]] = []
    for gold, text in zip(given.files[::2], given.files[1::2], strict=True):
        scores = Scores(json.loads(gold.read_text(encoding="utf-8")), text_of(text.read_bytes()))
        rows += [{"report": text.stem, **row} for row in scores.all()]
        if given.show:
            print(f"== {text.stem}", *scores.lines, sep="\n")
    if given.keep_nothing:
        for row in rows:
            print(*row.values(), sep="\t")
    else:
        record(given.name, "Reports of conferences read by the grammar, against a hand's reading", rows)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a file too
    main()
