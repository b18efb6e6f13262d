"""What the pages of lists and of reception show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case as Ranked
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import ArrivalList, ArrivalRow, Membership
from panoh.casework.reading import FIELDS, ReadList, Remark, RowFacts
from panoh.casework.reading.shapes import WAITS_FOR_COLUMNS, letter_of
from panoh.vault.queries import open_parts

__all__ = [
    "TABS", "ColumnLine", "HowRead", "ListCounts", "RowLine", "counts_of", "how_read", "lists_page", "report_of",
    "row_for", "row_line", "rows_page",
]  # fmt: skip

PAGE_ROWS = 50
PURPOSE = "service_delivery"
State, Decision = ArrivalRow.State, ArrivalRow.Decision
ASIDE = (Decision.SAME, Decision.LEFT_OUT)
TAKEN = (Decision.AS_READ, Decision.ONLY_YEAR, Decision.ANOTHER, Decision.MENDED)
SEXES = {"female": gettext_lazy("female"), "male": gettext_lazy("male")}
HOW = {
    "synonym": gettext_lazy("by its heading"),
    "by hand": gettext_lazy("said by hand"),
    "guessed from the values": gettext_lazy("guessed from what stands in it"),
}
# The parts into which a list's rows fall, each row into one of them; "all" is their sum.
TABS = {
    "all": gettext_lazy("All rows"),
    "asks": gettext_lazy("Ask a question"),
    "broken": gettext_lazy("Cannot be read"),
    "ready": gettext_lazy("Ready"),
    "aside": gettext_lazy("Left out"),
    "registered": gettext_lazy("Registered"),
}


def part(tab: str, prefix: str = "") -> Q:
    """Return the condition by which a row belongs to a tab; prefix "rows__" when asked from the list."""

    def told(**conditions: Any) -> Q:
        return Q(**{prefix + name: value for name, value in conditions.items()})

    waits = told(person__isnull=True, tracing_request__isnull=True, pk__isnull=False)
    aside = told(decision__in=ASIDE)
    if tab == "all":
        return told(pk__isnull=False)
    if tab == "registered":
        return told(person__isnull=False) | told(tracing_request__isnull=False)
    if tab == "aside":
        return waits & aside
    if tab == "asks":
        return waits & told(state=State.NEEDS_DECISION, decision=Decision.NONE)
    if tab == "broken":
        return waits & ~aside & told(state=State.UNREADABLE)
    decided = told(state=State.NEEDS_DECISION, decision__in=TAKEN)
    return waits & (decided | told(state=State.READY) & ~aside)


def lists_page(number: object) -> Page[ArrivalList]:
    """Return one page of the lists, the newest first, each with ready, asks, broken and registered counted."""
    tabs = ("ready", "asks", "broken", "registered")
    counted: Any = {tab: Count("rows", filter=part(tab, "rows__")) for tab in tabs}
    found = ArrivalList.objects.select_related("read_by").annotate(**counted).order_by("-read_at", "-pk")
    return Paginator(found, PAGE_ROWS).get_page(number)  # type: ignore[arg-type]  # any text is taken, wrong ones as 1


def lists_to_purge(at: datetime) -> QuerySet[ArrivalList]:
    """Return the lists of arrivals confirmed before a moment, not purged, of which no row waits."""
    asks = part("ready") | part("asks") | part("broken")
    waits = ArrivalRow.objects.filter(asks, arrival_list=OuterRef("pk"))
    found = ArrivalList.objects.filter(state=ArrivalList.State.CONFIRMED, confirmed_at__lte=at, purged_at=None)
    return found.exclude(kind=ArrivalList.Kind.RELATIVES).filter(~Exists(waits))


# --- one list ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ListCounts:
    """How many rows stand where; will_register and held as confirming would find them now."""

    tabs: Mapping[str, int]
    will_register: int
    held: int


def counts_of(arrivals: ArrivalList) -> ListCounts:
    """Return the counts of a list. One query."""
    waiting = part("ready") | part("asks")
    asked: Any = {f"in_{tab}": Count("pk", filter=part(tab)) for tab in TABS}
    found = arrivals.rows.aggregate(
        **asked,
        will_register=Count("pk", filter=waiting & Q(is_held=False)),
        held=Count("pk", filter=waiting & Q(is_held=True)),
    )
    return ListCounts({tab: found[f"in_{tab}"] for tab in TABS}, found["will_register"], found["held"])


@dataclass(frozen=True)
class ColumnLine:
    """One column of the file and what it was taken for."""

    index: int
    letter: str
    heading: str
    field: str
    label: str
    how: str


@dataclass(frozen=True)
class HowRead:
    """How a file was understood.

    kind_said: what somebody said the list is, else empty. waits_because: why nobody knows its columns, in a sentence.
    """

    kind_said: str
    kind_reason: str
    file_name: str
    sheet: str
    form: str
    titles: Sequence[str]
    columns: Sequence[ColumnLine]
    skipped: int
    declared_total: int | None
    sentences: Sequence[str]
    waits_because: str


def how_read(arrivals: ArrivalList) -> HowRead:
    """Return how a list was understood, from its sealed header."""
    opened = open_parts([arrivals.header_id])
    kept: dict[str, Any] = opened.get(arrivals.header_id, {}) if arrivals.header_id else {}
    remarks = kept.get("remarks", ())
    waits = [remark for remark in remarks if remark["code"] in WAITS_FOR_COLUMNS]
    return HowRead(
        kind_said=kept.get("kind_said", ""),
        kind_reason=kept.get("kind_reason", ""),
        file_name=kept.get("file_name", ""),
        sheet=kept.get("sheet", ""),
        form=kept.get("form", ""),
        titles=[title for title in kept.get("titles", ()) if title],
        columns=[_column(column) for column in kept.get("columns", ())],
        skipped=len(kept.get("skipped", ())),
        declared_total=kept.get("declared_total"),
        sentences=_sentences(remark for remark in remarks if remark not in waits),
        waits_because=" ".join(_sentences(waits)),
    )


def _column(kept: Mapping[str, Any]) -> ColumnLine:
    field = kept["field"] or ""
    return ColumnLine(
        index=kept["index"],
        letter=letter_of(kept["index"]),
        heading=kept["heading"],
        field=field,
        label=str(FIELDS.get(field, _("not used"))),
        how=str(HOW.get(kept["how"], "")),
    )


@dataclass(frozen=True)
class RowLine:
    """One row, ready to show: what was understood, what is asked, and the cells as they stood."""

    row: ArrivalRow
    facts: Mapping[str, Any]
    sex: str
    birth: date | int | None
    precision: str
    kinship: str
    tone: str
    state: str
    sentences: Sequence[str]
    cells: Sequence[tuple[str, str]]
    others: Sequence[int]
    family_code: str = ""

    @property
    def is_registered(self) -> bool:
        """Tell whether the row stands for somebody already, and cannot change."""
        return self.row.person_id is not None or hasattr(self.row, "tracing_request")


def rows_page(actor: Actor, arrivals: ArrivalList, read: HowRead, *, tab: str, number: object) -> Page[Any]:
    """Return one page of a list's rows, those that ask first. The same few queries, however many rows."""
    asks, broken = When(part("asks"), then=Value(0)), When(part("broken"), then=Value(1))
    rank = Ranked(asks, broken, default=Value(2), output_field=IntegerField())
    found = _rows_of(arrivals).filter(part(tab)).order_by(rank, "sheet_row")
    page: Page[Any] = Paginator(found, PAGE_ROWS).get_page(number)  # type: ignore[arg-type]  # any text is taken
    page.object_list = _lines(actor, arrivals, read, list(page.object_list))
    return page


