"""Records taken apart, and pairs of them weighed, in several processes when there are many.

The processes are forked: the names are handed to them without being written anywhere.
"""

from __future__ import annotations

import marshal
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

import pyarrow as pa

from panoh.names import PersonName
from panoh.vault.linking import columns
from panoh.vault.linking.evidence import Evidence, weigh
from panoh.vault.linking.families import Pair
from panoh.vault.linking.frequencies import Frequencies
from panoh.vault.linking.records import Ready, Record, Spelt, ready
from panoh.vault.linking.settings import Finding

PARALLEL_FROM = 20_000
CHUNK = 10_000
_KEPT_OPEN = 50_000

Progress = Callable[[int, int], None]


class Prepared(Sequence[Ready]):
    """The records taken apart, kept small; with their columns and how frequent everything in them is."""

    def __init__(self, records: Sequence[Record], packed: list[bytes], table: pa.Table, seen: Frequencies) -> None:
        """Keep what was made of the records, in their order."""
        self.records = records
        self.packed = packed
        self.table = table
        self.seen = seen
        self._open: dict[int, Ready] = {}

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self.records)

    @overload
    def __getitem__(self, at: int) -> Ready: ...
    @overload
    def __getitem__(self, at: slice) -> list[Ready]: ...
    def __getitem__(self, at: int | slice) -> Ready | list[Ready]:
        """Return one record taken apart, or some."""
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if at not in self._open:
            if len(self._open) >= _KEPT_OPEN:
                self._open.clear()
            self._open[at] = _unpacked(self.records[at], self.packed[at])
        return self._open[at]


def prepare(records: Sequence[Record], *, processes: int, most: int, progress: Progress) -> Prepared:
    """Return the records taken apart; a key that more than `most` of them have finds nobody."""
    packed: list[bytes] = []
    tables: list[pa.Table] = []
    seen = Frequencies()
    for blobs, table, counted in _in_chunks(_prepare_chunk, records, len(records), processes):
        packed += blobs
        tables.append(table)
        seen.add(counted)
        progress(len(packed), len(records))
    table = pa.concat_tables(tables) if tables else columns.SCHEMA.empty_table()
    return Prepared(records, packed, columns.without_crowds(table, most), seen)


def weigh_all(prepared: Prepared, pairs: Sequence[Pair], *, processes: int, progress: Progress) -> dict[Pair, Evidence]:
    """Return the evidence of each pair."""
    alone: dict[Pair, Evidence] = {}
    for chunk in _in_chunks(_weigh_chunk, (prepared, pairs), len(pairs), processes):
        alone.update((pair, Evidence(bits, tuple(Finding(*one) for one in found))) for pair, bits, found in chunk)
        progress(len(alone), len(pairs))
    return alone


# --- chunks ------------------------------------------------------------------------------------------------------

_given: Any = None  # what forked processes work on


def _in_chunks(work: Callable[[range], Any], given: Any, total: int, processes: int) -> Iterator[Any]:
    global _given  # noqa: PLW0603  # handed to forked processes without a copy
    _given = given
    spans = [range(at, min(total, at + CHUNK)) for at in range(0, total, CHUNK)]
    try:
        if total < PARALLEL_FROM or processes < 2:
            yield from map(work, spans)
            return
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            yield from pool.imap(work, spans)
    finally:
        _given = None


def _prepare_chunk(span: range) -> tuple[list[bytes], pa.Table, Frequencies]:
    made = [ready(_given[at]) for at in span]
    return [_packed(one) for one in made], columns.columns(made, span.start), Frequencies.of(made)


def _weigh_chunk(span: range) -> list[tuple[Pair, float, list[tuple[Any, ...]]]]:
    prepared, pairs = _given
    found = []
    for at in span:
        a, b = pairs[at]
        evidence = weigh(prepared[a], prepared[b], prepared.seen)
        found.append(((a, b), evidence.bits, [tuple(one) for one in evidence.findings]))
    return found


def _packed(one: Ready) -> bytes:
    names = [(spelt.name.packed(), spelt.roles) for spelt in one.names]
    return marshal.dumps((names, tuple(one.places), tuple(one.papers)))


def _unpacked(record: Record, packed: bytes) -> Ready:
    names, places, papers = marshal.loads(packed)  # noqa: S302  # our own, never left the process
    spelt = tuple(Spelt(PersonName.unpacked(name), roles) for name, roles in names)
    return Ready(record, spelt, frozenset(places), frozenset(papers))
