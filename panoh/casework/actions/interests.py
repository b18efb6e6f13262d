"""Steps of a decision in the best interests of a child: prepare, weigh, let a panel decide, appeal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from panoh.access.clock import today
from panoh.access.entrances import Actor, action
from panoh.access.models import Staff
from panoh.access.roles import roles
from panoh.casework.actions.cases import require_open
from panoh.casework.actions.notices import tell
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Arrangement, Assessment, Case, Determination, NoticeKind, PanelMember, Task
from panoh.casework.models.interests import NEEDED, PARTS
from panoh.casework.refusals import OwnerCannotOpen
from panoh.casework.refusals_deciding import (
    ChosenUnfit,
    ForAndAgainst,
    NotAChild,
    NotOnThePanel,
    NotReadyToDecide,
    NotWaiting,
    OptionTwice,
    PanelSilent,
    ReasonMissing,
    ReviewDayUnfit,
    SitsApart,
    SoughtAlready,
    ViewFirst,
)
from panoh.casework.refusals_requests import NotYourOwn
from panoh.casework.rhythms import kind_for
from panoh.vault import actions as vault
from panoh.vault.queries import open_parts

__all__ = [
    "add_option", "answer_determination_appeal", "answer_panel", "appeal_determination", "begin_determination",
    "decide_determination", "seat_on_panel", "send_to_panel", "withdraw_determination", "write_determination",
]  # fmt: skip

State, Decision = Determination.State, Determination.Decision
VIEW_HOLDS = timedelta(90)
LONGEST = timedelta(366)
LEAST_OPTIONS = 2


@action("interest.prepare")
def begin_determination(actor: Actor, case: Case, *, kind: int, sought: str, words: Mapping[str, str]) -> Determination:
    """Begin to prepare a best-interests assessment, or a determination that a panel decides. words: some of PARTS.

    Raises:
        CaseClosed, NotAChild, SoughtAlready, Unknown (the decision sought).
        ViewFirst: nobody asked for the child's own view in the last 90 days.
    """
    require_open(case)
    case = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("person", "family").get(pk=case.pk)
    if kind_for(case.person) != Assessment.Kind.CHILD:
        raise NotAChild
    catalogue().known("sought_decisions", sought)
    ended = [State.DECIDED, State.WITHDRAWN]
    there = Determination.objects.filter(case=case, sought=sought).exclude(state__in=ended).first()
    if there:
        raise SoughtAlready(code=there.code)
    talks = Assessment.objects.filter(case=case, kind=Assessment.Kind.CHILD, made_on__gte=today() - VIEW_HOLDS)
    talk = talks.order_by("-made_on", "-pk").first()
    if talk is None:
        raise ViewFirst
    return Determination.objects.create(
        case=case, kind=Determination.Kind(kind), sought=sought, assessment=talk, prepared_by_id=actor.me,
        prepared_on=today(), words_id=vault.keep_told(case.person.identity_id, _told(words)),
    )  # fmt: skip


@action("interest.prepare")
def write_determination(actor: Actor, determination: Determination, *, words: Mapping[str, str]) -> Determination:
    """Write on: history, situation now, the family's views, what experts say, the recommendation.

    Raises:
        NotWaiting: it is with the panel, or over.
    """
    determination = _at(determination, State.PREPARED, State.DEFERRED)
    there = open_parts([determination.words_id]).get(determination.words_id, {})
    vault.rewrite_part(determination.words_id, {**there, **_told(words)})
    return determination


def _told(words: Mapping[str, str]) -> dict[str, str]:
    return {part: words[part].strip() for part in PARTS if part in words}


@action("interest.prepare")
def add_option(
    actor: Actor, determination: Determination, *, kind: str, speaks_for: str, speaks_against: str
) -> Arrangement:
    """Weigh one option: what speaks for it, and what against.

    Raises:
        NotWaiting, OptionTwice, ForAndAgainst, Unknown (the option).
    """
    determination = _at(determination, State.PREPARED, State.DEFERRED)
    if not (speaks_for.strip() and speaks_against.strip()):
        raise ForAndAgainst
    if determination.options.filter(kind=catalogue().known("arrangements", kind)).exists():
        raise OptionTwice
    told = {"for": speaks_for.strip(), "against": speaks_against.strip()}
    return Arrangement.objects.create(
        determination=determination, kind=kind, words_id=vault.keep_told(_identity(determination), told)
    )


@action("interest.prepare")
def seat_on_panel(actor: Actor, determination: Determination, *, staff: Staff) -> PanelMember:
    """Ask a colleague to sit on the panel: none who prepared this, leads the family, or may not decide.

    Raises:
        NotWaiting, SitsApart.
        OwnerCannotOpen: the colleague could not open the file.
    """
    determination = _at(determination, State.PREPARED, State.DEFERRED)
    family = determination.case.family
    may_sit = staff.is_active and "interest.sit" in roles()[staff.role_now].permissions
    sits = determination.panel.filter(staff=staff).exists()
    if not may_sit or sits or staff.pk in (determination.prepared_by_id, family.worker_id):
        raise SitsApart(name=staff)
    if not Actor.of(staff).reaches(family):
        raise OwnerCannotOpen(name=staff, family=family.code)
    return PanelMember.objects.create(determination=determination, staff=staff)


@action("interest.prepare")
def send_to_panel(actor: Actor, determination: Determination, *, recommended: Arrangement) -> Determination:
    """Have it decided: by the panel, or if it is an assessment by one colleague.

    Raises:
        NotWaiting. ChosenUnfit: the option is another's.
        NotReadyToDecide: with what is missing.
    """
    determination = _at(determination, State.PREPARED, State.DEFERRED)
    if recommended.determination_id != determination.pk:
        raise ChosenUnfit
    words = open_parts([determination.words_id]).get(determination.words_id, {})
    lacking = [str(PARTS[part]) for part in NEEDED if not words.get(part)]
    if determination.options.count() < LEAST_OPTIONS:
        lacking.append(_("at least two options"))
    least = catalogue().approval("determination").least
    if determination.has_panel and determination.panel.exclude(is_close=True).count() < least:
        lacking.append(_("a panel of at least %(n)s") % {"n": least})
    if lacking:
        raise NotReadyToDecide(missing=", ".join(lacking) + ".")
    # Put off before: whoever is not too close is asked anew, and what they said then stands with that decision.
    determination.panel.filter(is_close=False).update(is_close=None, opinion=None, answered_on=None)
    determination.state, determination.recommended = State.WITH_PANEL, recommended
    determination.save(update_fields=["state", "recommended"])
    for seat in determination.panel.filter(is_close=None):
        tell(seat.staff_id, NoticeKind.APPROVAL, determination.code)
    return determination


@action("interest.sit")
def answer_panel(
    actor: Actor, determination: Determination, *, is_close: bool, opinion: int | None = None, words: str = ""
) -> PanelMember:
    """Say as a member of the panel whether one is too close to the family, and if not, what one would decide.

    Raises:
        NotWaiting, NotOnThePanel. ReasonMissing: no opinion, or one without words.
    """
    determination = _at(determination, State.WITH_PANEL)
    member = PanelMember.objects.select_for_update().filter(determination=determination, staff=actor.me).first()
    if member is None:
        raise NotOnThePanel
    if not words.strip() or is_close != (opinion is None):
        raise ReasonMissing
    member.is_close, member.opinion, member.answered_on = is_close, opinion, today()
    member.words_id = vault.keep_words(_identity(determination), words)
    member.save(update_fields=["is_close", "opinion", "answered_on", "words"])
    return member


@action("interest.decide")
def decide_determination(
    actor: Actor,
    determination: Determination,
    *,
    decision: int,
    reasons: str,
    chosen: Arrangement | None = None,
    look_again_on: date | None = None,
) -> Determination:
    """Decide as the panel did, or put off; a decision names an option and the day on which it is looked at again.

    Raises:
        NotWaiting, ReasonMissing, ChosenUnfit, ReviewDayUnfit.
        NotYourOwn: the actor prepared it. NotOnThePanel. PanelSilent.
    """
    determination = _at(determination, State.WITH_PANEL)
    _require_decider(actor, determination)
    if not reasons.strip():
        raise ReasonMissing
    if decision == Decision.DEFERRED:
        return _put_off(actor, determination, reasons)
    is_recommended = chosen is not None and chosen.pk == determination.recommended_id
    if chosen is None or chosen.determination_id != determination.pk or (decision == Decision.AGREED) != is_recommended:
        raise ChosenUnfit
    if look_again_on is None or not today() < look_again_on <= today() + LONGEST:
        raise ReviewDayUnfit
    _record(actor, determination, decision, reasons)
    determination.state, determination.chosen, determination.look_again_on = State.DECIDED, chosen, look_again_on
    case = determination.case
    determination.task = Task.objects.create(
        family=case.family, case=case, kind="follow_determination", due=look_again_on, owner_id=case.family.worker_id
    )
    determination.save()
    tell(determination.prepared_by_id, NoticeKind.ANSWER, determination.code)
    return determination


def _require_decider(actor: Actor, determination: Determination) -> None:
    if determination.prepared_by_id == actor.staff_id:
        raise NotYourOwn
    if not determination.has_panel:
        return
    members = list(determination.panel.all())
    able = [member for member in members if member.is_close is False]
    if actor.staff_id not in {member.staff_id for member in members if not member.is_close}:
        raise NotOnThePanel
    least = catalogue().approval("determination").least
    if len(able) < least or any(member.is_close is None for member in members):
        raise PanelSilent(least=least)


def _put_off(actor: Actor, determination: Determination, reasons: str) -> Determination:
    _record(actor, determination, Decision.DEFERRED, reasons)
    determination.state = State.DEFERRED
    determination.save()
    tell(determination.prepared_by_id, NoticeKind.ANSWER, determination.code)
    return determination


def _record(actor: Actor, determination: Determination, decision: int, reasons: str) -> None:
    """Add a decision with its reasons, and what each of the panel said, to those before it."""
    members = list(determination.panel.select_related("staff"))
    words = open_parts([determination.reasons_id, *(member.words_id for member in members)])
    said = [
        {"who": member.staff.username, "opinion": member.opinion, "words": _of(words, member.words_id)}
        for member in members
    ]
    entry = {
        "on": today().isoformat(), "by": actor.name, "decision": int(decision), "reasons": reasons.strip(),
        "panel": said,
    }  # fmt: skip
    before = _of(words, determination.reasons_id) or []
    determination.reasons_id = vault.keep_told(_identity(determination), [*before, entry])
    determination.decision, determination.decided_by_id, determination.decided_on = decision, actor.me, today()


def _of(words: dict[UUID, Any], part: UUID | None) -> Any:
    return words.get(part, "") if part else ""


@action("interest.prepare")
def appeal_determination(actor: Actor, determination: Determination, *, words: str) -> Determination:
    """Note that the child, the family or somebody else asked to have a decision looked at again, and why.

    Raises:
        NotWaiting: it is not decided, or was looked at again already. ReasonMissing.
    """
    determination = _at(determination, State.DECIDED)
    if determination.appeal_answer:
        raise NotWaiting(code=determination.code, state=determination.get_appeal_answer_display())
    if not words.strip():
        raise ReasonMissing
    determination.state, determination.appealed_on = State.APPEALED, today()
    determination.appeal_id = vault.keep_words(_identity(determination), words)
    determination.save(update_fields=["state", "appealed_on", "appeal"])
    return determination


@action("interest.decide")
def answer_determination_appeal(
    actor: Actor, determination: Determination, *, answer: int, reasons: str
) -> Determination:
    """Answer an appeal: the decision stands, or it is sought anew; by one who neither prepared nor decided it.

    Raises:
        NotWaiting, NotYourOwn, ReasonMissing.
    """
    determination = _at(determination, State.APPEALED)
    if actor.staff_id in (determination.prepared_by_id, determination.decided_by_id):
        raise NotYourOwn
    if not reasons.strip():
        raise ReasonMissing
    determination.state, determination.appeal_by_id = State.DECIDED, actor.me
    determination.appeal_answer, determination.appeal_answered_on = Determination.AppealAnswer(answer), today()
    determination.appeal_reasons_id = vault.keep_words(_identity(determination), reasons)
    determination.save()
    return determination


@action("interest.prepare")
def withdraw_determination(actor: Actor, determination: Determination, *, because: str) -> Determination:
    """End a procedure without a decision, with the reason; it stays in the file.

    Raises:
        NotWaiting: it was decided. Unknown (why).
    """
    determination = _at(determination, State.PREPARED, State.WITH_PANEL, State.DEFERRED)
    determination.state = State.WITHDRAWN
    determination.withdrawn_because = catalogue().known("cancel_reasons", because)
    determination.save(update_fields=["state", "withdrawn_because"])
    return determination


def _identity(determination: Determination) -> UUID:
    return determination.case.person.identity_id


def _at(determination: Determination, *states: int) -> Determination:
    found = Determination.objects.select_for_update(of=("self",)).select_related("case__family", "case__person")
    determination = found.get(pk=determination.pk)
    if determination.state not in states:
        raise NotWaiting(code=determination.code, state=determination.get_state_display())
    return determination
