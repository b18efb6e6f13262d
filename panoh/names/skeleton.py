"""What stays of a name in every script and spelling: the classes of its consonants, in order.

Voiced and voiceless, hard and soft, hissing and hushing are one class each; vowels, h and y are dropped, for Arabic
does not write the ones and Russian spells the others three ways (Hasan, Гасан, Асан; Muhammad, Магомед).
"""

from __future__ import annotations

import re
from functools import lru_cache

_CLASSES = str.maketrans(
    {
        **dict.fromkeys("aeiouhy", " "),
        **dict.fromkeys("bp", "B"), **dict.fromkeys("vfw", "F"), **dict.fromkeys("dt", "T"),
        **dict.fromkeys("szcCSJ", "S"), **dict.fromkeys("kg", "K"),
        "l": "L", "m": "M", "n": "N", "r": "R",
    }
)  # fmt: skip
_EXACT = str.maketrans({**dict.fromkeys("aeiouy", ""), "w": "v", "z": "s", "c": "s"})
_TOGETHER = re.compile(r"T+(?=S)|(.)(?=\1)")
_SERVANT_ARTICLE = re.compile(r"^ABTL(?=..)")
_FAITH_ARTICLE = re.compile(r"(?<=..)LTN$")


@lru_cache(maxsize=32768)
def skeleton(sound: str) -> str:
    """The consonant classes of a sound, with A for a beginning that has no consonant; empty for an empty sound."""
    if not sound:
        return ""
    bare = _TOGETHER.sub("", sound.translate(_CLASSES)).replace(" ", "")
    if sound[0] in "aeiouhy":
        bare = "A" + bare
    return _without_article(bare)


def _without_article(bare: str) -> str:
    """Abdulkarim is Abdkarim, Nuraldin is Nurdin: the article inside a composite is not always written."""
    if bare.startswith("ABTL"):
        bare = _SERVANT_ARTICLE.sub("ABT", bare)
    if bare.endswith("LTN"):
        bare = _FAITH_ARTICLE.sub("TN", bare)
    return bare


def exact(sound: str) -> str:
    """The consonants of a sound with their voice and h, in small letters and C, S, J: rarer than the skeleton."""
    bare = sound.rstrip("h").translate(_EXACT)
    return f"a{bare}" if sound[:1] in "aeiouy" else bare
