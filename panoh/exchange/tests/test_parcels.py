"""A parcel holds what its sender signed, for us, in its row; it enters as theirs, and goes whole or not at all."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from panoh.access.instance_keys import check_code, own_age_key, own_key
from panoh.access.refusals import NotAllowed, Refusal
from panoh.access.tokens import acting_for
from panoh.exchange import actions, queries
from panoh.exchange.models import Parcel, ParcelStep, Partner, Position, Proposal
from panoh.exchange.parcels.documents import Thing, read_document, things_in
from panoh.exchange.parcels.files import packed, unpacked
from panoh.exchange.queries.parcels import ParcelShown, where_from
from panoh.exchange.refusals_parcels import (
    ChangedSince,
    CheckCodeOther,
    DoesNotFit,
    EarlierWaits,
    LaterTaken,
    NothingToSend,
    ParcelAltered,
    ParcelBroken,
    ParcelForAnother,
    ParcelFromUnknown,
    ParcelLocked,
    ParcelMissing,
    ParcelNewer,
    ParcelOver,
    ParcelRepeated,
    ParcelTwofold,
    ParcelUnreadable,
    PartnerByTwo,
    PartnerIsUs,
    PartnerKnown,
    PartnerNotTrusted,
    StandsOn,
)
from panoh.exchange.tests.make_parcels import Sender, of, partner, position, proposal, proposed, somebody
from panoh.plan import actions as plan
from panoh.plan.actions import Wanted
from panoh.plan.models import ActionBody, Area, Body, Change, Pillar, Plan, PlanAction, Revision
from panoh.plan.refusals import EditionStays
from panoh.plan.tests.make import adopted, english

pytestmark = pytest.mark.django_db
A, B = "R-0000-000A", "R-0000-000B"
DAY = date(2026, 11, 1)


def secretariat():
    return somebody("secretariat", "one")


def taken(by, sender: Sender, *things, **how) -> Parcel:
    return actions.take_in_parcel(by, actions.receive_parcel(by, sender.sends(*things)), **how)


@pytest.fixture(autouse=True)
def _looked_at_by_the_secretariat() -> Iterator[None]:
    """A draft is seen by its country and by whoever consolidates, so the tests look as one who does."""
    with acting_for(secretariat().staff_id):
        yield


def parcel_shown(by, parcel: Parcel) -> ParcelShown:
    with acting_for(by.staff_id):
        return queries.parcel_shown(by, parcel)


def what_would_leave(by, *to: Partner) -> list[Thing]:
    with acting_for(by.staff_id):
        return queries.what_would_leave(by, *to)


def words_of(parcel: Parcel) -> dict[str, int]:
    return parcel_shown(secretariat(), parcel).counts


# --- partners ----------------------------------------------------------------------------------------------------


def test_a_partner_is_trusted_once_a_second_person_hears_the_check_code_from_it() -> None:
    one, two, sender = secretariat(), somebody("focal_point", "two", "UZ"), Sender()
    made = actions.add_partner(one, name="Kazakhstan", country="KZ", key=sender.key)
    with pytest.raises(PartnerNotTrusted):
        actions.send_parcel(one, made)
    with pytest.raises(PartnerNotTrusted):
        actions.receive_parcel(one, sender.file(sender.document(proposal(A))))
    with pytest.raises(PartnerByTwo):
        actions.confirm_partner(one, made, check_code=made.check_code)
    with pytest.raises(CheckCodeOther):
        actions.confirm_partner(two, made, check_code=check_code(own_key()))
    heard = made.check_code.replace("-", " ").lower().replace("0", "o")
    assert actions.confirm_partner(two, made, check_code=heard).is_trusted
    with pytest.raises(PartnerKnown):
        actions.add_partner(one, name="Again", key=sender.key)
    with pytest.raises(PartnerIsUs):
        actions.add_partner(one, name="We", key=own_key())
    with pytest.raises(PartnerNotTrusted):
        actions.send_parcel(one, actions.end_partner(two, made))


def test_the_database_too_keeps_a_partners_key_and_who_confirms_it() -> None:
    one, made = secretariat(), partner(Sender())
    for change in ({"key": "0" * 64}, {"country": "TJ"}, {"confirmed_by_id": one.staff_id}):
        with pytest.raises(DatabaseError), acting_for(one.staff_id), transaction.atomic():
            Partner.objects.filter(pk=made.pk).update(**change)
    other = actions.add_partner(one, name="Other", key=Sender().key)
    with pytest.raises(DatabaseError), acting_for(one.staff_id), transaction.atomic():
        Partner.objects.filter(pk=other.pk).update(confirmed_by_id=one.staff_id, confirmed_at=made.confirmed_at)
    with acting_for(somebody("observer", "looks").staff_id):
        assert Partner.objects.filter(pk=made.pk).update(name="Mine") == 0


# --- what leaves -------------------------------------------------------------------------------------------------


def test_a_country_sends_its_own_and_the_region_all_without_who_spoke() -> None:
    boss, kz = secretariat(), somebody("focal_point", "kz", "KZ")
    adopted()
    ours = proposed(kz, "Ours", "KZ", proposer="Aliya Official")
    theirs = proposed(boss, "Theirs", "UZ")
    draft = actions.add_proposal(boss, title=english("Not told yet"), text=english("z"), country="UZ")
    for country, stance in (("KZ", 1), ("UZ", 3)):
        actions.take_position(boss, ours, stance=stance, taken_on=DAY, country=country, who="Bekzod Speaker")
    to = partner(Sender(), country="")
    sent = actions.send_parcel(kz, to)
    assert {thing.name for thing in things_in(read_document(sent.content.encode()))} == {
        f"proposal:{ours.code}", f"position:{ours.code}:KZ",
    }  # fmt: skip
    whole = actions.send_parcel(boss, to)
    names = {thing.name for thing in things_in(read_document(whole.content.encode()))}
    assert {"edition:jpoa", f"proposal:{theirs.code}", f"position:{ours.code}:UZ"} <= names
    assert f"proposal:{draft.code}" not in names
    assert not any(name in whole.content + sent.content for name in ("Aliya", "Bekzod", "kz", "one"))
    kept = actions.send_parcel(kz, to, leaving_out={f"position:{ours.code}:KZ"}, everything=True)
    assert (kept.number, ours.code in kept.content, '"position"' in kept.content) == (3, True, False)
    with pytest.raises(NothingToSend):
        actions.send_parcel(kz, to, leaving_out={thing.name for thing in what_would_leave(kz)}, everything=True)


def test_a_partner_is_told_once_what_stays_the_same_and_again_what_changed() -> None:
    kz, to = somebody("focal_point", "kz", "KZ"), partner(Sender(), country="")
    ours = proposed(kz, "Ours", "KZ")
    actions.send_parcel(kz, to)
    with pytest.raises(NothingToSend):
        actions.send_parcel(kz, to)
    actions.take_position(kz, ours, stance=1, taken_on=DAY, country="KZ")
    assert [thing.name for thing in what_would_leave(kz, to)] == [f"position:{ours.code}:KZ"]
    actions.send_parcel(kz, to)
    actions.take_position(kz, ours, stance=2, taken_on=DAY, country="KZ")
    actions.send_parcel(kz, to)
    actions.take_position(kz, ours, stance=1, taken_on=DAY, country="KZ")
    assert [thing.name for thing in what_would_leave(kz, to)] == [f"position:{ours.code}:KZ"]
    assert actions.send_parcel(kz, to, everything=True).number == 4


def test_the_same_parcel_is_the_same_file_and_is_opened_by_its_partner_alone_where_it_has_a_key_of_age() -> None:
    kz = somebody("focal_point", "kz", "KZ")
    proposed(kz, "Ours", "KZ")
    plain = actions.send_parcel(kz, partner(Sender(), country=""))
    assert actions.fetch_parcel(kz, plain) == actions.fetch_parcel(kz, plain)
    elsewhere = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
    locked = actions.send_parcel(kz, partner(Sender(), country="", age_key=elsewhere))
    with pytest.raises(ParcelLocked):
        unpacked(actions.fetch_parcel(kz, locked))
    for_us = packed(plain.content.encode(), plain.signature, lock_to=own_age_key())
    assert unpacked(for_us).document == plain.content.encode()


# --- what comes --------------------------------------------------------------------------------------------------


def test_a_forged_altered_replayed_or_misdirected_parcel_is_named_and_kept_out() -> None:
    boss, sender, stranger = secretariat(), Sender(), Sender()
    partner(sender)
    good = sender.document(proposal(A))
    file = sender.file(good)
    altered = sender.document(proposal(A, title="Joint traps"))
    signed = unpacked(file)
    tries = [
        (ParcelFromUnknown, stranger.sends(proposal(A))),
        (ParcelAltered, packed(unpacked(sender.file(altered)).document, signed.signature)),
        (ParcelAltered, stranger.file(good)),
        (ParcelForAnother, sender.file(sender.document(proposal(A), recipient=stranger.key))),
        (ParcelUnreadable, b"PK\x03\x04 no zip"),
        (ParcelUnreadable, file[: len(file) // 2]),
        (ParcelUnreadable, packed(signed.document.replace(b'":', b'": ', 1), signed.signature)),
    ]
    for refusal, tried in tries:
        with pytest.raises(refusal):
            actions.receive_parcel(boss, tried)
    assert not Parcel.objects.exists()
    assert ParcelStep.objects.filter(what=ParcelStep.What.REFUSED).count() == len(tries)
    assert actions.receive_parcel(boss, file).state == Parcel.State.WAITING
    with pytest.raises(ParcelRepeated):
        actions.receive_parcel(boss, file)
    with pytest.raises(ParcelTwofold):
        actions.receive_parcel(boss, sender.file(altered))


def test_a_missing_parcel_and_a_row_that_does_not_follow_are_named() -> None:
    boss, sender = secretariat(), Sender()
    partner(sender)
    first, second = sender.sends(proposal(A)), sender.sends(proposal(B))
    with pytest.raises(ParcelMissing) as missing:
        actions.receive_parcel(boss, second)
    assert "Parcel 1 of Instance of KZ is missing; this is number 2." in str(missing.value)
    actions.receive_parcel(boss, first)
    with pytest.raises(ParcelBroken):
        actions.receive_parcel(boss, sender.file(sender.document(proposal(B), number=2, before="0" * 64)))
    later = actions.receive_parcel(boss, second)
    with pytest.raises(EarlierWaits):
        actions.take_in_parcel(boss, later)


def test_a_parcel_of_a_kind_or_version_that_is_not_known_is_refused_whole() -> None:
    boss, sender = secretariat(), Sender()
    partner(sender)
    for change in ({"kind": "person"}, {"version": 9}):
        contents = tuple(part.model_copy(update=change) for part in sender.document(proposal(A)).contents)
        with pytest.raises(ParcelNewer):
            actions.receive_parcel(boss, sender.file(sender.document(contents=contents)))


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reading_of_parcels(file: bytes) -> None:
    with pytest.raises(Refusal):
        unpacked(file)


def test_a_file_that_swells_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("parcel.json", b"0" * (21 * 1024 * 1024))
        zipped.writestr("parcel.sig", "00")
    with pytest.raises(ParcelUnreadable):
        unpacked(out.getvalue())


# --- taking in ---------------------------------------------------------------------------------------------------


def test_what_came_enters_as_the_countrys_own_and_says_where_from() -> None:
    boss, sender = secretariat(), Sender()
    made = partner(sender)
    parcel = taken(boss, sender, proposal(A), position(A, stance=2, statement="With a date."))
    found = Proposal.objects.get(code=A)
    assert (found.country, str(found.title), found.state) == ("KZ", "Joint training", Proposal.State.CIRCULATED)
    assert found.positions.get().get_stance_display() == "supports with changes"
    assert where_from("proposal", [A, B])[A].parcel.partner == made
    client = Client()
    client.force_login(boss.staff)
    page = client.get(f"/exchange/proposals/{A}/").content.decode()
    assert "It came in a parcel from Instance of KZ." in page
    assert "came in a parcel from Instance of KZ</div>" in page
    actions.take_position(boss, found, stance=1, taken_on=date(2026, 11, 2), country="KZ", statement="Here.")
    assert "came in a parcel from Instance of KZ</div>" not in client.get(f"/exchange/proposals/{A}/").content.decode()
    with pytest.raises(ParcelOver):
        actions.take_in_parcel(boss, parcel)
    again = actions.receive_parcel(boss, sender.sends(proposal(A), position(A, stance=2, statement="With a date.")))
    assert words_of(again) == {"new": 0, "changed": 0, "same": 1, "conflict": 1}
    actions.take_in_parcel(boss, again)
    assert (Proposal.objects.count(), Position.objects.count(), again.arrived.count()) == (1, 2, 0)


def test_a_newer_position_replaces_the_last_which_stays_to_be_read() -> None:
    boss, sender = secretariat(), Sender()
    partner(sender)
    taken(boss, sender, proposal(A), position(A, stance=3))
    parcel = actions.receive_parcel(boss, sender.sends(position(A, stance=1)))
    assert words_of(parcel) == {"new": 0, "changed": 1, "same": 0, "conflict": 0}
    actions.take_in_parcel(boss, parcel)
    assert list(Position.objects.values_list("stance", "is_current").order_by("pk")) == [(3, False), (1, True)]
    actions.take_back_parcel(boss, parcel)
    assert list(Position.objects.values_list("stance", "is_current")) == [(3, True)]


def test_a_country_says_nothing_for_another_and_nothing_for_the_region() -> None:
    boss, sender = secretariat(), Sender()
    partner(sender)
    parcel = actions.receive_parcel(boss, sender.sends(proposal(A, country="UZ"), proposal(B)))
    shown = parcel_shown(boss, parcel)
    assert [(one.thing.key, one.can_be_taken) for one in shown.conflicts] == [(A, False)]
    assert "not for Instance of KZ to say" in shown.conflicts[0].why
    actions.take_in_parcel(boss, parcel, over={f"proposal:{A}"})
    assert [one.code for one in Proposal.objects.all()] == [B]


def test_what_was_changed_here_too_is_a_conflict_in_which_a_person_decides() -> None:
    boss, sender = secretariat(), Sender()
    partner(sender)
    taken(boss, sender, proposal(A), proposal(B))
    with acting_for(boss.staff_id):
        Proposal.objects.update(title=english("Reworded here"))
    parcel = actions.receive_parcel(boss, sender.sends(proposal(A, title="New"), proposal(B, title="New")))
    shown = parcel_shown(boss, parcel)
    assert shown.counts == {"new": 0, "changed": 0, "same": 0, "conflict": 2}
    assert [name for name, _here, _came in shown.conflicts[0].differences] == ["title", "text"]
    actions.take_in_parcel(boss, parcel, over={f"proposal:{B}"})
    assert {one.code: str(one.title) for one in Proposal.objects.all()} == {A: "Reworded here", B: "New"}


def test_a_country_keeps_what_is_its_own_to_say_when_the_region_sends_it_otherwise() -> None:
    uz, sender = somebody("focal_point", "uz", "UZ"), Sender()
    partner(sender, country="")
    mine = proposed(uz, "Mine", "UZ")
    parcel = actions.receive_parcel(uz, sender.sends(proposal(mine.code, country="UZ"), proposal(A, country="KZ")))
    shown = parcel_shown(uz, parcel)
    assert [(one.thing.key, one.why) for one in shown.conflicts] == [
        (mine.code, "This is ours to say, and stands here in other words.")
    ]
    actions.take_in_parcel(uz, parcel)
    assert {one.code: str(one.title) for one in Proposal.objects.all()} == {mine.code: "Mine", A: "Joint training"}


def test_another_countrys_proposal_reaches_a_third_as_it_circulates_and_may_come_again() -> None:
    uz, sender = somebody("focal_point", "uz", "UZ"), Sender()
    partner(sender, country="")
    things = (proposal(A), of("decision", proposal=A, state=5, merged_into=""), position(A))
    taken(uz, sender, *things)
    with acting_for(uz.staff_id):
        assert Proposal.objects.get(code=A).positions.count() == 1
    again = actions.receive_parcel(uz, sender.sends(*things))
    assert parcel_shown(uz, again).counts == {"new": 0, "changed": 0, "same": 3, "conflict": 0}


def test_a_thing_that_the_database_refuses_leaves_nothing_of_the_parcel() -> None:
    boss, sender = secretariat(), Sender()
    partner(sender)
    parcel = actions.receive_parcel(boss, sender.sends(proposal(A), proposal("R-FAR-TOO-LONG-FOR-ONE")))
    with pytest.raises(DoesNotFit):
        actions.take_in_parcel(boss, parcel)
    parcel.refresh_from_db()
    assert (parcel.state, Proposal.objects.exists()) == (Parcel.State.WAITING, False)


# --- taking back -------------------------------------------------------------------------------------------------


def test_a_parcel_is_taken_back_until_something_stands_on_it_or_changed_it() -> None:
    boss, sender = secretariat(), Sender()
    partner(sender)
    first = taken(boss, sender, proposal(A))
    second = taken(boss, sender, proposal(A), proposal(B))
    with pytest.raises(LaterTaken):
        actions.take_back_parcel(boss, first)
    actions.take_back_parcel(boss, second)
    assert [one.code for one in Proposal.objects.all()] == [A]
    actions.take_position(boss, Proposal.objects.get(), stance=1, taken_on=DAY, country="UZ")
    with pytest.raises(StandsOn, match="stands on it"):
        actions.take_back_parcel(boss, first)
    with acting_for(boss.staff_id):
        Proposal.objects.update(title=english("Reworded here"))
    with pytest.raises(ChangedSince):
        actions.take_back_parcel(boss, first)
    first.refresh_from_db()
    assert first.state == Parcel.State.TAKEN


def test_an_edition_of_the_region_comes_into_force_and_a_later_one_does_not_go_back() -> None:
    kz, boss, sender = somebody("focal_point", "kz", "KZ"), secretariat(), Sender()
    found = adopted()
    body = plan.add_body(boss, code="unodc", name=english("UNODC"), kind=2)
    plan.name_bodies(boss, found.actions.get(code="1.1.1"), parts={1: [body]})
    first = what_would_leave(boss)
    revision = plan.begin_revision(boss, found)
    plan.propose_change(
        boss, revision, of=found.actions.get(code="4.1.1"), to=Wanted("4.1", "4.1.1", english("Courts"))
    )
    plan.propose_change(boss, revision, of=found.actions.get(code="1.1.2"))
    plan.propose_change(boss, revision, to=Wanted("4.1", "4.1.2", english("Lawyers"), parent="4.1.1"))
    plan.adopt_revision(boss, revision, on=DAY)
    second = what_would_leave(boss)
    _empty_the_plan()
    partner(sender, country="")
    parcel = taken(kz, sender, *first)
    assert [one.code for one in Plan.objects.get().actions.all()] == ["1.1.1", "1.1.2", "4.1.1"]
    actions.take_back_parcel(kz, parcel)
    assert not Plan.objects.exists()
    taken(kz, sender, *first)
    parcel = actions.receive_parcel(kz, sender.sends(*second))
    assert words_of(parcel) == {"new": 0, "changed": 1, "same": 1, "conflict": 0}
    actions.take_in_parcel(kz, parcel)
    now = Plan.objects.get()
    assert now.edition == 2
    assert [(a.code, str(a.text), a.since, a.edition) for a in now.actions.filter(until=None).order_by("code")] == [
        ("1.1.1", "Dialogue", 1, 1), ("4.1.1", "Courts", 1, 2), ("4.1.2", "Lawyers", 2, 2),
    ]  # fmt: skip
    assert now.actions.get(code="1.1.1").bodies.get().body.code == "unodc"
    assert [thing.item for thing in what_would_leave(boss)] == [thing.item for thing in second]
    with pytest.raises(EditionStays):
        actions.take_back_parcel(kz, parcel)


def _empty_the_plan() -> None:
    with acting_for(secretariat().staff_id):
        for model in (Change, ActionBody):
            model.objects.all().delete()
        while PlanAction.objects.exists():
            PlanAction.objects.filter(parts=None).delete()
        for model in (Revision, Area, Pillar, Plan, Body):
            model.objects.all().delete()


# --- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["observer", "expert", "plan_editor", "caseworker"])
def test_who_does_not_exchange_parcels_signs_none_and_takes_none_in(role: str) -> None:
    boss, other, sender = secretariat(), somebody(role, role), Sender()
    parcel = actions.receive_parcel(boss, [partner(sender), sender.sends(proposal(A))][1])
    for step in (actions.take_in_parcel, actions.decline_parcel, actions.take_back_parcel):
        with pytest.raises(NotAllowed):
            step(other, parcel)
    with acting_for(other.staff_id):
        assert Parcel.objects.filter(pk=parcel.pk).update(state=Parcel.State.TAKEN) == 0


def test_the_log_and_the_document_of_a_parcel_are_never_changed_and_no_half_taken_parcel_is_kept() -> None:
    boss, sender = secretariat(), Sender()
    partner(sender)
    parcel = taken(boss, sender, proposal(A))
    for change in (
        lambda: ParcelStep.objects.update(why="x"), lambda: ParcelStep.objects.all().delete(),
        lambda: Parcel.objects.filter(pk=parcel.pk).update(content="{}"), lambda: parcel.arrived.all().delete(),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), acting_for(boss.staff_id), transaction.atomic():
            change()

    def leave_it_half_taken() -> None:
        with acting_for(boss.staff_id), transaction.atomic():
            Parcel.objects.filter(pk=parcel.pk).update(state=Parcel.State.TAKING)
            connection.cursor().execute("set constraints all immediate")

    with pytest.raises(DatabaseError, match="within one step"):
        leave_it_half_taken()
    assert [one.get_what_display() for one in parcel.steps.all()] == ["taken in", "arrived"]
    assert json.loads(parcel.content)["panoh"] == "parcel"
