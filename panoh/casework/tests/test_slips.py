"""An office without an account answers by a code: it is shown the service alone, and learns nothing by guessing."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pypdf
import pytest
from django.test import Client

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import Agency, AuditEntry
from panoh.access.tokens import acting_for
from panoh.casework import actions
from panoh.casework.models import Referral, ServiceRefusal, Slip, Via
from panoh.casework.neutral import label_in, require_neutral
from panoh.casework.queries.referrals import referral_for, referral_shown
from panoh.casework.refusals_referrals import LabelInIt, NameNotAgreed, NotAtThisState
from panoh.casework.tests.asking import FEELINGS, Desk, again, desk
from panoh.casework.tests.factories import Home, client_of

pytestmark = pytest.mark.django_db
State = Referral.State


@pytest.fixture
def asked(home: Home) -> Desk:
    made = desk(home, via=Via.SLIP)
    made.consent(classes=[FEELINGS, FieldClass.IDENTITY])
    return made


def made_for(asked: Desk, **given: object) -> actions.MadeSlip:
    with acting_for(asked.home.worker.pk):
        return actions.make_slip(asked.me, asked.send(), **given)  # type: ignore[arg-type]


def answered(code: str, **given: object) -> tuple[int, str]:
    answer = Client().post("/answer/", {"code": code, **given})
    return answer.status_code, answer.content.decode()


def test_a_code_shows_the_service_and_nothing_of_whom_it_is_for(asked: Desk) -> None:
    slip = made_for(asked)
    status, page = answered(slip.code.lower().replace("-", " "))
    assert status == 200
    assert "Group" in page or asked.offers[0].agency.name in page
    home = asked.home
    hidden = ("Gavharova", "Nodira", home.family.code, home.mother.code, home.case.code, slip.referral.code, "Panoh")
    for word in (*hidden, home.worker.agency.name, home.worker.display_name, "sleeps"):
        assert word not in page.replace("/static/panoh", ""), word
    assert Client().get(f"/answer/{slip.code}/").content.decode().count(asked.offers[0].agency.name) == 1


def test_an_answer_comes_back_and_is_read_by_whoever_leads_the_file(asked: Desk) -> None:
    slip = made_for(asked)
    day = today() + timedelta(4)
    status, page = answered(slip.code, answer="accept", due=day, words="Room 4.")
    assert (status, "Thank you" in page) == (200, True)
    taken = again(slip.referral)
    assert (taken.state, taken.due, taken.grant_id) == (State.ACCEPTED, day, None), "no file opens to it"
    answered(slip.code, answer="done", words="She came six times.")
    with acting_for(asked.home.worker.pk):
        shown = referral_shown(asked.me, referral_for(asked.me, slip.referral.code))
    assert (shown.referral.state, shown.said, shown.feedback) == (State.COMPLETED, "Room 4.", "She came six times.")
    assert answered(slip.code)[0] == 422, "used"


def test_a_refusal_from_outside_needs_a_reason_and_another_way_is_looked_for(asked: Desk) -> None:
    slip = made_for(asked)
    assert answered(slip.code, answer="decline")[0] == 422
    assert answered(slip.code, answer="decline", because="no_place", words="In May.")[0] == 200
    refusal = ServiceRefusal.objects.get()
    assert (refusal.because, refusal.recorded_by, again(slip.referral).state) == ("no_place", None, State.DECLINED)
    with acting_for(None):
        second = actions.pass_on(Actor.operator(), slip.referral)
    assert second is not None
    assert second.agency.name == "Second"


def test_wrong_absent_used_and_expired_codes_get_one_and_the_same_answer(asked: Desk) -> None:
    slip = made_for(asked)
    wrong = slip.code[:-1] + ("0" if slip.code[-1] != "0" else "1")
    told = {kind: answered(code) for kind, code in {"absent": "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ", "wrong": wrong}.items()}
    told["number alone"] = answered(slip.code[:7])
    told["link"] = (answer := Client().get(f"/answer/{wrong}/")).status_code, answer.content.decode()
    with moved(31):
        told["over"] = answered(slip.code)
    answered(slip.code, answer="done", words="")
    told["used"] = answered(slip.code)
    told["used, with an answer"] = answered(slip.code, answer="accept")
    pages = {kind: (status, _without_token(page)) for kind, (status, page) in told.items()}
    assert len(set(pages.values())) == 1, {kind: status for kind, (status, _) in pages.items()}


def _without_token(page: str) -> str:
    return re.sub(r'value="[\w-]{16,}"', "", page)


def test_after_five_wrong_tries_the_right_code_is_taken_no_more(asked: Desk) -> None:
    slip = made_for(asked)
    for letter in "01234":
        answered(slip.code[:-4] + letter * 4)
    assert answered(slip.code)[0] == 422
    assert Slip.objects.get().wrong_tries == 5


def test_of_a_code_only_a_digest_is_kept_and_a_new_one_ends_it(asked: Desk) -> None:
    slip = made_for(asked)
    secret = slip.code.replace("-", "")[6:]
    kept = Slip.objects.get()
    assert secret not in "".join(str(value) for value in vars(kept).values())
    assert not AuditEntry.objects.filter(about__contains=secret).exists()
    with acting_for(asked.home.worker.pk):
        actions.make_slip(asked.me, slip.referral)
    assert answered(slip.code)[0] == 422


def test_tries_from_one_address_are_limited(asked: Desk, settings) -> None:
    client = Client()
    statuses = [client.post("/answer/", {"code": "ABCD"}).status_code for _ in range(22)]
    assert statuses[0] == 422
    assert statuses[-1] == 429


def test_a_slip_is_for_who_leads_the_file_and_for_offices_outside(home: Home) -> None:
    asked = desk(home)
    asked.consent()
    with pytest.raises(NotAtThisState):
        made_for(asked)


# --- paper -------------------------------------------------------------------------------------------------------


def words_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_the_slip_names_the_service_and_the_code_and_a_name_only_where_that_was_agreed(asked: Desk) -> None:
    sent = asked.send()
    worker = client_of(asked.me)
    printed = worker.post(f"/referrals/{sent.code}/slip/", {})
    assert printed["Content-Type"] == "application/pdf"
    assert "Gavharova" not in printed["Content-Disposition"]
    words = words_of(printed.content)
    assert "Request for help" in words
    assert label_in(words) is None
    assert not any(hidden in words for hidden in ("Gavharova", "Panoh", asked.home.family.code))
    assert "Gavharova" in words_of(worker.post(f"/referrals/{sent.code}/slip/", {"is_named": "on"}).content)


def test_no_name_stands_on_a_slip_against_the_consent_or_without_one(home: Home) -> None:
    asked = desk(home, via=Via.SLIP)
    asked.consent(classes=[FEELINGS])
    sent = asked.send(classes=[])
    with acting_for(asked.home.worker.pk), pytest.raises(NameNotAgreed):
        actions.make_slip(asked.me, sent, is_named=True)
    other = asked.send(1, classes=[], basis=asked.by_law())
    with acting_for(asked.home.worker.pk), pytest.raises(NameNotAgreed):
        actions.make_slip(asked.me, other, is_named=True)


def test_an_office_whose_name_tells_where_somebody_was_is_on_no_slip(asked: Desk) -> None:
    Agency.objects.filter(pk=asked.offers[0].agency_id).update(name="Centre for returnees from Syria")
    asked.offers[0].refresh_from_db()
    with pytest.raises(LabelInIt):
        made_for(asked)


def test_the_receipt_says_what_was_agreed_in_the_words_that_were_read(asked: Desk) -> None:
    consent = asked.consent(kinds=(Agency.Kind.SCHOOL,))
    words = words_of(client_of(asked.me).post(f"/consents/{consent.code}/receipt/").content).replace("\n", " ")
    for told in (consent.code, "school or education department", "psychosocial help", "as easily as you say yes now"):
        assert told in words
    assert "Gavharova" not in words
    assert label_in(words) is None


# --- words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "returnee family", "Returned from Syria", "repatriated in 2019", "terrorist's wife", "lived in a camp", "Al-Hol",
    "дети боевиков", "возвращенные из Сирии", "репатриантка", "Лагерь беженцев", "из зоны боевых действий",
    "Suriyadan qaytganlar", "Сурияда бўлган", "жангари хотини", "оралман", "Сириядан", "лаңкестік", "качкындар",
    "ҷангҷӯ", "аз Сурия баргаштагон", "Siriýadan gelen", "العائدون من سوريا", "مخيم الهول", "أرملة مقاتل",
])  # fmt: skip
def test_a_label_is_found_in_every_language_and_form(text: str) -> None:
    assert label_in(text) is not None
    with pytest.raises(LabelInIt):
        require_neutral(["Help with school", text])


@pytest.mark.parametrize("text", [
    "Help with school for a girl of nine", "Both lower extremities hurt", "Помощь с документами", "Summer day camp",
    "Psixolog yordami", "Консультация врача", "Балаға көмек", "مساعدة طبية", "She sleeps badly.",
])  # fmt: skip
def test_what_says_what_is_needed_passes(text: str) -> None:
    assert label_in(text) is None
