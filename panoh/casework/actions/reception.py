"""Reception of a whole group: place and day, then rooms, medical check and papers, as batches with exceptions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from panoh.access.codes import new_code
from panoh.access.entrances import Actor, action
from panoh.access.meanwhile import Seen, require_unchanged
from panoh.access.models import Agency
from panoh.access.refusals import Unknown
from panoh.casework.catalogue import catalogue
from panoh.casework.days import happened
from panoh.casework.models import ArrivalList, Case, Reception, ReceptionEntry, StageChange
from panoh.casework.queries.reception import waiting_for_reception
from panoh.casework.refusals import AlreadyReceived, ListNotDraft, NotAnArrival
from panoh.casework.rhythms import kind_for, next_due

__all__ = ["check_medically", "give_rooms", "note_missing_documents", "receive_late", "receive_list"]

SCHOOL_AGES = range(6, 18)


@action("reception.run")
def receive_list(
    actor: Actor, arrivals: ArrivalList, *, place: Agency, on: date, absent: Collection[str] = ()
) -> Reception:
    """Receive everybody on a confirmed passenger list at a place, except those who did not arrive.

    absent: codes of persons. Cases of those present move on to the stage after the list's. Asked again, those
    are received who were registered from the list since.

    Raises:
        NotAnArrival, ListNotDraft (not confirmed yet), InTheFuture, DayUnfit.
        AlreadyReceived: everybody on it was.
        Unknown: an absent person who is not on the list.
    """
    arrivals = ArrivalList.objects.select_for_update().get(pk=arrivals.pk)
    if arrivals.kind != ArrivalList.Kind.PASSENGER:
        raise NotAnArrival(list=arrivals.code)
    if arrivals.state != ArrivalList.State.CONFIRMED:
        raise ListNotDraft(list=arrivals.code, state=arrivals.get_state_display())
    happened(on, localdate(arrivals.read_at))
    reception = Reception.objects.filter(arrival_list=arrivals).first()
    living = list(waiting_for_reception(arrivals))
    if reception and not living:
        raise AlreadyReceived(list=arrivals.code, on=reception.received_on)
    if reception is None:
        reception = Reception.objects.create(code=new_code("W"), arrival_list=arrivals, place=place, received_on=on)
    _require_known(absent, {member.person.code for member in living})
    entries = [
        ReceptionEntry(
            reception=reception,
            person=member.person,
            family_id=member.family_id,
            is_present=member.person.code not in absent,
            is_school_age=bool(member.person.birth_year) and on.year - (member.person.birth_year or 0) in SCHOOL_AGES,
        )
        for member in living
    ]
    ReceptionEntry.objects.bulk_create(entries, batch_size=1000)
    _move_on(actor, [entry.person_id for entry in entries if entry.is_present], on)
    return reception


@action("reception.run")
def receive_late(actor: Actor, reception: Reception, *, people: Collection[str], on: date) -> int:
    """Receive people (codes) who did not arrive with the group and came later; return how many.

    Raises:
        InTheFuture, DayUnfit.
        Unknown: somebody who is not among the absent.
    """
    happened(on, reception.received_on)
    absent = {entry.person.code: entry for entry in reception.entries.filter(is_present=False).select_related("person")}
    _require_known(people, absent)
    came = [absent[code] for code in set(people)]
    reception.entries.filter(pk__in=[entry.pk for entry in came]).update(is_present=True)
    _move_on(actor, [entry.person_id for entry in came], on)
    return len(came)


@action("reception.run")
def give_rooms(actor: Actor, reception: Reception, *, rooms: Mapping[str, str], seen: Seen | None = None) -> int:
    """Give families their rooms (family code → room) and return how many people have one now.

    Raises:
        ChangedMeanwhile.
        Unknown: a family that is not in this reception.
    """
    Reception.objects.select_for_update().get(pk=reception.pk)
    there = dict(reception.entries.order_by("room").values_list("family__code", "room"))
    _require_known(rooms, there)
    require_unchanged(actor, seen, now=there, given=rooms, about=reception.code, step="reception.run")
    changed = 0
    for family, room in rooms.items():
        changed += reception.entries.filter(family__code=family, is_present=True).update(room=room.strip()[:16])
    return changed


@action("reception.run")
def check_medically(actor: Actor, reception: Reception, *, on: date, except_for: Collection[str] = ()) -> int:
    """Record that everybody present was seen by the clinic on a day, except some (codes of persons); return how many.

    Raises:
        InTheFuture, DayUnfit.
        Unknown: somebody who is not in this reception.
    """
    happened(on, reception.received_on)
    _require_known(except_for, _people(reception))
    seen = reception.entries.filter(is_present=True, medical_check_on=None).exclude(person__code__in=except_for)
    return seen.update(medical_check_on=on)


@action("reception.run")
def note_missing_documents(
    actor: Actor, reception: Reception, *, missing: Collection[str], except_for: Collection[str] = ()
) -> int:
    """Record which papers everybody present lacks, except some (codes of persons); return how many lack them.

    Raises:
        Unknown: a kind of paper that is not on the list, or somebody who is not in this reception.
    """
    _require_known(missing, {entry.code for entry in catalogue().missing_documents}, what=_("papers"))
    _require_known(except_for, _people(reception))
    lacking = reception.entries.filter(is_present=True).exclude(person__code__in=except_for)
    return lacking.update(missing_documents=sorted(missing))


def _move_on(actor: Actor, person_ids: list[int], on: date) -> None:
    """Bring the cases that a passenger list opened on to the stage that follows, whatever a country calls it."""
    first = catalogue().first_stage("passenger")
    before, stage = first.number, catalogue().after(first)
    cases = list(
        Case.objects.filter(person__in=person_ids, closed_on=None, stage=before).select_related("person").order_by("pk")
    )
    for case in cases:
        case.stage, case.assess_by = stage.number, next_due(kind_for(case.person), stage.number, last=None, since=on)
    Case.objects.bulk_update(cases, ["stage", "assess_by"], batch_size=1000)
    StageChange.objects.bulk_create(
        StageChange(case=case, from_stage=before, to_stage=stage.number, on=on, by_id=actor.staff_id, reason="received")
        for case in cases
    )


def _people(reception: Reception) -> set[str]:
    return set(reception.entries.values_list("person__code", flat=True))


def _require_known(codes: Iterable[str], known: Collection[str], what: str = "") -> None:
    for code in codes:
        if code not in known:
            raise Unknown(word=code, what=what or _("people of this reception"))
