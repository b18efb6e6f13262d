"""The demonstration's lists as their senders would write them: headings, words and dates in their own script."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from panoh.web.demo.names import ComposedFamily

HEADINGS = {
    "Cyrl": ["№", "ФИО", "Пол", "Дата рождения", "Кем приходится", "Семья №", "Документ", "Телефон", "Гражданство"],
    "Arab": ["رقم", "الاسم", "الجنس", "تاريخ الميلاد", "صلة القرابة", "رقم الأسرة", "رقم الوثيقة", "الهاتف", "الجنسية"],
}
SEX_WORDS = {"Cyrl": {"f": "жен", "m": "муж"}, "Arab": {"f": "أنثى", "m": "ذكر"}}
KIN_WORDS = {
    "Cyrl": {
        "mother": "мать",
        "father": "отец",
        "child": "ребёнок",
        "daughter": "дочь",
        "son": "сын",
        "aunt": "тётя",
        "grandmother": "бабушка",
    },
    "Arab": {
        "mother": "أم",
        "father": "أب",
        "child": "طفل",
        "daughter": "ابنة",
        "son": "ابن",
        "aunt": "خالة",
        "grandmother": "جدة",
    },
}


def list_of(group: Sequence[ComposedFamily], script: str, number: int) -> bytes:
    """Return the families as a list in a script; number tells its family numbers from those of other lists."""
    lines = [HEADINGS[script]]
    row = 0
    for index, family in enumerate(group, 1):
        for person in family.members:
            row += 1
            facts = person.facts
            lines.append(
                [
                    str(row),
                    person.name(script),
                    SEX_WORDS[script].get(person.sex, ""),
                    facts.birth.written or _written(facts.birth),
                    KIN_WORDS[script].get(person.kinship, ""),
                    str(number * 1000 + index),
                    facts.documents[0].number if facts.documents else "",
                    facts.contacts[0].value if facts.contacts else "",
                    person.nationality,
                ]
            )
    return delimited(lines)


def _written(birth: object) -> str:
    year, month, day = (getattr(birth, name) for name in ("year", "month", "day"))
    if year and month and day:
        return f"{day:02}.{month:02}.{year}"
    return str(year or "")


def delimited(lines: Sequence[Sequence[str]]) -> bytes:
    """Return lines of cells as CSV in UTF-8."""
    written = io.StringIO()
    csv.writer(written).writerows(lines)
    return written.getvalue().encode()
