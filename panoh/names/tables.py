"""The tables under ``data/``: how letters sound, what patronymics, titles and particles are written with."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from panoh.names.scripts import Script

DATA = Path(__file__).parent / "data"

LETTER_TABLES: dict[Script, str] = {"Cyrl": "cyrillic.tsv", "Arab": "arabic.tsv", "Latn": "latin.tsv"}


class Letters(NamedTuple):
    """One row of a letter table: letters, the letters they stand between, and their sounds, the likeliest first."""

    written: str
    before: str
    after: str
    sounds: tuple[str, ...]


@cache
def letters(script: Script) -> tuple[Letters, ...]:
    """The rows of a script's letter table, in the order of the file."""
    rows = (DATA / LETTER_TABLES[script]).read_text("utf-8").splitlines()
    return tuple(_row(row) for row in rows if row.strip() and not row.startswith("#"))


def _row(row: str) -> Letters:
    written, before, after, sounds = [*row.split("\t"), "", "", ""][:4]
    return Letters(written, before, after, tuple(sounds.split("|")))


@cache
def words(file: str, section: str, script: Script) -> frozenset[str]:
    """The words of one section for one script; none when the table has none."""
    return frozenset(_sections(file)[section].get(script, ()))


@cache
def _sections(file: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((DATA / file).read_text("utf-8"))


@cache
def frequent_skeletons() -> dict[str, float]:
    """Skeletons of the most frequent names of the region, with the bits each is worth."""
    rows = (DATA / "frequent.tsv").read_text("utf-8").splitlines()
    return {
        bare: float(bits) for bare, bits in (row.split("\t")[:2] for row in rows if row and not row.startswith("#"))
    }


def full_names(short_form: str) -> tuple[str, ...]:
    """The full names, in Latin letters, that a short form stands for; none for any other word."""
    return _short_forms().get(short_form, ())


@cache
def _short_forms() -> dict[str, tuple[str, ...]]:
    rows = (DATA / "short_forms.tsv").read_text("utf-8").splitlines()
    found: dict[str, tuple[str, ...]] = {}
    for full, forms in (row.split("\t") for row in rows if row and not row.startswith("#")):
        for form in forms.split():
            found[form] = (*found.get(form, ()), full)
    return found
