"""The encoding of a text, found by what each makes of its words."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from panoh.casework.reading.refusals import TextDamaged
from panoh.casework.reading.words import is_nothing, meanings

SAMPLE_BYTES = 60_000
# In the order in which equally good ones win: Western before Cyrillic, so that curly apostrophes decide nothing.
SINGLE_BYTE = (
    "cp1252", "cp1251", "cp1256", "cp1254", "koi8-r", "cp866", "kz1048", "ptcp154", "koi8_t", "iso8859-5", "iso8859-6",
    "mac-cyrillic",
)  # fmt: skip
SHOWN = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GOOD_SIGNS = frozenset("‘’ʻʼ´`–—№«»“”„…°·،؛؟\u00a0")
_WORD_ENDS = re.compile(r"[,;\t|\r\n]+")


def decode(content: bytes) -> tuple[str, str, int]:
    """Return the text, the name of its encoding, and how many letters could not be made out.

    Raises:
        TextDamaged: no encoding makes sense of it.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, errors="replace")
            return text, SHOWN.get(encoding, encoding), text.count("\ufffd")
    if b"\0" in content[:SAMPLE_BYTES]:
        return _wide(content)
    try:
        return content.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        pass
    # A text of many good UTF-8 letters and a few broken ones was cut or mixed on its way.
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if sum(ord(letter) > 127 for letter in text) > 20 * broken:
        return text, "utf-8", broken
    encoding = max(SINGLE_BYTE, key=lambda name: _plausibility(content[:SAMPLE_BYTES], name))
    text = content.decode(encoding, errors="replace")
    return text, encoding, text.count("\ufffd")


def _wide(content: bytes) -> tuple[str, str, int]:
    even = content[: len(content) // 2 * 2]
    best = max(("utf-16-le", "utf-16-be"), key=lambda name: _plausibility(even[:SAMPLE_BYTES], name))
    text = even.decode(best, errors="replace")
    controls = sum(
        unicodedata.category(letter) in {"Cc", "Co", "Cn"} and letter not in "\t\r\n" for letter in text[:5000]
    )
    if controls > len(text[:5000]) // 50:
        raise TextDamaged
    return text, "utf-16", text.count("\ufffd")


def _plausibility(sample: bytes, encoding: str) -> float:
    """Return how much a decoding looks like a list: known words, one script in a word, no odd signs."""
    text = sample.decode(encoding, errors="replace")
    known = sum(_is_known(cell) for cell in set(_WORD_ENDS.split(text[:8000])))
    letters = odd = 0
    for word in set(text.split()):
        foreign = [letter for letter in word if ord(letter) > 127]
        if not foreign:
            continue
        letters += len(foreign)
        odd += sum(not letter.isalpha() and letter not in _GOOD_SIGNS for letter in foreign)
        scripts = {_script(letter) for letter in word if letter.isalpha()}
        odd += 2 * (len(scripts) - 1) if scripts else 0
        odd += sum(before.islower() and after.isupper() for before, after in pairwise(word) if ord(after) > 127)
    return 3 * known - 10 * odd / (letters + 1) - 0.01 * _rare(text)


def _is_known(cell: str) -> bool:
    words = cell.strip().strip('"').strip()
    if not words or words.isascii() or is_nothing(words):
        return False
    return any(meanings(group).whole(words) for group in ("columns", "sex", "kinship", "document"))


def _rare(text: str) -> int:
    """Return how many different foreign letters stand there that no language of the region writes."""
    return sum(1 for letter in set(text) if letter in "ÀÁÂÃÅÆÈÉÊËÌÍÎÏÐÑÒÓÔÕØÙÚÛÞßàáâãåæèéêëìíîïðñòóôõøùúûþÿ")


@lru_cache(maxsize=4000)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ")[0]