def report_of(read: ReadList) -> dict[str, Any]:
    """Return what a dry run says, for a script: how many rows are what, and each problem in a sentence."""
    problems = [
        {"row": row.number, "column": remark.column, "message": remark.message}
        for row in read.rows
        for remark in row.remarks
        if remark.decides or remark.is_blocking
    ]
    return {
        "rows": len(read.rows),
        **{status: read.count(status) for status in ("ready", "needs_decision", "unreadable")},
        "problems": problems,
        "kind": read.kind,
        "kind_reason": read.kind_reason,
        "list": [remark.message for remark in read.remarks],
    }


def row_for(arrivals: ArrivalList, number: int) -> ArrivalRow:
    """Return the row of this number.

    Raises:
        NotThere: the list has none.
    """
    found = _rows_of(arrivals).filter(number=number).order_by("sheet_row").first()
    if found is None:
        raise NotThere
    return found


def row_line(actor: Actor, arrivals: ArrivalList, row: ArrivalRow) -> RowLine:
    """Return one row, ready to show."""
    return _lines(actor, arrivals, how_read(arrivals), [row])[0]


def _rows_of(arrivals: ArrivalList) -> QuerySet[ArrivalRow]:
    return arrivals.rows.select_related("person", "tracing_request", "same_as")


def _lines(actor: Actor, arrivals: ArrivalList, read: HowRead, rows: Sequence[ArrivalRow]) -> list[RowLine]:
    opened = open_parts(row.facts_id for row in rows)
    audit.write(actor, "list.see", about=arrivals.code, purpose=PURPOSE)
    living = Membership.objects.filter(person__in=[row.person_id for row in rows if row.person_id], until=None)
    families = dict(living.values_list("person_id", "family__code"))
    headings = {str(column.index): column.heading or column.letter for column in read.columns}
    return [
        _line(row, opened.get(row.facts_id, FORGOTTEN), headings, families.get(row.person_id or 0, "")) for row in rows
    ]


