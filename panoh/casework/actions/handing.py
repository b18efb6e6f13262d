"""Steps of a hand-over abroad: propose, decide, send, take the receipt, leave a stub; take in; answer yes or no."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from panoh.access import audit
from panoh.access.clock import now, today
from panoh.access.entrances import Actor, action
from panoh.access.fields import OPEN, FieldClass
from panoh.access.queries import own_agency
from panoh.access.refusals import NotAllowed
from panoh.casework.actions.assessing import record_need
from panoh.casework.actions.cases import close_case, open_case
from panoh.casework.actions.exports import Fetched
from panoh.casework.actions.families import create_family, register_person, state_relationship
from panoh.casework.actions.joining import SuggestedPair, suggest_pairs
from panoh.casework.actions.notices import tell, tell_who_may
from panoh.casework.catalogue import catalogue
from panoh.casework.handing.package import (
    Package,
    PersonTold,
    Told,
    opened,
    receipt_in,
    sealed_package,
    signed_receipt,
)
from panoh.casework.models import Case, Family, HandOverAbroad, Note, NoticeKind, Person, TracingQuestion
from panoh.casework.queries.finding import known_alike
from panoh.casework.queries.handing import MOVED, PartnerAbroad, package_of, partner_abroad, partners_abroad
from panoh.casework.refusals import NothingChosen
from panoh.casework.refusals_handing import (
    HandedOverAlready,
    HandOverNotNow,
    NoLockToThem,
    PackageTaken,
    PartnerNotThere,
    QuestionAnswered,
    QuestionsEnough,
)
from panoh.casework.refusals_requests import NotYourOwn
from panoh.casework.refusals_rights import SayMore
from panoh.vault.actions import destroy_key, drop_parts, keep_file, keep_parts, make_key
from panoh.vault.queries import Group, IdentityFacts, open_file, open_parts

__all__ = [
    "agree_hand_over", "answer_question", "decline_hand_over", "fetch_receipt", "leave_stub", "propose_hand_over",
    "receive_hand_over", "record_question", "send_hand_over", "take_receipt",
]  # fmt: skip

SUFFIX, RECEIPT_SUFFIX = "hand-over", "receipt"
QUESTIONS_A_DAY = 20
Direction, State = HandOverAbroad.Direction, HandOverAbroad.State
OPEN_STATES = (State.PROPOSED, State.AGREED, State.SENT)
SOURCED = ("names", "documents", "contacts", "addresses")


@action("handover.propose")
def propose_hand_over(
    actor: Actor, family: Family, *, partner: str, classes: Iterable[int], purpose: str, basis: int, because: str
) -> HandOverAbroad:
    """Propose that a family's file goes to a partner (by code) abroad: what of it, what for, and on which basis.

    Raises:
        PartnerNotThere, NoLockToThem, NothingChosen, SayMore, HandedOverAlready.
        Unknown: the purpose is not on the list.
        NotAllowed: the actor does not lead the file, or reads not all of that.
    """
    to, wanted = partner_abroad(partner), sorted({FieldClass(kind) for kind in classes} & set(OPEN))
    if not to.age_key:
        raise NoLockToThem(name=to.name)
    if not wanted:
        raise NothingChosen
    if not set(wanted) <= actor.role.classes or not actor.leads(family.pk):
        raise NotAllowed
    if not because.strip():
        raise SayMore
    Family.objects.select_for_update(of=("self",), no_key=True).get(pk=family.pk)  # one at a time
    if there := HandOverAbroad.objects.filter(family=family, direction=Direction.OUT, state__in=OPEN_STATES).first():
        raise HandedOverAlready(code=there.code)
    made = HandOverAbroad.objects.create(
        direction=Direction.OUT, family=family, partner=to.name, country=to.country, partner_key=to.key,
        age_key=to.age_key, purpose=catalogue().known("purposes", purpose), basis=HandOverAbroad.Basis(basis),
        classes=wanted, because_id=_sealed(family, because), state=State.PROPOSED,
        proposed_by_id=actor.me,
    )  # fmt: skip
    tell_who_may("handover.agree", NoticeKind.APPROVAL, made.code, but=[actor.me])
    return made


@action("handover.agree")
def agree_hand_over(actor: Actor, hand_over: HandOverAbroad) -> HandOverAbroad:
    """Agree that the file goes abroad.

    Raises:
        NotYourOwn, HandOverNotNow.
    """
    return _decide(actor, hand_over, State.AGREED)


@action("handover.agree")
def decline_hand_over(actor: Actor, hand_over: HandOverAbroad) -> HandOverAbroad:
    """Let nothing leave.

    Raises:
        NotYourOwn, HandOverNotNow.
    """
    return _decide(actor, hand_over, State.DECLINED)


def _decide(actor: Actor, hand_over: HandOverAbroad, state: int) -> HandOverAbroad:
    hand_over = _held(hand_over, State.PROPOSED)
    if hand_over.proposed_by_id == actor.staff_id:
        raise NotYourOwn
    hand_over.state, hand_over.decided_by_id, hand_over.decided_at = state, actor.me, now()
    hand_over.save(update_fields=["state", "decided_by", "decided_at"])
    tell(hand_over.proposed_by_id, NoticeKind.ANSWER, hand_over.code)
    return hand_over


@action("handover.propose")
def send_hand_over(actor: Actor, hand_over: HandOverAbroad) -> Fetched:
    """Return the signed file, locked to the partner; made once, and handed out until the receipt comes.

    Raises:
        HandOverNotNow: nobody agreed yet, or it is over. NobodyToHandOver.
        PartnerNotThere: its key is not trusted any more.
    """
    hand_over = _held(hand_over, State.AGREED, State.SENT)
    if hand_over.partner_key not in {one.key for one in partners_abroad()}:
        raise PartnerNotThere
    if hand_over.state == State.AGREED:
        because = str(open_parts([hand_over.because_id]).get(hand_over.because_id, ""))
        package = package_of(actor, hand_over, because=because)
        hand_over.digest, file = sealed_package(package, lock_to=hand_over.age_key)
        hand_over.file_id, hand_over.state = keep_file(hand_over.family.papers_id, file), State.SENT
        hand_over.save(update_fields=["digest", "file", "state"])
    # The file's own account says so, too.
    audit.write(actor, "handover.propose", about=hand_over.family.code, purpose=hand_over.purpose)
    return Fetched(f"{hand_over.code}.{SUFFIX}", open_file(hand_over.file_id) or b"")


@action("handover.propose")
def take_receipt(actor: Actor, hand_over: HandOverAbroad, *, content: bytes) -> HandOverAbroad:
    """Take the partner's signed receipt back; the file that was sent is not kept, and who closes the cases is told.

    Raises:
        HandOverNotNow, PackageUnreadable.
        PackageNotTheirs: the partner did not sign it for this file.
    """
    hand_over = _held(hand_over, State.SENT)
    receipt, signature = receipt_in(content, key=hand_over.partner_key, digest=hand_over.digest)
    sent, hand_over.file = hand_over.file_id, None
    hand_over.state, hand_over.receipt, hand_over.received_on = State.RECEIVED, signature, receipt.on
    hand_over.save(update_fields=["state", "receipt", "received_on", "file"])
    drop_parts([part for part in (sent,) if part])
    if not actor.may("case.close"):
        tell_who_may("case.close", NoticeKind.APPROVAL, hand_over.code, agency=hand_over.family.agency_id)
    return hand_over


@action("handover.propose")
def give_up_hand_over(actor: Actor, hand_over: HandOverAbroad) -> HandOverAbroad:
    """Give a hand-over up, of which no receipt came; the file that was made is not kept, and another can be proposed.

    Raises:
        HandOverNotNow. NotAllowed: the actor does not lead the file.
    """
    hand_over = _held(hand_over, *OPEN_STATES)
    if not actor.leads(hand_over.family_id):
        raise NotAllowed
    sent, hand_over.file, hand_over.state = hand_over.file_id, None, State.GIVEN_UP
    hand_over.save(update_fields=["state", "file"])
    drop_parts([part for part in (sent,) if part])
    return hand_over


@action("case.close")
def leave_stub(actor: Actor, hand_over: HandOverAbroad) -> HandOverAbroad:
    """Close what is open as moved abroad, with no more than the country and the day; then its time begins to run.

    Raises:
        HandOverNotNow: the receipt has not come.
        GuardsFail: something must be settled first.
    """
    hand_over = _held(hand_over, State.RECEIVED)
    day = date_format(hand_over.received_on or today())
    note = _("Handed over: %(country)s, %(day)s.") % {"country": hand_over.country or hand_over.partner, "day": day}
    for case in Case.objects.filter(family=hand_over.family_id, closed_on=None).order_by("pk"):
        close_case(actor, case, reason=MOVED, circumstance="abroad", note=note)
    return hand_over


def _held(hand_over: HandOverAbroad, *states: int) -> HandOverAbroad:
    held = HandOverAbroad.objects.select_for_update(of=("self",)).select_related("family").get(pk=hand_over.pk)
    if held.state not in states:
        raise HandOverNotNow(code=held.code, state=held.get_state_display())
    return held


# --- from another country ----------------------------------------------------------------------------------------


@action("handover.receive")
def receive_hand_over(actor: Actor, *, content: bytes) -> HandOverAbroad:
    """Take in a file that a partner signed for us, as a draft: one family at the first stage, facts with their source.

    Whoever may be registered here already waits under “Same person?”.

    Raises:
        PackageLocked, PackageUnreadable, PackageNotTheirs, PackageTaken.
        BirthUnfit: a birth date in it is none.
    """
    partners = {one.key: one for one in partners_abroad()}
    package, digest = opened(content, trusted={key: key for key in partners})
    if there := HandOverAbroad.objects.filter(direction=Direction.IN, digest=digest).first():
        raise PackageTaken(code=there.code)
    sender = partners[package.sender]
    family = create_family(actor, agency=own_agency(actor))
    hand_over = HandOverAbroad.objects.create(
        direction=Direction.IN, family=family, partner=sender.name, country=sender.country, partner_key=sender.key,
        age_key=sender.age_key, purpose=package.purpose, basis=package.basis, classes=list(package.classes),
        because_id=_sealed(family, package.because), state=State.TAKEN, digest=digest,
        proposed_by_id=actor.me,
    )  # fmt: skip
    source = _("handed over by %(partner)s, %(code)s") % {"partner": sender.name, "code": hand_over.code}
    people = [_registered(actor, family, one, source) for one in package.people]
    _relate(actor, package, people)
    for note in package.notes:
        _keep_note(actor, family, None, note, source)
    return hand_over


def _registered(actor: Actor, family: Family, told: PersonTold, source: str) -> Person:
    facts = _sourced(told.facts, source)
    alike = known_alike(actor, facts, sex=told.sex) if facts.names else []
    kinships = {code for code, _label in catalogue().choices("kinships")}
    person = register_person(
        actor, family, facts=facts, sex=told.sex, kinship=told.kinship if told.kinship in kinships else "",
        nationality=told.nationality,
    )  # fmt: skip
    if person.birth_year is None and told.birth_year:
        person.birth_year = told.birth_year
        about = Person.YearPrecision.ABOUT if told.is_about else Person.YearPrecision.KNOWN
        person.birth_precision = about
        person.save(update_fields=["birth_year", "birth_precision"])
    case = open_case(actor, family, person, stage=catalogue().stages[0].code, on=today())
    domains = {one.code for one in catalogue().domains}
    for need in told.needs:
        if need.what in domains:
            record_need(actor, case, domain=need.what, urgency=need.urgency, words=need.words)
    for given in told.given:
        _keep_note(actor, family, case, given, source)
    pairs = [SuggestedPair(person.code, one.code) for one in alike if one.is_mine and one.kind == "person"]
    if pairs:
        suggest_pairs(actor, pairs)
    return person


def _keep_note(actor: Actor, family: Family, case: Case | None, told: Told, source: str) -> None:
    """Keep what came in words as a note of the class it had there."""
    kind = FieldClass(told.kind) if told.kind in OPEN else FieldClass.CARE
    text = _sealed(family, f"{told.words}\n({source})", kind)
    Note.objects.create(family=family, case=case, text_id=text, field_class=kind, by_id=actor.me)


def _sealed(family: Family, words: str, kind: FieldClass = FieldClass.CARE) -> UUID:
    return keep_parts(family.papers_id, Group.TEXT, [words], field_class=kind)[0]


def _sourced(facts: IdentityFacts, source: str) -> IdentityFacts:
    put: dict[str, Any] = {kind: tuple(replace(one, source=source) for one in getattr(facts, kind)) for kind in SOURCED}
    birth = replace(facts.birth, source=source) if facts.birth.year else facts.birth
    return replace(facts, birth=birth, origins=(), former_births=(), **put)


def _relate(actor: Actor, package: Package, people: list[Person]) -> None:
    kinds = {code for code, _label in catalogue().choices("relationship_kinds")}
    for one in package.relations:
        fits = 0 <= one.subject < len(people) and 0 <= one.other < len(people) and one.subject != one.other
        if fits and one.kind in kinds:
            state_relationship(actor, people[one.subject], kind=one.kind, other=people[one.other])


@action("handover.receive")
def fetch_receipt(actor: Actor, hand_over: HandOverAbroad) -> Fetched:
    """Return the signed receipt of a file that was taken in, for the partner.

    Raises:
        HandOverNotNow: it did not come from a partner.
    """
    if hand_over.direction != Direction.IN:
        raise HandOverNotNow(code=hand_over.code, state=hand_over.get_state_display())
    day = localdate(hand_over.proposed_at)
    return Fetched(f"{hand_over.code}.{RECEIPT_SUFFIX}", signed_receipt(hand_over.digest, day))


# --- questions ---------------------------------------------------------------------------------------------------


@action("question.answer")
def record_question(actor: Actor, *, partner: str, name: str, birth_year: int | None = None) -> TracingQuestion:
    """Record that a partner (by code) asks whether somebody is known; twenty a day.

    Raises:
        PartnerNotThere, SayMore, QuestionsEnough.
    """
    asks: PartnerAbroad = partner_abroad(partner)
    if not name.strip():
        raise SayMore
    with connection.cursor() as cursor:
        cursor.execute("select app.spend('tracing question', %s)", [QUESTIONS_A_DAY])
        if not cursor.fetchone()[0]:
            raise QuestionsEnough(most=QUESTIONS_A_DAY)
    key, words = make_key("request"), {"name": name.strip(), "birth_year": str(birth_year or "")}
    (part,) = keep_parts(key, Group.TEXT, [words], field_class=FieldClass.IDENTITY)
    return TracingQuestion.objects.create(
        partner=asks.name, country=asks.country, key_id=key, words_id=part, recorded_by_id=actor.me,
        recorded_on=today(),
    )  # fmt: skip


@action("question.answer")
def answer_question(actor: Actor, question: TracingQuestion, *, is_known: bool) -> TracingQuestion:
    """Answer yes or no, and nothing else; whom it was about is not kept any longer.

    Raises:
        QuestionAnswered.
    """
    question = TracingQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.is_known is not None:
        raise QuestionAnswered(code=question.code)
    question.is_known, question.answered_by_id, question.answered_on = is_known, actor.me, today()
    question.save(update_fields=["is_known", "answered_by", "answered_on"])
    destroy_key(question.key_id)
    return question
