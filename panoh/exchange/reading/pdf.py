"""The text of a PDF, read in a process of its own that is ended when it takes too much time or memory.

Run as a program it reads a PDF from its input and prints JSON; it is given no key, no setting and no database.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST_PAGES = 300
MOST_SECONDS = 30
MOST_MEMORY = 1024 * 1024 * 1024
MOST_BLOCKS = 80  # a page of more is a table, and is read in the order in which it was written

_NUMBER_OF_A_PAGE = re.compile(r"[-–—|\s]*(?:(?:page|p\.|стр(?:аница|\.)?)\s*)?#(?:\s*(?:/|of|из)\s*#)?[-–—|\s]*")
_ENDS = re.compile(r"[.!?…:;][\"'»”’)\]]*$")
_BROKEN = re.compile(r"([^\W\d_]+)([-\u00ad\u2010])$")


def told_by(content: bytes) -> dict[str, Any]:
    """Return what a process of its own says of a PDF: its `text`, or why it is `refused` and what else is known."""
    command = [sys.executable, "-P", __file__, str(MOST_SECONDS)]
    environment = {"PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(  # noqa: S603  # our own file; the PDF is only its input
            command, input=content, capture_output=True, timeout=MOST_SECONDS + 5, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return {"refused": "slow"}
    if done.returncode < 0:  # ended by a signal: out of time or memory
        return {"refused": "slow"}
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"refused": "damaged"}
    return told


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands on its page: from the left, from the bottom, and how high its letters are."""

    x: float
    y: float
    size: float
    text: str

    @property
    def right(self) -> float:
        """Return about where it ends: a letter is a little less than half as wide as high."""
        return self.x + 0.42 * self.size * len(self.text)


def joined(pages: Sequence[Sequence[Line]]) -> str:
    """Return the text of pages in reading order, without what repeats at their heads and feet."""
    furniture = _furniture(pages)
    kept = [[line for line in _in_order(page) if _key(line) not in furniture] for page in pages]
    paragraphs: list[list[str]] = []
    for page in kept:
        leading = _leading(page)
        for before, line in zip([None, *page], page, strict=False):
            gap = before.y - line.y if before else 0
            if before and gap > 0:
                starts = gap > 1.25 * leading or abs(before.size - line.size) > 0.5
            else:  # a paragraph may run on from page to page and from column to column
                starts = not paragraphs or bool(_ENDS.search(paragraphs[-1][-1]))
            if starts:
                paragraphs.append([])
            paragraphs[-1].append(line.text)
    whole = " ".join(line for paragraph in paragraphs for line in paragraph)
    return "\n\n".join(_run_on(paragraph, whole) for paragraph in paragraphs)


def _key(line: Line) -> tuple[str, int]:
    """Return what a line says, its numbers put aside, and at what height."""
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.y)


def _furniture(pages: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    """Return the lines that stand at one height among the first or last two of many pages."""
    ends = []
    for page in pages:
        by_height = sorted(page, key=lambda line: -line.y)
        ends.append({_key(line) for line in (*by_height[:2], *by_height[-2:])})
    seen = Counter(key for keys in ends for key in keys)
    many = max(2, 0.4 * len(pages))
    return {key for key, times in seen.items() if times >= many or _NUMBER_OF_A_PAGE.fullmatch(key[0])}


def _leading(page: Sequence[Line]) -> float:
    gaps = sorted(a.y - b.y for a, b in itertools.pairwise(page) if a.y - b.y > 1)
    return gaps[len(gaps) // 2] if gaps else 1_000_000


def _in_order(page: Sequence[Line]) -> list[Line]:
    """Return the lines as people read them: columns from the left, each from the top, as written where both fit."""
    blocks: list[list[Line]] = []
    for line in page:
        last = blocks[-1][-1] if blocks else None
        if last and 0 <= last.y - line.y < 3 * line.size and line.x < last.right and last.x < line.right:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    if len(blocks) > MOST_BLOCKS:
        return list(page)
    before = {(a, b) for a in range(len(blocks)) for b in range(len(blocks)) if a != b and _comes_before(blocks, a, b)}
    ordered: list[Line] = []
    left = list(range(len(blocks)))
    while left:
        first = next((b for b in left if not any((a, b) in before for a in left)), left[0])
        left.remove(first)
        ordered += blocks[first]
    return ordered


def _comes_before(blocks: Sequence[Sequence[Line]], a: int, b: int) -> bool:
    """Tell whether a block is read before another: it stands above it, or left of it with no line across both between.

    Source: T. M. Breuel, High Performance Document Layout Analysis, 2003, section 4.
    """
    one, other = blocks[a], blocks[b]
    if _above_each_other(one, other):
        return one[-1].y > other[0].y
    if _left(one) > _left(other):
        return False
    high, low = max(one[0].y, other[0].y), min(one[-1].y, other[-1].y)
    return not any(
        low < each[0].y < high and _above_each_other(each, one) and _above_each_other(each, other)
        for each in blocks
        if each is not one and each is not other
    )


def _left(block: Sequence[Line]) -> float:
    return min(line.x for line in block)


def _above_each_other(one: Sequence[Line], other: Sequence[Line]) -> bool:
    return _left(one) < max(line.right for line in other) and _left(other) < max(line.right for line in one)


def _run_on(lines: Sequence[str], whole: str) -> str:
    """Return the lines of a paragraph as one; a word cut at a line's end is made whole."""
    text = ""
    for line in lines:
        cut = _BROKEN.search(text)
        if not cut or not line[:1].islower():
            text = f"{text} {line}" if text else line
            continue
        rest = re.match(r"\w+", line)
        written = f"{cut[1]}-{rest[0] if rest else ''}"
        is_hyphen = cut[2] == "-" and re.search(rf"(?<!\w){re.escape(written)}(?!\w)", whole, re.IGNORECASE)
        text = (text if is_hyphen else text[: cut.end(1)]) + line
    return text.replace("\u00ad", "").replace("\u2010", "-")


def _lines(page: Any) -> list[Line]:
    found: list[Line] = []

    def see(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float | None) -> None:
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        high = max(1.0, abs((size or 1) * (tm[3] or tm[1]) * (cm[3] or cm[1])))
        for number, part in enumerate(text.strip("\n").split("\n")):
            words = " ".join(part.split())
            if not words:
                continue
            last = found[-1] if found else None
            if last and not number and abs(last.y - y) < 0.3 * high and x >= last.x and x - last.right < 3 * high:
                found[-1] = Line(last.x, last.y, last.size, f"{last.text} {words}")
            else:
                found.append(Line(x, y - number * high, high, words))

    page.extract_text(visitor_text=see)
    return found


def _read(content: bytes) -> dict[str, Any]:
    from pypdf import PasswordType, PdfReader  # noqa: PLC0415  # after the limits are set
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            return {"refused": "locked"}
        if len(reader.pages) > MOST_PAGES:
            return {"refused": "pages", "pages": len(reader.pages)}
        text = joined([_lines(page) for page in reader.pages])
    except MemoryError:
        return {"refused": "slow"}
    except (PyPdfError, RecursionError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError):
        return {"refused": "damaged"}  # a broken file may break pypdf anywhere
    return {"text": text} if any(letter.isalpha() for letter in text) else {"refused": "scanned"}


if __name__ == "__main__":
    with contextlib.suppress(ImportError, ValueError, OSError):  # where a system has no such limits, the clock is left
        import resource

        seconds = int(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read())))
