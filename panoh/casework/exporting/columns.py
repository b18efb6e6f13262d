"""The closed list of columns that an export can have: each is of a class, and nothing else can leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from panoh.access.fields import FieldClass
from panoh.access.refusals import Unknown
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case, Membership, Person
from panoh.vault.queries import IdentityFacts

__all__ = ["COLUMNS", "NAMING", "Column", "Line", "chosen", "classes_of"]

Of = Mapping[FieldClass, str]


@dataclass(frozen=True)
class Line:
    """One person of a family, and what the columns are read from; needs and help in words, by class."""

    membership: Membership
    case: Case | None = None
    facts: IdentityFacts = field(default_factory=IdentityFacts)
    needs: Of = field(default_factory=dict)
    help: Of = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A column: its code, heading and class, and how its cell is read."""

    code: str
    label: str | Promise
    kind: FieldClass
    read: Callable[[Line], str]


def _birth_year(person: Person) -> str:
    about = person.birth_precision == Person.YearPrecision.ABOUT
    return _("about %(year)s") % {"year": person.birth_year} if about else str(person.birth_year or "")


def _kinship(line: Line) -> str:
    return catalogue().label("kinships", line.membership.kinship) if line.membership.kinship else ""


def _stage(line: Line) -> str:
    return catalogue().stage_numbered(line.case.stage).label if line.case else ""


def _birth(line: Line) -> str:
    birth = line.facts.birth
    known = [f"{part:02}" for part in (birth.year, birth.month, birth.day) if part]
    return "-".join(known)


_NEEDS, _GIVEN = gettext_lazy("Open needs"), gettext_lazy("Help given, in all")


def _of_class(kind: FieldClass) -> tuple[Column, Column]:
    name = kind.name.lower()
    needs, given = (format_lazy("{}: {}", said, kind.label) for said in (_NEEDS, _GIVEN))
    return (
        Column(f"needs_{name}", needs, kind, lambda line: line.needs.get(kind, "")),
        Column(f"help_{name}", given, kind, lambda line: line.help.get(kind, "")),
    )


NEEDED = (
    FieldClass.CARE, FieldClass.HEALTH, FieldClass.PSYCHOSOCIAL, FieldClass.LEGAL, FieldClass.EDUCATION,
    FieldClass.MATERIAL,
)  # fmt: skip
FILE, IDENTITY = FieldClass.FILE, FieldClass.IDENTITY
# No address and no contact: where somebody can be found is asked for one family at a time.
_ALL = (
    Column("family", gettext_lazy("Family"), FILE, lambda line: line.membership.family.code),
    Column("person", gettext_lazy("Person"), FILE, lambda line: line.membership.person.code),
    Column("stage", gettext_lazy("Stage"), FILE, _stage),
    Column("district", gettext_lazy("District"), FILE, lambda line: str(line.membership.family.district or "")),
    Column("agency", gettext_lazy("Lead agency"), FILE, lambda line: str(line.membership.family.agency)),
    Column("kinship", gettext_lazy("In the family as"), FILE, _kinship),
    Column("sex", gettext_lazy("Sex"), FILE, lambda line: str(line.membership.person.get_sex_display())),
    Column("birth_year", gettext_lazy("Birth year"), FILE, lambda line: _birth_year(line.membership.person)),
    Column("name", pgettext_lazy("of a person", "Name"), IDENTITY, lambda line: line.facts.known_as),
    Column("birth_date", gettext_lazy("Birth date"), IDENTITY, _birth),
    Column(
        "documents", gettext_lazy("Documents"), IDENTITY,
        lambda line: "; ".join(f"{one.kind_label} {one.number}" for one in line.facts.documents),
    ),
    *(column for kind in NEEDED for column in _of_class(kind)),
)  # fmt: skip
COLUMNS = {column.code: column for column in _ALL}
# Columns of these classes need a coordinator, whoever else may decide on an export.
NAMING = frozenset({IDENTITY})


def chosen(codes: Iterable[str]) -> list[Column]:
    """Return the columns of these codes, in the order of the list.

    Raises:
        Unknown: one is not on the list.
    """
    wanted = set(codes)
    for code in wanted - COLUMNS.keys():
        raise Unknown(word=code, what=_("columns"))
    return [column for code, column in COLUMNS.items() if code in wanted]


def classes_of(codes: Iterable[str]) -> set[FieldClass]:
    """Return the classes that columns tell something of; that there is a file is told by any."""
    return {FILE} | {COLUMNS[code].kind for code in codes if code in COLUMNS}
