"""Joining lists: whole lists against each other and against the register. Records in, pairs out; nothing is stored.

One file an idea: `records` (what is compared) → `columns` (as an engine sees it, and keys) → `engines` (Splink on
DuckDB or Spark: the pairs worth opening) → `evidence` (what two records say, with `frequencies`) → `families` (what
those around them say) → `joining` (all of it). Needs the optional part `linking`.
"""

from __future__ import annotations

from collections.abc import Sequence

from panoh.vault.linking.records import Record
from panoh.vault.linking.settings import Engine, Finding, Joined, LinkSettings, Progress
from panoh.vault.refusals import EngineMissing

__all__ = ["Engine", "Finding", "Joined", "LinkSettings", "Progress", "Record", "link"]


def link(
    records: Sequence[Record], settings: LinkSettings | None = None, progress: Progress | None = None
) -> list[Joined]:
    """Return the pairs of records that are probably one person, the surest first.

    progress: told the step ("reading", "finding", "weighing"), how much of it is done, and how much there is.

    Raises:
        EngineMissing: the engine is not installed.
    """
    try:
        from panoh.vault.linking import joining  # noqa: PLC0415  # its engines are an optional part
    except ImportError as error:
        raise EngineMissing(engine="duckdb", extra="linking") from error
    return joining.link(records, settings, progress)
