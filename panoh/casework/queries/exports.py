"""Requests for exports as pages show them, and the rows of the file that one asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access import audit
from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.exporting.columns import COLUMNS, NAMING, Line, chosen, classes_of
from panoh.casework.exporting.limits import MOST_FETCHES
from panoh.casework.models import Assistance, Case, Export, Family, Membership, Need, Withhold
from panoh.casework.queries.reach import within
from panoh.casework.queries.timeline import amount
from panoh.casework.refusals_requests import FamilyNotYours
from panoh.vault.queries import Group, IdentityFacts, open_identities, open_parts

__all__ = [
    "ExportPage", "ExportShown", "export_for", "export_shown", "exports_page", "exports_to_purge", "families_named",
    "identities_on", "kept_from", "lines_of", "mark_of", "names_leave", "not_reached", "people_of", "rows_of",
]  # fmt: skip

NEWEST = 50
MOST_WAITING = 100
GROUPS = {"name": Group.NAMES, "birth_date": Group.BIRTH, "documents": Group.DOCUMENTS}


@dataclass(frozen=True)
class ExportPage:
    """The newest requests of the reader's own, and those that wait for their decision."""

    own: list[Export]
    waiting: list[Export]


@dataclass(frozen=True)
class ExportShown:
    """One request in words: what would leave, to whom, and why it is asked for while the reader may know."""

    export: Export
    is_mine: bool
    may_decide: bool
    will: list[str]
    because: str
    columns: list[str]
    left: int


def exports_page(actor: Actor) -> ExportPage:
    """Return what the page of exports lists; three queries."""
    every = Export.objects.select_related("asked_by", "recipient").order_by("-pk")
    own = list(every.filter(asked_by=actor.staff_id)[:NEWEST])
    waiting = every.filter(state=Export.State.ASKED, until__gte=today()).exclude(asked_by=actor.staff_id)
    listed = list(waiting[:MOST_WAITING]) if actor.may("export.approve") else []
    return ExportPage(own, [export for export in listed if _may_decide(actor, export)])


def export_for(actor: Actor, code: str) -> Export:
    """Return the request of this code, for who asked and who decides; else NotThere."""
    found = Export.objects.select_related("asked_by__agency", "recipient", "decided_by").filter(code=code).first()
    if found is None or not (found.asked_by_id == actor.staff_id or actor.may("export.approve")):
        raise NotThere
    return found


def export_shown(actor: Actor, export: Export) -> ExportShown:
    """Return a request as its page shows it."""
    is_mine = export.asked_by_id == actor.staff_id
    return ExportShown(
        export=export,
        is_mine=is_mine,
        may_decide=export.is_waiting and not is_mine and _may_decide(actor, export),
        will=_will(export),
        because=str(open_parts([export.because_id]).get(export.because_id, "")),
        columns=[str(column.label) for column in chosen(code for code in export.columns if code in COLUMNS)],
        left=MOST_FETCHES - export.fetched,
    )


def _may_decide(actor: Actor, export: Export) -> bool:
    return actor.may("export.approve-names" if names_leave(export) else "export.approve")


def _will(export: Export) -> list[str]:
    n = len(export.families)
    told = [
        ngettext("Of %(n)s family leaves: %(what)s.", "Of %(n)s families leaves: %(what)s.", n)
        % {"n": n, "what": "; ".join(str(FieldClass(kind).label) for kind in sorted(classes_of(export.columns)))},
        _("It goes to %(whom)s, for: %(purpose)s.")
        % {"whom": whom(export), "purpose": catalogue().label("purposes", export.purpose)},
    ]
    if export.recipient and export.recipient.age_key:
        told.append(_("It is encrypted to the key of %(whom)s: nobody else opens it.") % {"whom": export.recipient})
    else:
        told.append(_("It is locked with a passphrase, which is shown once to who asked and kept nowhere."))
    told.append(_("Only %(who)s fetches it, until %(until)s.")
                % {"who": export.asked_by, "until": date_format(export.until)})  # fmt: skip
    return told


def whom(export: Export) -> str:
    """Return for whom the file is made."""
    return str(export.recipient or export.asked_by)


def names_leave(export: Export) -> bool:
    """Tell whether names or documents would leave, which a coordinator decides on."""
    return not NAMING.isdisjoint(classes_of(export.columns))


def mark_of(export: Export) -> str:
    """Return the line that stands on the file: for whom, when, which request."""
    said = {"whom": whom(export), "on": date_format(today()), "code": export.code}
    return _("Made for %(whom)s on %(on)s, request %(code)s. Hand it on to nobody.") % said


