"""Steps of a person's rights: record what is asked, give a copy or a code, put a fact right, answer in words."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import BinaryField, Func, Value

from panoh.access.clock import today
from panoh.access.codes import ALPHABET
from panoh.access.entrances import Actor, action
from panoh.access.fields import FieldClass
from panoh.casework.catalogue import catalogue
from panoh.casework.door import lock_of, locked
from panoh.casework.models import AskCode, Correction, Person, RightsRequest
from panoh.casework.refusals_rights import AnsweredAlready, FactGone, NotOfThisRight, SayMore
from panoh.vault import actions as vault
from panoh.vault.queries import Group, open_identity
from panoh.vault.refusals import Forgotten

__all__ = [
    "GivenCode", "answer_request", "due_day", "give_code", "give_copy", "keep_at_door", "put_right", "record_request",
    "written_code",
]  # fmt: skip

GROUPS, LETTERS = 4, 4
COPY, CORRECTION = "copy", "correction"
State, Fact = RightsRequest.State, Correction.Fact
# Where each fact lies: its group, what holds it among the facts, and the word in it.
FACTS: Mapping[int, tuple[Group, str, str, FieldClass]] = {
    Fact.NAME: (Group.NAMES, "names", "text", FieldClass.IDENTITY),
    Fact.DOCUMENT: (Group.DOCUMENTS, "documents", "number", FieldClass.IDENTITY),
    Fact.CONTACT: (Group.CONTACTS, "contacts", "value", FieldClass.LOCATION),
    Fact.ADDRESS: (Group.ADDRESSES, "addresses", "text", FieldClass.LOCATION),
}


@dataclass(frozen=True)
class GivenCode:
    """A code to be printed, once: it is kept nowhere."""

    text: str = field(repr=False)
    given_on: date


@action("right.record")
def record_request(actor: Actor, person: Person, *, right: str, asker: str, asker_check: str, words: str) -> Any:
    """Record what somebody asks about a person's file, once it is sure who asks; it is answered by a day.

    Raises:
        Unknown: the right, the asker or the check is on no list.
        SayMore. Forgotten: nothing is kept of the person any more.
    """
    if not words.strip() and right != COPY:
        raise SayMore
    request = _request(actor, person, right, asker, asker_check)
    request.words_id = vault.keep_words(person.identity_id, words)
    request.save(force_insert=True)
    return request


@action("right.record")
def give_copy(actor: Actor, person: Person, *, asker: str, asker_check: str) -> Any:
    """Note that a copy of the file is given to whom it may be given; what asked for one is answered with it.

    Raises:
        Unknown: the asker or the check is on no list.
    """
    asked = RightsRequest.objects.select_for_update(of=("self",)).filter(person=person, right=COPY, state=State.OPEN)
    for request in asked:
        _settle(actor, request, "done")
    given = _request(actor, person, COPY, asker, asker_check)
    given.state, given.outcome = State.ANSWERED, "done"
    given.settled_by_id, given.settled_on = actor.me, today()
    given.save(force_insert=True)
    return given


@action("right.record")
def give_code(actor: Actor, person: Person) -> GivenCode:
    """Return a new code with which the family can ask without naming itself; the one before ends."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * LETTERS))
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)  # one at a time
    AskCode.objects.filter(person=person, ended_on=None).update(ended_on=today())
    # Digested by the database, which alone compares it.
    digest: Any = Func(Func(Value(drawn), Value("UTF8"), function="convert_to"), function="sha256",
                       output_field=BinaryField())  # fmt: skip
    AskCode.objects.create(person=person, digest=digest, lock=lock_of(drawn), given_by_id=actor.me, given_on=today())
    parts = (drawn[at : at + LETTERS] for at in range(0, len(drawn), LETTERS))
    return GivenCode("-".join(parts), today())


def written_code(written: str) -> str:
    """Return a code without what people write between its letters, O, I and L read as the digits they look like."""
    letters = "".join(filter(str.isalnum, written.upper()))
    return letters.translate(str.maketrans("OIL", "011"))


@action("right.answer")
def put_right(actor: Actor, request: RightsRequest, *, fact: int, was: str, now: str, why: str) -> Correction:
    """Put one fact right because the person asked: what it was stays to be seen, with who changed it and why.

    Raises:
        AnsweredAlready, NotOfThisRight, SayMore.
        FactGone: the file does not say so any more.
    """
    request = _held(request)
    if request.right != CORRECTION:
        raise NotOfThisRight
    if not (now.strip() and why.strip()):
        raise SayMore
    person = Person.objects.select_related("identity").get(pk=request.person_id)
    group, kind, word, field_class = FACTS[fact]
    known = open_identity(actor, person.identity_id, purpose="complaint", about=person.code)
    there = list(getattr(known, kind))
    place = next((at for at, one in enumerate(there) if getattr(one, word) == was), None)
    if place is None:
        raise FactGone
    there[place] = replace(there[place], **{word: now.strip()})
    put: dict[str, Any] = {kind: tuple(there)}
    vault.amend(actor, person.identity_id, replace(known, **put), [group])
    change = {"was": was, "now": now.strip(), "why": why.strip()}
    (part,) = vault.keep_parts(person.identity.key_id, Group.TEXT, [change], field_class=field_class)
    return Correction.objects.create(request=request, fact=fact, change_id=part, by_id=actor.me)


@action("right.answer")
def answer_request(actor: Actor, request: RightsRequest, *, outcome: str, words: str) -> RightsRequest:
    """Answer in words, once; of somebody who was forgotten only the outcome is kept.

    Raises:
        AnsweredAlready, SayMore.
        Unknown: the outcome is not on the list.
    """
    request = _held(request)
    if not words.strip():
        raise SayMore
    try:
        request.answer_id = vault.keep_words(request.person.identity_id, words)
    except Forgotten:
        request.answer_id = None
    _settle(actor, request, catalogue().known("right_outcomes", outcome))
    keep_at_door(request.code, words)
    return request


def keep_at_door(code: str, words: str) -> None:
    """Keep an answer for who asked, if there is a code that they can read it with."""
    with connection.cursor() as cursor:
        cursor.execute("select app.lock_of(%s)", [code])
        lock = cursor.fetchone()[0]
        if lock is not None:
            cursor.execute("select app.keep_at_the_door(%s, %s)", [code, locked(bytes(lock), words.strip())])


def due_day(right: str) -> date:
    """Return by when something that is asked today is answered.

    Raises:
        Unknown: there is no such right.
    """
    return today() + timedelta(catalogue().days("rights", right))


def _request(actor: Actor, person: Person, right: str, asker: str, asker_check: str) -> RightsRequest:
    return RightsRequest(
        person=person, right=catalogue().known("rights", right), asker=catalogue().known("askers", asker),
        asker_check=catalogue().known("asker_checks", asker_check), received_on=today(), due_on=due_day(right),
        recorded_by_id=actor.me,
    )  # fmt: skip


def _held(request: RightsRequest) -> RightsRequest:
    held = RightsRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
    if held.state != State.OPEN:
        raise AnsweredAlready(request=held.code)
    return held


def _settle(actor: Actor, request: RightsRequest, outcome: str) -> None:
    request.state, request.outcome = State.ANSWERED, outcome
    request.settled_by_id, request.settled_on = actor.me, today()
    request.save(update_fields=["state", "outcome", "answer", "settled_by", "settled_on"])
