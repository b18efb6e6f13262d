"""Steps of a complaint: take it, say whom it is about and who looks into it, acknowledge it, answer it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from panoh.access import audit
from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.fields import FieldClass
from panoh.access.models import Staff
from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.casework.actions.notices import tell, tell_who_may
from panoh.casework.actions.rights import due_day, keep_at_door, written_code
from panoh.casework.catalogue import catalogue
from panoh.casework.door import opened
from panoh.casework.models import Complaint, ComplaintAbout, NoticeKind, Person
from panoh.casework.models.rights import complaint_code, right_code
from panoh.casework.refusals_rights import (
    AnsweredAlready,
    AnswerNotOfCode,
    AskedEnough,
    AskedNobody,
    CannotLookInto,
    NamedInIt,
    SayMore,
)
from panoh.vault.actions import keep_parts, keep_words, make_key
from panoh.vault.queries import Group

__all__ = [
    "AnswerAtDoor", "Taken", "acknowledge_complaint", "answer_complaint", "ask_by_code", "ask_with", "read_answer",
    "read_with", "share_out_complaint", "take_complaint", "who_asks",
]  # fmt: skip

COMPLAINT = "complaint"
TAKE = "select app.take_complaint(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
State, Reader = Complaint.State, Complaint.Reader
READS: dict[int, str] = {Reader.OFFICER: "complaint.read", Reader.COORDINATOR: "complaint.read-officers"}


@dataclass(frozen=True)
class Taken:
    """What is told to who brought something: its code, and by when it is answered."""

    code: str
    answer_by: date


@dataclass(frozen=True)
class AnswerAtDoor:
    """What became of something that was sent: by when it is answered, when it was; words: None if not for this code."""

    answer_by: date
    answered_on: date | None
    words: str | None


@action("complaint.take")
def take_complaint(
    actor: Actor,
    *,
    words: str,
    person: Person | None = None,
    named: Iterable[Staff] = (),
    about_officer: bool = False,
) -> Taken:
    """Take a complaint down for somebody; from now on nobody whom it is about reads it, nor who wrote it down.

    Nor does the account of the person's file say so: the step is about the complaint's code alone.

    Raises:
        SayMore.
        NotAllowed: the person is out of the actor's reach.
    """
    return _taken(None, words, person=person, named=[one.pk for one in named], about_officer=about_officer)


def ask_by_code(code: str, *, what: str, words: str, about_officer: bool = False) -> Taken:
    """Take what somebody asks, or complains of, with the code of a receipt at the open door.

    Raises:
        AskedNobody: the code is wrong, absent or ended: the same answer.
        SayMore, AskedEnough.
        Unknown: there is no such right.
    """
    who_asks(code)
    return ask_with(Actor.operator(), code=code, what=what, words=words, about_officer=about_officer)


@action("right.ask")
def ask_with(actor: Actor, *, code: str, what: str, words: str, about_officer: bool) -> Taken:
    """Keep what came in at the door, which bears the machine's token: it seals, and opens nothing.

    Raises:
        AskedNobody, SayMore, AskedEnough, Unknown.
    """
    if what == COMPLAINT:
        return _taken(written_code(code), words, about_officer=about_officer)
    if not words.strip():
        raise SayMore
    taken = Taken(right_code(), due_day(what))
    part = keep_words(who_asks(code), words)
    if not _asks("select app.take_request(%s, %s, %s, %s, %s)", taken.code, written_code(code), what,
                 taken.answer_by, part):  # fmt: skip
        raise AskedEnough
    return taken


def read_answer(code: str, *, number: str) -> AnswerAtDoor:
    """Return what became of something that was sent, to who has the code of a receipt and the number of what was sent.

    Raises:
        AskedNobody, AnswerNotOfCode.
    """
    who_asks(code)
    return read_with(Actor.operator(), code=code, number=number)


@action("right.ask")
def read_with(actor: Actor, *, code: str, number: str) -> AnswerAtDoor:
    """Open an answer with the code it was locked for; the machine, whose token the door bears, opens it with nothing.

    Raises:
        AnswerNotOfCode.
    """
    plain = written_code(code)
    with connection.cursor() as cursor:
        cursor.execute("select * from app.answer_at_the_door(%s, %s)", [plain, number.strip().upper()])
        found = cursor.fetchone()
    if found is None:
        raise AnswerNotOfCode
    answer_by, answered_on, content = found
    return AnswerAtDoor(answer_by, answered_on, opened(plain, bytes(content)) if content is not None else None)


def who_asks(code: str) -> UUID:
    """Return whose code it is, sealed as everybody is.

    Raises:
        AskedNobody: the code is wrong, absent or ended: the same answer.
    """
    with acting_for(None):
        found: UUID | None = _asks("select app.person_asking(%s)", written_code(code))
        if found is None:
            audit.write(Actor.operator(), "right.ask", denied=True)
    if found is None:
        raise AskedNobody
    return found


@action("complaint.answer")
def share_out_complaint(
    actor: Actor, complaint: Complaint, *, named: Iterable[Staff] = (), handler: Staff | None = None
) -> Complaint:
    """Say whom a complaint is about, who then cannot read it, and which colleague looks into it.

    Raises:
        AnsweredAlready.
        NamedInIt, CannotLookInto: of who should look into it.
        NotAllowed: the actor looks into it and does not share it out.
    """
    complaint = _held(complaint)
    if not actor.may(READS[complaint.reader]):
        raise NotAllowed
    there = set(ComplaintAbout.objects.filter(complaint=complaint).values_list("staff_id", flat=True))
    new = [one for one in named if one.pk not in there]
    if handler is not None:
        if handler.pk in there | {one.pk for one in new}:
            raise NamedInIt(name=handler.display_name)
        if not Actor.of(handler).may("complaint.see"):
            raise CannotLookInto(name=handler.display_name)
    if handler is not None and handler.pk != complaint.handler_id:
        tell(handler.pk, NoticeKind.RIGHT, complaint.code)
    complaint.handler = handler
    complaint.save(update_fields=["handler"])
    for one in new:  # the last may be who names them, and then reads no more
        _asks_nothing("insert into casework_complaintabout (complaint_id, staff_id) values (%s, %s)", complaint.pk,
                      one.pk)  # fmt: skip
    return complaint


@action("complaint.answer")
def acknowledge_complaint(actor: Actor, complaint: Complaint) -> Complaint:
    """Note that who complained was told that it was received and is looked into.

    Raises:
        AnsweredAlready.
    """
    complaint = _held(complaint)
    _acknowledge(complaint)
    complaint.save(update_fields=["state", "acknowledged_on"])
    return complaint


@action("complaint.answer")
def answer_complaint(actor: Actor, complaint: Complaint, *, words: str) -> Complaint:
    """Answer a complaint in words.

    Raises:
        AnsweredAlready, SayMore.
    """
    complaint = _held(complaint)
    if not words.strip():
        raise SayMore
    _acknowledge(complaint)
    (complaint.answer_id,) = keep_parts(complaint.key_id, Group.TEXT, [words.strip()], field_class=FieldClass.FILE)
    complaint.state, complaint.answered_on, complaint.answered_by_id = State.ANSWERED, today(), actor.me
    complaint.save(update_fields=["state", "acknowledged_on", "answered_on", "answered_by", "answer"])
    keep_at_door(complaint.code, words)
    return complaint


def _acknowledge(complaint: Complaint) -> None:
    complaint.state, complaint.acknowledged_on = State.ACKNOWLEDGED, complaint.acknowledged_on or today()


def _taken(
    asked: str | None, words: str, *, person: Person | None = None, named: Iterable[int] = (), about_officer: bool
) -> Taken:
    if not words.strip():
        raise SayMore
    days = catalogue().days
    first, last = (today() + timedelta(days("complaint_steps", step)) for step in ("acknowledge", "answer"))
    key = make_key("request")
    (part,) = keep_parts(key, Group.TEXT, [words.strip()], field_class=FieldClass.FILE)
    reader, code = Reader.COORDINATOR if about_officer else Reader.OFFICER, complaint_code()
    who, about = person.pk if person else None, sorted(named)
    if not _asks(TAKE, code, asked, who, int(reader), key, part, first, last, about):
        raise AskedEnough
    tell_who_may(READS[reader], NoticeKind.RIGHT, code, but=about)
    return Taken(code, last)


def _held(complaint: Complaint) -> Complaint:
    held = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if held.state == State.ANSWERED:
        raise AnsweredAlready(request=held.code)
    return held


def _asks(question: str, *about: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        return cursor.fetchone()[0]


def _asks_nothing(statement: str, *about: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, about)