# --- what a request is about -------------------------------------------------------------------------------------


def families_named(actor: Actor, codes: Iterable[str]) -> list[Family]:
    """Return the families of these codes, each within reach.

    Raises:
        FamilyNotYours: naming the first that is absent or out of reach; the audit knows of the second.
    """
    wanted = list(codes)
    for code in not_reached(actor, wanted):
        audit.write(actor, "export.ask", about=code[:24], denied=True)
        raise FamilyNotYours(family=code)
    return list(Family.objects.filter(within(actor), code__in=wanted))


def not_reached(actor: Actor, codes: Sequence[str]) -> list[str]:
    """Return the codes that name no family within the actor's reach."""
    seen = set(Family.objects.filter(within(actor), code__in=codes).values_list("code", flat=True))
    return [code for code in codes if code not in seen]


def kept_from(export: Export) -> list[str]:
    """Return the codes of families who asked that the recipient, or somebody working there, does not see this."""
    kinds = sorted(classes_of(export.columns) | {FieldClass.FILE})
    whom = Q(agency=export.recipient) | Q(staff__agency=export.recipient) if export.recipient else Q(pk=None)
    kept = Withhold.objects.filter(whom, family__code__in=export.families, ended_at=None, classes__overlap=kinds)
    return sorted(set(kept.values_list("family__code", flat=True)))


def people_of(families: Collection[str]) -> QuerySet[Membership]:
    """Return who lives in these families now and was not forgotten, family by family."""
    living = Membership.objects.filter(family__code__in=families, until=None, person__forgetting=None)
    return living.order_by("family__code", "pk")


def identities_on(export: Export) -> list[UUID]:
    """Return whose rows are on the file."""
    return list(people_of(export.families).values_list("person__identity_id", flat=True))


def exports_to_purge() -> list[Export]:
    """Return the requests whose last day has passed and of which something is still kept."""
    return list(Export.objects.filter(until__lt=today(), gone_on=None))


# --- the rows ----------------------------------------------------------------------------------------------------


def rows_of(actor: Actor, export: Export) -> list[list[str]]:
    """Return a row for each person, the chosen columns in order: what the actor sees, and nothing more."""
    columns = chosen(export.columns)
    people = list(people_of(export.families).select_related("person", "family__district", "family__agency"))
    groups = [group for code, group in GROUPS.items() if code in export.columns]
    known: dict[UUID, IdentityFacts] = {}
    if groups:
        identities = [one.person.identity_id for one in people]
        known = open_identities(actor, identities, purpose=export.purpose, about=export.code, groups=groups)
    return [[column.read(line) for column in columns] for line in lines_of(people, known)]


def lines_of(people: Sequence[Membership], known: Mapping[UUID, IdentityFacts]) -> list[Line]:
    """Return what the columns are read from, for each person, as far as the fence shows it."""
    ids = [one.person_id for one in people]
    cases = {case.person_id: case for case in Case.objects.filter(person__in=ids).order_by("pk")}
    needs, given = _needs(ids), _given(ids)
    return [
        Line(
            one, cases.get(one.person_id), known.get(one.person.identity_id, IdentityFacts()), needs[one.person_id],
            given[one.person_id],
        )
        for one in people
    ]  # fmt: skip


Told = dict[int, dict[FieldClass, str]]


def _needs(people: Sequence[int]) -> Told:
    words = catalogue()
    found: Told = defaultdict(dict)
    needs = Need.objects.filter(case__person__in=people, state=Need.State.OPEN).order_by("urgency", "pk")
    for need in needs.select_related("case"):
        said = f"{words.label('domains', need.domain)} ({need.get_urgency_display()})"
        _add(found[need.case.person_id], need.field_class, said)
    return found


def _given(people: Sequence[int]) -> Told:
    words = catalogue()
    found: Told = defaultdict(dict)
    given = Assistance.objects.filter(case__person__in=people, wrong_on=None)
    by = ("case__person", "field_class", "service", "unit", "currency")
    for person, kind, service, unit, currency, total in (
        given.order_by(*by).values_list(*by).annotate(total=Sum("quantity"))
    ):
        _add(found[person], kind, f"{words.label('services', service)}: {amount(total, unit, currency)}")
    return found


def _add(told: dict[FieldClass, str], kind: int, said: str) -> None:
    of = FieldClass(kind)
    told[of] = f"{told[of]}; {said}" if of in told else said