# What is left of a row whose person is forgotten.
FORGOTTEN: Mapping[str, Any] = {"cells": {}, "facts": asdict(RowFacts()), "remarks": []}


def _line(row: ArrivalRow, kept: Mapping[str, Any], headings: Mapping[str, str], family_code: str) -> RowLine:
    facts, remarks = kept["facts"], kept["remarks"]
    tone, state = _standing(row)
    cells = sorted((int(index), text) for index, text in kept["cells"].items() if text)
    return RowLine(
        row=row,
        facts=facts,
        sex=str(SEXES.get(facts["sex"], "")),
        birth=_birth(facts["birth"]),
        precision=facts["birth"]["precision"],
        kinship=catalogue().label("kinships", facts["kinship"]) if facts["kinship"] else "",
        tone=tone,
        state=state,
        sentences=_sentences(sorted(remarks, key=lambda remark: not remark["decides"])),
        cells=[(headings.get(str(index), letter_of(index)), text) for index, text in cells],
        others=_others(remarks),
        family_code=family_code,
    )


def _others(remarks: Iterable[Mapping[str, Any]]) -> list[int]:
    named = (remark["details"].get("other") for remark in remarks if remark["code"] != "mother_too_young")
    return sorted({int(other) for other in named if other})


def _sentences(remarks: Iterable[Mapping[str, Any]]) -> list[str]:
    return [Remark(**remark).message for remark in remarks]


def _birth(birth: Mapping[str, Any]) -> date | int | None:
    year: int | None = birth["year"]
    if year is None or birth["precision"] in {"year", "about", "unknown"}:
        return year
    try:
        return date(year, birth["month"] or 1, birth["day"] or 1)
    except ValueError:
        return year


def _standing(row: ArrivalRow) -> tuple[str, str]:
    if row.person_id is not None:
        return "good", _("registered")
    if hasattr(row, "tracing_request"):
        return "good", _("tracing request opened")
    if row.decision == Decision.SAME and row.same_as:
        return "plain", _("same person as row %(row)s") % {"row": row.same_as.number}
    if row.decision == Decision.LEFT_OUT:
        return "plain", _("left out: %(why)s") % {"why": catalogue().label("left_out_reasons", row.reason)}
    if row.state == State.UNREADABLE:
        return "late", _("cannot be read")
    if row.decision != Decision.NONE:
        return "good", str(Decision(row.decision).label)
    if row.state == State.NEEDS_DECISION:
        return "ask", _("waits for a decision") if row.is_held else _("asks a question")
    return "good", _("ready")
