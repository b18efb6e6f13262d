"""Codes by which somebody without an account answers one referral: made, looked up, answered, closed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from hmac import compare_digest
from uuid import UUID

from django.utils.crypto import salted_hmac

from panoh.access.clock import now, today
from panoh.access.codes import ALPHABET
from panoh.access.entrances import Actor, action
from panoh.access.fields import FieldClass
from panoh.access.refusals import NotAllowed
from panoh.casework.actions.referrals import end, held, refuse, require, tell_asker
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Referral, Slip
from panoh.casework.models.referrals import MOST_WRONG_TRIES
from panoh.casework.neutral import require_neutral
from panoh.casework.refusals_referrals import CodeNotTaken, NameNotAgreed, NotAtThisState
from panoh.vault.actions import keep_words

__all__ = ["MadeSlip", "Question", "answer_slip", "close_slips", "make_slip", "question_of", "try_code"]

LASTS_DAYS = 30
_NUMBER, _SECRET, _GROUP = 6, 14, 4  # the second part is 70 random bits
State = Referral.State


@dataclass(frozen=True)
class MadeSlip:
    """A code, told once, and until when it is taken."""

    referral: Referral
    code: str
    until: date


@dataclass(frozen=True)
class Question:
    """All that somebody outside is shown: which service is asked of whom, until when, and what they may answer."""

    service: str
    agency: str
    until: date
    is_taken: bool


@action("referral.send")
def make_slip(actor: Actor, referral: Referral, *, is_named: bool = False) -> MadeSlip:
    """Make the code for a referral that is asked outside; one that was made before is not taken any more.

    is_named: whether the name goes onto the paper with it.

    Raises:
        NotAllowed: the actor does not lead the file. NotAtThisState: it ended, or is asked in Panoh. LabelInIt.
        NameNotAgreed: the consent does not say that the name may be told.
    """
    referral = held(referral)
    if not actor.leads(referral.case.person.home_id):
        raise NotAllowed
    if not referral.is_outside:
        raise NotAtThisState(referral=referral.code, state=referral.get_via_display())
    require(referral, State.SENT, State.ACCEPTED)
    if is_named and (referral.consent is None or FieldClass.IDENTITY not in referral.consent.classes):
        raise NameNotAgreed
    require_neutral([referral.agency.name, catalogue().label("services", referral.service)])
    close_slips(referral)
    number, secret = _drawn(_NUMBER), _drawn(_SECRET)
    until = today() + timedelta(LASTS_DAYS)
    Slip.objects.create(
        referral=referral, number=number, digest=_digest(number, secret), expires_on=until, made_by_id=actor.me
    )
    whole = number + secret
    return MadeSlip(referral, "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP)), until)


def close_slips(referral: Referral) -> None:
    """Take the codes of a referral no more."""
    Slip.objects.filter(referral=referral, closed_at=None).update(closed_at=now())


@action("referral.run")
def try_code(actor: Actor, code: str) -> Slip | None:
    """Return the slip that a code opens; None for one that is absent, mistyped, used, over or was tried too often.

    A wrong try is counted against the slip whose number it names; after five the code is taken no more.
    """
    plain = "".join(letter for letter in code.upper() if letter in ALPHABET)[: _NUMBER + _SECRET]
    number, secret = plain[:_NUMBER], plain[_NUMBER:]
    found = Slip.objects.select_for_update(of=("self",)).filter(number=number).first()
    is_right = compare_digest(_digest(number, secret), found.digest if found else _digest("", ""))
    if found is None or not _is_taken(found):
        return None
    if not is_right:
        found.wrong_tries += 1
        found.closed_at = now() if found.wrong_tries >= MOST_WRONG_TRIES else None
        found.save(update_fields=["wrong_tries", "closed_at"])
        return None
    return found


@action("referral.run")
def question_of(actor: Actor, slip: Slip) -> Question:
    """Return what is asked by a slip: the service and the agency, and nothing of whom it is for.

    Raises:
        CodeNotTaken: it is used or over.
    """
    referral = _open(slip)
    service = catalogue().label("services", referral.service)
    require_neutral([service, referral.agency.name])
    return Question(service, referral.agency.name, slip.expires_on, referral.state == State.ACCEPTED)


@action("referral.run")
def answer_slip(
    actor: Actor, slip: Slip, *, answer: str, because: str = "", due: date | None = None, words: str = ""
) -> Referral:
    """Take an answer that came by a code: "accept", "decline" with a reason, or "done"; the last two close it.

    due: the appointment, 30 days from now if not said.

    Raises:
        CodeNotTaken: it is used or over. Unknown (the reason).
    """
    referral = _open(slip)
    said = keep_words(referral.case.person.identity_id, words, field_class=referral.field_class)
    if answer == "accept":
        require(referral, State.SENT)
        _take(referral, due, said)
    elif answer == "done":
        referral.feedback_id, referral.answered_on = said, referral.answered_on or today()
        end(referral, State.COMPLETED)
        referral.save(update_fields=["state", "ended_on", "answered_on", "feedback"])
    else:
        refuse(referral, because=because, basis=said)
    if answer != "accept":
        close_slips(referral)
    tell_asker(referral)
    return referral


def _open(slip: Slip) -> Referral:
    referral = held(slip.referral)
    slip.refresh_from_db()
    if not _is_taken(slip) or not referral.is_open:
        raise CodeNotTaken
    return referral


def _is_taken(slip: Slip) -> bool:
    return slip.closed_at is None and slip.expires_on >= today()


def _take(referral: Referral, due: date | None, said: UUID | None) -> None:
    first, last = today(), today() + timedelta(366)
    referral.state, referral.answered_on = State.ACCEPTED, today()
    referral.due = due if due and first <= due <= last else today() + timedelta(LASTS_DAYS)
    referral.said_id = said
    referral.save(update_fields=["state", "answered_on", "due", "said"])


def _drawn(letters: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(letters))


def _digest(number: str, secret: str) -> str:
    """Return what is kept of a code: it can be compared, not read back."""
    return salted_hmac("panoh slip", f"{number}.{secret}", algorithm="sha256").hexdigest()
