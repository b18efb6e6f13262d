"""A calendar as a text that every calendar program reads: codes and days, and nothing that names anybody.

Source: RFC 5545. A library is not worth its weight here: one kind of entry, of four properties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from panoh.casework.queries.week import Entry

LINE_BYTES = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def calendar(entries: Iterable[Entry], made_at: datetime) -> bytes:
    """Return the calendar; each entry is a whole day, says its kind and its codes, and blocks no time."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Panoh//Calendar 1//EN", "METHOD:PUBLISH", "NAME:Panoh"]
    for entry in entries:
        lines += _event(entry, made_at)
    return "".join(f"{line}\r\n" for whole in [*lines, "END:VCALENDAR"] for line in _folded(whole)).encode()


def _event(entry: Entry, made_at: datetime) -> Iterator[str]:
    code = entry.number if entry.kind != "visit" else f"{entry.family_code}-{entry.number}"
    told = " ".join(part for part in (entry.kind_label, "" if entry.kind == "visit" else code) if part)
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.kind}-{code}@panoh"
    yield f"DTSTAMP:{made_at:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.on + timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{escaped(f'{told}, {entry.family_code}')}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:CONFIDENTIAL"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Return a text as a value of a calendar: backslashes, semicolons, commas and ends of lines are marked."""
    return text.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Cut a line into pieces of at most 75 bytes, the later ones begun with a space, and no letter cut in two."""
    piece, room = "", LINE_BYTES
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield piece
            piece, room = " ", LINE_BYTES - 1
        piece, room = piece + letter, room - size
    yield piece
