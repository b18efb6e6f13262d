"""Lists joined: who of one list is who of another, or stands twice in one, with how sure and why."""

from __future__ import annotations

import math
from collections.abc import Sequence

from panoh.vault.linking.engines import first_weights
from panoh.vault.linking.families import settle, with_families
from panoh.vault.linking.preparing import prepare, weigh_all
from panoh.vault.linking.records import Record
from panoh.vault.linking.settings import Joined, LinkSettings, Progress

FEW = 12_000  # records up to which every pair with a common key is opened


def link(
    records: Sequence[Record], settings: LinkSettings | None = None, progress: Progress | None = None
) -> list[Joined]:
    """Return the pairs of records that are probably one person, the surest first.

    progress: told the step ("reading", "finding", "weighing"), how much of it is done, and how much there is.

    Raises:
        EngineMissing: the engine is not installed.
    """
    settings, tell = settings or LinkSettings(), progress or _untold
    most = settings.most_in_block if len(records) <= FEW else settings.most_in_large_block
    prepared = prepare(records, processes=settings.processes, most=most,
                       progress=lambda done, total: tell("reading", done, total))  # fmt: skip
    tell("finding", 0, len(records))
    least = settings.first_least if len(records) > FEW else None
    found = first_weights(prepared.table, engine=settings.engine, scratch=settings.scratch, least=least)
    tell("finding", len(records), len(records))
    pairs = list(zip(found["a"].to_pylist(), found["b"].to_pylist(), strict=True))
    alone = weigh_all(prepared, pairs, processes=settings.processes,
                      progress=lambda done, total: tell("weighing", done, total))  # fmt: skip
    least_bits = math.log2(settings.threshold / (1 - settings.threshold))
    settled = settle(records, with_families(records, prepared, alone, prepared.seen), least_bits)
    kept = [
        Joined(a, b, one.bits, _probability(one.bits), one.findings)
        for (a, b), one in settled.items()
        if one.bits >= least_bits
    ]
    return sorted(kept, key=lambda one: (-one.weight, one.a, one.b))


def _untold(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def _probability(bits: float) -> float:
    return 1 / (1 + 2.0**-bits) if bits > -60 else 0.0
