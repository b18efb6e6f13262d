"""What the cells of one row say of one person: sex, kinship, document, whether there is a name at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from panoh.casework.reading.words import fold, is_nothing, meanings, words_for

Sex = Literal["female", "male", ""]

SEX_OF_KINSHIP: dict[str, Sex] = {
    "mother": "female", "daughter": "female", "grandmother": "female", "aunt": "female", "sister": "female",
    "wife": "female", "father": "male", "son": "male", "grandfather": "male", "uncle": "male", "brother": "male",
    "husband": "male",
}  # fmt: skip
CHILDREN = frozenset({"child", "daughter", "son"})

_FEMALE_NAME = re.compile(r"(?:вна|чна|vna|chna)$|^(?:qizi|кизи|кызы|gyzy|kyzy|qyzy|духтари|binti|bint|بنت)$")
_MALE_NAME = re.compile(r"(?:ович|евич|ovich|evich)$|^(?:ogli|угли|улы|уулу|ogly|uulu|uly|писари|ibn|bin|بن)$")
_NUMBER_SIGNS = frozenset(
    {"no", "n", "№", "номер", "серия", "сер", "raqami", "ракам", "раками", "номери", "رقم", "number"}
)


def sex_of(text: str, languages: Sequence[str] = ()) -> tuple[Sex, bool]:
    """Return (sex, whether the word was understood)."""
    if is_nothing(text):
        return "", True
    known = meanings("sex")
    found = known.whole(text, languages) or next(
        (sex for sex, word in known.within(text, languages) if len(word) > 1), ""
    )
    if not found:
        kinship, _ = kinship_of(text, languages)
        found = SEX_OF_KINSHIP.get(kinship, "")
    return ("female", True) if found == "female" else ("male", True) if found == "male" else ("", False)


def _kinship_of(text: str, languages: Sequence[str]) -> tuple[str, bool]:
    known = meanings("kinship")
    if code := known.whole(text, languages):
        return code, True
    found = [code for code, _ in known.within(text, languages)]
    if found and found[0] == "child":
        return next((code for code in found if code in {"daughter", "son"}), "child"), True
    if found:
        return found[0], True
    return ("child", True) if stand_in_sex(text) or fold(text) in words_for("somebody") else ("other", False)


def kinship_of(text: str, languages: Sequence[str] = ()) -> tuple[str, bool]:
    """Return (code of the kinship, whether the word was understood); an unknown word is "other"."""
    return ("", True) if is_nothing(text) else _kinship_of(text, languages)


def stand_in_sex(text: str) -> Sex:
    """Return the sex that words like "unknown girl" tell, in the place of a name."""
    folded = f" {fold(text)} "
    girl = any(f" {word} " in folded for word in words_for("girl"))
    boy = any(f" {word} " in folded for word in words_for("boy"))
    return "" if girl == boy else "female" if girl else "male"


def says_adult(text: str) -> bool:
    """Tell whether words such as "unknown woman" speak of somebody grown up."""
    return any(f" {word} " in f" {fold(text)} " for word in words_for("adult"))


def is_nameless(text: str) -> bool:
    """Tell whether a cell for a name holds none: empty, or only words such as "unknown", "girl", "baby 2"."""
    if is_nothing(text):
        return True
    rest = f" {fold(text)} "
    sorts = ("nameless", "girl", "boy", "somebody")
    for phrase in _nameless_phrases():
        rest = rest.replace(f" {phrase} ", "  ")
    left = [word for word in rest.split() if not word.isdigit() and word not in {"№", "no", "?"}]
    return not left and any(f" {word} " in f" {fold(text)} " for sort in sorts for word in words_for(sort))


@lru_cache(maxsize=1)
def _nameless_phrases() -> tuple[str, ...]:
    phrases = {word for sort in ("nameless", "girl", "boy", "somebody") for word in words_for(sort)}
    return tuple(sorted(phrases, key=len, reverse=True))


def sex_of_name(name: str) -> Sex:
    """Return the sex that a patronymic shows ("…ovna", "qizi", "o'g'li"), or an empty text."""
    words = fold(name).split()[1:]
    female = any(_FEMALE_NAME.search(word) for word in words)
    male = any(_MALE_NAME.search(word) for word in words)
    return "" if female == male else "female" if female else "male"


def document_of(text: str) -> tuple[str, str]:
    """Return (kind, number) of a document: "справка 3426" is ("certificate", "3426"); "нет" is ("", "")."""
    if is_nothing(text):
        return "", ""
    found = meanings("document").within(text)
    tokens = text.split()
    if found:
        tokens = _without(tokens, max(found, key=lambda pair: len(pair[1]))[1])
        kind = max(found, key=lambda pair: len(pair[1]))[0]
    else:
        kind = "other"
    words = [token.strip("№#,;:()") for token in tokens if fold(token) not in _NUMBER_SIGNS]
    rest = " ".join(word for word in words if word)
    return kind, rest if any(letter.isdigit() for letter in rest) else ""


def _without(tokens: list[str], phrase: str) -> list[str]:
    for start in range(len(tokens)):
        for end in range(start + 1, len(tokens) + 1):
            if fold(" ".join(tokens[start:end])) == phrase:
                return tokens[:start] + tokens[end:]
    return tokens
