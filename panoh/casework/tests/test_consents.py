"""Nothing is told to others unless somebody agreed, in words that are kept, or the law says so for a written reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import Agency
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.actions import Answer, Basis
from panoh.casework.models import Consent, ConsentTerms, Grant, Referral, Task
from panoh.casework.queries.consents import consents_of, ends_with
from panoh.casework.refusals import NothingChosen, WithheldFromThem
from panoh.casework.refusals_referrals import (
    ChildNotAsked,
    ChildSaysNo,
    ConsentDayUnfit,
    ConsentEnded,
    ConsentUnfit,
    GuardianNotChosen,
    LegalBasisMissing,
    NobodyAgreed,
    NotTheGuardian,
    RecipientMissing,
    TooYoungToAgree,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.asking import FEELINGS, Desk, again, desk
from panoh.casework.tests.factories import Home

pytestmark = pytest.mark.django_db
IDENTITY = FieldClass.IDENTITY


@pytest.fixture
def asked(home: Home) -> Desk:
    return desk(home)


def test_a_referral_without_consent_or_law_is_refused_by_the_step_itself(asked: Desk) -> None:
    with pytest.raises(NobodyAgreed):
        asked.send()
    for basis in (Basis(legal_basis="vital"), Basis(reason="It is urgent."), Basis(legal_basis="vital", reason=" ")):
        with pytest.raises(LegalBasisMissing):
            asked.send(basis=basis)
    sent = asked.send(basis=asked.by_law())
    assert (sent.consent, sent.legal_basis) == (None, "vital")
    assert sent.reason_id is not None
    with acting_for(None), pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=sent.pk).update(reason=None)


def test_a_consent_lets_only_those_know_whom_it_names_and_only_what_it_says(asked: Desk) -> None:
    too_little = asked.consent(classes=[FieldClass.HEALTH])
    with pytest.raises(NobodyAgreed):
        asked.send()
    with pytest.raises(ConsentUnfit):
        asked.send(basis=Basis(consent=too_little))
    asked.consent(kinds=(Agency.Kind.SCHOOL,))
    with pytest.raises(NobodyAgreed):
        asked.send()
    named = asked.consent(kinds=(), agencies=[asked.offers[0].agency])
    assert asked.send().consent == named
    with pytest.raises(NobodyAgreed):
        asked.send(1)


def test_a_consent_of_somebody_else_is_no_consent(asked: Desk) -> None:
    other = Desk(make.home(), asked.offers)
    with pytest.raises(ConsentUnfit):
        asked.send(basis=Basis(consent=other.consent()))


def test_what_is_withheld_stays_so_whatever_was_agreed(asked: Desk) -> None:
    asked.consent()
    actions.withhold(asked.me, asked.home.family, whom=asked.offers[0].agency, classes=[FEELINGS], because="asked")
    with pytest.raises(WithheldFromThem):
        asked.send()
    assert [kept.who for kept in consents_of(asked.home.mother)[0].withheld] == ["First"]


def test_an_expired_consent_covers_nothing_more(asked: Desk) -> None:
    with moved(-5):
        asked.consent(days=4)
    with pytest.raises(NobodyAgreed):
        asked.send()
    assert consents_of(asked.home.mother)[0].consent.is_over


def test_what_was_opened_by_a_consent_closes_with_its_last_day(asked: Desk) -> None:
    consent = asked.consent(days=10)
    grant = actions.give_grant(
        asked.me, asked.home.family, to=asked.offers[0].agency, classes=[FEELINGS], purpose="referral",
        until=today() + timedelta(200),
    )  # fmt: skip
    assert (grant.consent, grant.until) == (consent, consent.until)


def test_a_refusal_is_kept_and_opens_nothing(asked: Desk) -> None:
    refused = asked.consent(days=-1)
    assert refused.state == Consent.State.REFUSED
    with pytest.raises(NobodyAgreed):
        asked.send()
    with pytest.raises(ConsentEnded):
        actions.withdraw_consent(asked.me, refused)


def test_withdrawing_takes_back_what_was_asked_and_closes_what_was_opened(asked: Desk) -> None:
    consent = asked.consent()
    taken, waiting = asked.send(), asked.send(1)
    with acting_for(asked.at("First").staff_id):
        actions.accept_referral(asked.at("First"), again_as_asked(taken), due=today())
    resting = ends_with(consent)
    assert [one.code for one in resting.referrals] == [taken.code, waiting.code], "shown before"
    actions.withdraw_consent(asked.me, consent)
    assert {again(one).state for one in (taken, waiting)} == {Referral.State.WITHDRAWN}
    assert again(taken).taken_back_because == "consent_ended"
    assert not Grant.objects.filter(ended_at=None).exists()
    with pytest.raises(ConsentEnded):
        actions.withdraw_consent(asked.me, consent)


def again_as_asked(referral: Referral) -> Referral:
    return Referral.objects.get(pk=referral.pk)


def test_a_renewed_consent_carries_what_it_still_covers_and_ends_the_rest(asked: Desk) -> None:
    first = asked.consent()
    kept, lost = asked.send(), asked.send(1)
    said = Answer(kinds=[], agencies=[kept.agency], classes=[IDENTITY, FEELINGS], language="ru",
                  until=today() + timedelta(300))  # fmt: skip
    second = actions.renew_consent(asked.me, first, said=said)
    first.refresh_from_db()
    assert (first.state, second.renews) == (Consent.State.RENEWED, first)
    assert (again(kept).consent, again(kept).state) == (second, Referral.State.SENT)
    assert again(lost).state == Referral.State.WITHDRAWN


def test_the_words_are_kept_as_they_stood_and_a_new_wording_is_a_new_version(
    asked: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = asked.consent(), asked.consent()
    assert first.terms == second.terms
    monkeypatch.setattr("panoh.casework.catalogue_entries.ConsentPurpose.terms", property(lambda _: "Other words."))
    third = asked.consent()
    assert (first.terms.version, third.terms.version) == (1, 2)
    assert "as easily as you say yes" in first.terms.text
    with acting_for(asked.home.worker.pk), pytest.raises(DatabaseError), transaction.atomic():
        ConsentTerms.objects.update(text="You agree to everything.")


def test_of_a_consent_nothing_but_its_end_is_ever_changed(asked: Desk) -> None:
    consent = asked.consent()
    for change in ({"until": today() + timedelta(900)}, {"classes": [IDENTITY, FieldClass.HEALTH]}, {"kinds": [1]}):
        with acting_for(asked.home.worker.pk), pytest.raises(DatabaseError), transaction.atomic():
            Consent.objects.filter(pk=consent.pk).update(**change)
    with acting_for(asked.home.worker.pk), pytest.raises(DatabaseError), transaction.atomic():
        consent.delete()


# --- who agrees --------------------------------------------------------------------------------------------------


def of_the_child(asked: Desk, **said: object) -> Consent:
    given = {"kinds": [Agency.Kind.SCHOOL], "agencies": [], "classes": [FieldClass.EDUCATION], "language": "uz",
             "until": today() + timedelta(100), "guardian": asked.home.mother, "evidence": "birth_record", "assent": 1,
             **said}  # fmt: skip
    return actions.record_consent(asked.me, asked.home.child, purpose="services", said=Answer(**given))  # type: ignore[arg-type]


def test_for_a_child_a_guardian_agrees_with_evidence_and_the_child_is_asked(asked: Desk) -> None:
    with pytest.raises(TooYoungToAgree):
        of_the_child(asked, guardian=None)
    with pytest.raises(NotTheGuardian):
        of_the_child(asked)
    actions.state_relationship(asked.home.boss, asked.home.mother, kind="parent", other=asked.home.child)
    with pytest.raises(GuardianNotChosen):
        of_the_child(asked, evidence="")
    with pytest.raises(ChildNotAsked):
        of_the_child(asked, assent=None)
    with pytest.raises(ChildNotAsked):
        of_the_child(asked, assent=Consent.Assent.NOT_ASKED)
    with pytest.raises(ChildSaysNo):
        of_the_child(asked, assent=Consent.Assent.NO)
    assert of_the_child(asked, assent=Consent.Assent.NO, until=None).state == Consent.State.REFUSED
    given = of_the_child(asked, assent=Consent.Assent.NOT_ASKED, not_asked_because="too_young")
    assert (given.given_by, given.guardian) == (Consent.GivenBy.GUARDIAN, asked.home.mother)


@pytest.mark.parametrize(("said", "why"), [
    ({"kinds": ()}, RecipientMissing),
    ({"classes": []}, NothingChosen),
    ({"days": 2000}, ConsentDayUnfit),
])  # fmt: skip
def test_a_consent_names_recipients_and_content_and_ends(asked: Desk, said: dict, why: type[Exception]) -> None:
    with pytest.raises(why):
        asked.consent(**said)


def test_only_who_leads_the_file_keeps_its_consents(asked: Desk) -> None:
    consent = asked.consent()
    stranger = make.actor("caseworker", "South")
    for step in (lambda: actions.withdraw_consent(stranger, consent), lambda: record_as(stranger, asked)):
        with pytest.raises((NotThere, NotAllowed)):
            step()
    with acting_for(stranger.staff_id):
        assert not Consent.objects.exists()
    with acting_for(asked.at("First").staff_id):
        assert not Consent.objects.exists(), "who is asked sees none either"


def record_as(actor: Actor, asked: Desk) -> None:
    said = Answer(kinds=[5], agencies=[], classes=[IDENTITY], language="uz", until=today())
    actions.record_consent(actor, asked.home.mother, purpose="services", said=said)


def test_people_are_asked_again_once_before_their_consent_ends(home: Home) -> None:
    made = desk(home)
    made.consent(days=40)
    with acting_for(None):
        assert actions.remind_of_consents(Actor.operator()) == 0
    with moved(30), acting_for(None):
        assert [actions.remind_of_consents(Actor.operator()) for _day in range(2)] == [1, 0]
    task = Task.objects.get(kind="consent_ends")
    assert (task.owner, task.due, task.family) == (home.worker, today() + timedelta(40), home.family)
