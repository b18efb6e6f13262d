"""A record as the columns that an engine compares, and the keys under which it meets others.

The two main parts of the name stand in one order whatever order they were written in. Keys only say which pairs are
worth comparing; they are no evidence, so that nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from panoh.names import BirthGuess, Part
from panoh.vault.linking.records import Ready, Role, Spelt

MOST_PARTS = 4
_LEAST_BROKEN = 4  # consonants of a skeleton that is looked for with one left out
SCHEMA = pa.schema(
    [
        ("unique_id", pa.int64()), ("n1", pa.string()), ("n2", pa.string()), ("b1", pa.string()), ("b2", pa.string()),
        ("year", pa.int64()), ("day", pa.string()), ("swapped", pa.string()), ("sex", pa.string()),
        ("place", pa.string()), ("paper", pa.string()), ("keys", pa.list_(pa.int64())),
    ]
)  # fmt: skip


def columns(records: Iterable[Ready], first: int = 0) -> pa.Table:
    """Return the records as rows, numbered from `first` on."""
    rows = [_row(record, number) for number, record in enumerate(records, first)]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def without_crowds(table: pa.Table, most: int) -> pa.Table:
    """Return the rows without the keys that stand in more than `most` of them or in one only: they find nobody."""
    keys = table.column("keys").combine_chunks()
    values, parents = keys.flatten(), pc.list_parent_indices(keys)
    counted = values.value_counts()
    counts = counted.field("counts")
    useful = counted.field("values").filter(pc.and_(pc.less_equal(counts, most), pc.greater(counts, 1)))
    kept = pc.is_in(values, value_set=useful)
    offsets = _offsets(parents.filter(kept), len(table))
    at = table.schema.get_field_index("keys")
    return table.set_column(at, "keys", pa.ListArray.from_arrays(offsets, values.filter(kept)))


def _offsets(parents: pa.Array, rows: int) -> pa.Array:
    """Return where the list of each row begins, for values that name their row in order."""
    counted = parents.value_counts()
    lengths = dict(zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True))
    offsets, at = [0], 0
    for row in range(rows):
        at += lengths.get(row, 0)
        offsets.append(at)
    return pa.array(offsets, pa.int32())


def _row(record: Ready, number: int) -> dict[str, Any]:
    birth = record.record.birth
    main = _main(record.names)
    days = _days(birth)
    return {
        "unique_id": number,
        **{f"n{at}": part.sounds[0] for at, part in enumerate(main, 1)},
        **{f"b{at}": part.skeletons[0] for at, part in enumerate(main, 1)},
        "year": birth.year,
        "day": days[0] if days else None,
        "swapped": days[1] if len(days) > 1 else None,
        "sex": record.record.sex or None,
        "place": min(record.places, default=None),
        "paper": min(record.papers, default=None),
        "keys": sorted(set(map(hash, keys(record)))),  # the same in this process and those forked from it
    }


def _main(names: Sequence[Spelt]) -> list[Part]:
    """Return the given name and the surname, or what there is instead, in the order of their skeletons."""
    if not names:
        return []
    rank: dict[Role, int] = {"given": 0, "surname": 0, "": 1, "father": 2, "kunya": 3}
    parts = zip(names[0].name.parts, names[0].roles, strict=True)
    found = [(rank.get(role, 9), at, part) for at, (part, role) in enumerate(parts) if part.skeletons]
    chosen = [part for _, _, part in sorted(found, key=lambda one: one[:2])[:2]]
    return sorted(chosen, key=lambda part: (part.skeletons[0], part.sounds[0]))


def _days(birth: BirthGuess) -> list[str]:
    if birth.precision != "day" or not (birth.year and birth.month and birth.day):
        return []
    return [f"{birth.year}-{birth.month:02}-{birth.day:02}", f"{birth.year}-{birth.day:02}-{birth.month:02}"]


# --- keys --------------------------------------------------------------------------------------------------------


def keys(record: Ready) -> Iterator[str]:
    """Return the keys of a record as text: two parts, one part and a birth, a birth and the sex, a paper."""
    birth = record.record.birth
    day = min(_days(birth), default="")
    for spelt in record.names:
        parts = [part for part in spelt.name.parts if part.skeletons and part.kind not in {"initial", "title"}]
        yield from _of_parts(parts[:MOST_PARTS], birth.year, day)
        for place in sorted(record.places)[:MOST_PARTS]:
            yield from (f"{part.skeletons[0]}@{place}" for part in parts[:MOST_PARTS])
    if day:
        yield f"{day}|{record.record.sex}"
    elif birth.year:
        yield f"{birth.year}|{record.record.sex}"
    yield from record.papers


def _of_parts(parts: Sequence[Part], year: int | None, day: str) -> Iterator[str]:
    for part in parts:
        for bare in part.skeletons[:2]:
            yield bare
            if day:
                yield f"{bare}|{day}"
    for one, other in combinations(parts, 2):
        for a in one.skeletons[:2]:
            for b in other.skeletons[:2]:
                yield _pair(a, b)
                if year:
                    yield f"{_pair(a, b)}|{year}"
        if year:
            a, b = one.skeletons[0], other.skeletons[0]
            yield from (f"{_pair(short, b)}~{year}" for short in (a, *_broken(a)))
            yield from (f"{_pair(a, short)}~{year}" for short in _broken(b))


def _broken(bare: str) -> list[str]:
    return [bare[:at] + bare[at + 1 :] for at in range(len(bare))] if len(bare) >= _LEAST_BROKEN else []


def _pair(a: str, b: str) -> str:
    return f"{a}+{b}" if a < b else f"{b}+{a}"
