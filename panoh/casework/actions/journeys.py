"""Steps before arrival: who a person may be, what a kinship test said, the flight, the hand-over at the airport."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import is_aware, make_aware

from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.access.fields import FieldClass
from panoh.access.models import Agency
from panoh.access.refusals import NotAllowed
from panoh.casework.actions.merging import require_own_file
from panoh.casework.actions.placements import With
from panoh.casework.catalogue import catalogue
from panoh.casework.days import due, happened_with
from panoh.casework.models import ArrivalList, HandOver, Hypothesis, Journey, KinshipTest, Person
from panoh.casework.refusals import AlreadySettled, InTheFuture, SecondPersonNeeded
from panoh.casework.refusals_care import CarerMissing, HypothesisEmpty, OnThatFlight
from panoh.vault import actions as vault
from panoh.vault.queries import Group

__all__ = [
    "add_hypothesis", "book_flight", "hand_over_person", "record_kinship_test", "settle_hypothesis", "take_off_flight",
]  # fmt: skip

Standing = Hypothesis.Standing
# Latin letters, digits, blanks and hyphens: what grows no longer as it is written in capitals.
FLIGHT = r"^[A-Za-z0-9][A-Za-z0-9 -]{0,23}$"


@action("journey.write")
def add_hypothesis(
    actor: Actor,
    person: Person,
    *,
    source: str,
    sureness: int,
    name: str = "",
    birth: str = "",
    kin: str = "",
    origin: str = "",
    on: date | None = None,
) -> Hypothesis:
    """Add who a person may be, as somebody said it; what others said stays beside it.

    Raises:
        HypothesisEmpty, Unknown, InTheFuture, DayUnfit, JoinedAlready, Forgotten.
    """
    require_own_file(person)
    words = {"name": name.strip(), "birth": birth.strip(), "kin": kin.strip(), "origin": origin.strip()}
    if not any(words.values()):
        raise HypothesisEmpty
    (kept,) = vault.keep_parts(person.identity.key_id, Group.TEXT, [words], field_class=FieldClass.IDENTITY)
    return Hypothesis.objects.create(
        person=person, source=catalogue().known("claim_sources", source), sureness=Hypothesis.Sureness(sureness),
        words_id=kept, said_on=happened_with(person.home, on), by_id=actor.me,
    )  # fmt: skip


@action("journey.write")
def settle_hypothesis(actor: Actor, hypothesis: Hypothesis, *, standing: int) -> Hypothesis:
    """Take one as right, rule it out, or leave it open again; another that was taken is open again.

    Nothing of the identity changes: names and papers are recorded where they are kept, with this as their source.
    """
    # One at a time for each person: of two that are taken at once the second sees the first.
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=hypothesis.person_id)
    if standing == Standing.TAKEN:
        Hypothesis.objects.filter(person=hypothesis.person_id, standing=Standing.TAKEN).update(
            standing=Standing.OPEN, settled_on=None, settled_by=None
        )
    found = Hypothesis.objects.select_for_update(of=("self",)).get(pk=hypothesis.pk)
    found.standing = Standing(standing)
    is_open = found.standing == Standing.OPEN
    found.settled_on, found.settled_by_id = (None, None) if is_open else (today(), actor.me)
    found.save(update_fields=["standing", "settled_on", "settled_by"])
    return found


@action("journey.write")
def record_kinship_test(
    actor: Actor, person: Person, *, other: Person, outcome: int, laboratory: Agency, on: date
) -> KinshipTest:
    """Record what a laboratory found on whether two people are kin: the outcome, the day, the laboratory.

    Raises:
        SecondPersonNeeded, InTheFuture, DayUnfit. NotAllowed: the other is out of the actor's reach.
    """
    if other.pk == person.pk:
        raise SecondPersonNeeded
    if not actor.reaches(other):
        raise NotAllowed
    return KinshipTest.objects.create(
        person=person, other=other, outcome=KinshipTest.Outcome(outcome), laboratory=laboratory,
        on=happened_with(person.home, on), by_id=actor.me,
    )  # fmt: skip


@action("journey.write")
def book_flight(
    actor: Actor, person: Person, *, flight: str, on: date, arrival_list: ArrivalList | None = None
) -> Journey:
    """Put a person on a flight, and name the passenger list it is from once there is one.

    Raises:
        OnThatFlight: on that day the person flies already. DayUnfit.
    """
    require_own_file(person)
    there = Journey.objects.filter(person=person, on=on, taken_off_on=None).first()
    if there:
        raise OnThatFlight(flight=there.flight, on=on)
    return Journey.objects.create(
        person=person, flight=flight.strip().upper(), on=due(on), arrival_list=arrival_list, by_id=actor.me
    )


@action("journey.write")
def take_off_flight(actor: Actor, journey: Journey) -> Journey:
    """Take a person off a flight; the row stays.

    Raises:
        AlreadySettled.
    """
    found = Journey.objects.select_for_update(of=("self",)).get(pk=journey.pk)
    if found.taken_off_on:
        raise AlreadySettled(on=found.taken_off_on)
    found.taken_off_on = today()
    found.save(update_fields=["taken_off_on"])
    return found


@action("journey.write")
def hand_over_person(
    actor: Actor,
    person: Person,
    *,
    from_agency: Agency,
    to: With,
    at: datetime | None = None,
    missing: Iterable[str] = (),
    words: str = "",
) -> HandOver:
    """Record who received a person from whom, when (without a zone: ours), and which papers were missing.

    Raises:
        CarerMissing: nobody is named who received them. InTheFuture, DayUnfit, Unknown, NotOfThisFamily, PlaceUnfit,
        FamilyUnknown, Forgotten.
    """
    if to.home == "nobody":
        raise CarerMissing
    at = at or now()
    happened_with(person.home, at.date())
    at = at if is_aware(at) else make_aware(at)
    if at > now():
        raise InTheFuture(on=at.date())
    return HandOver.objects.create(
        person=person, from_agency=from_agency, at=at, by_id=actor.me,
        missing=sorted({catalogue().known("missing_documents", code) for code in missing}),
        words_id=vault.keep_words(person.identity_id, words), **to.columns(person.home, person),
    )  # fmt: skip
