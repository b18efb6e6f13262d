"""A file is opened to whom it takes, for what it takes and until a day; what a family wants kept from somebody is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import AuditEntry, Staff
from panoh.access.refusals import NotAllowed, NotThere, Unknown
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.models import Grant, Need, Note
from panoh.casework.refusals import GrantDayUnfit, GrantToYourself, NothingChosen, WithheldFromThem
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import BY_LAW, Home, client_of
from panoh.vault.queries import Contact, open_identity, open_parts

pytestmark = pytest.mark.django_db

ALL = (FieldClass.IDENTITY, FieldClass.CARE, FieldClass.HEALTH, FieldClass.PSYCHOSOCIAL, FieldClass.LEGAL)


def give(home: Home, to: Staff, *classes: int, days: int = 7, changes: bool = False) -> Grant:
    until = today() + timedelta(days)
    return actions.give_grant(
        home.me, home.family, to=to, classes=classes, purpose="service_delivery", until=until, changes=changes,
        basis=BY_LAW,
    )  # fmt: skip


def helper(role: str) -> Staff:
    return make.hire(role, "South")


# --- grants ------------------------------------------------------------------------------------------------------


def test_a_psychologist_opens_the_file_and_finds_in_it_what_was_opened(home: Home) -> None:
    actions.record_need(home.boss, home.case, domain="health", urgency=1, words="A wound.")
    actions.record_need(home.boss, home.case, domain="adult_feelings", urgency=2, words="She sleeps badly.")
    actions.add_fact(home.boss, home.mother, fact=Contact("phone", "+998 00 555 01 02"))
    psychologist = helper("psychologist")
    client = client_of(Actor.of(psychologist))
    address = f"/families/{home.family.code}/"
    assert client.get(address).status_code == 404
    give(home, psychologist, FieldClass.IDENTITY, FieldClass.PSYCHOSOCIAL)
    shown = client.get(address).content.decode()
    assert "Gavharova Nodira" in shown
    assert "She sleeps badly." in shown
    assert "A wound." not in shown
    assert "555 01 02" not in client.get(f"/people/{home.mother.code}/").content.decode()
    assert client.get("/families/").content.decode().count(home.family.code)
    assert psychologist.display_name in client_of(home.me).get(address).content.decode(), "whoever sees it is named"


def test_a_grant_ends_on_its_day_by_itself_and_before_it_by_hand(home: Home) -> None:
    lawyer = helper("lawyer")
    address = f"/families/{home.family.code}/"
    grant = give(home, lawyer, FieldClass.LEGAL)
    assert client_of(Actor.of(lawyer)).get(address).status_code == 200
    actions.end_grant(home.me, grant)
    assert client_of(Actor.of(lawyer)).get(address).status_code == 404
    with moved(-30):
        give(home, lawyer, FieldClass.LEGAL, days=29)
    assert client_of(Actor.of(lawyer)).get(address).status_code == 404


def test_a_grant_to_one_colleague_opens_nothing_to_the_team(home: Home) -> None:
    give(home, helper("lawyer"), *ALL, changes=True)
    for role in ("lawyer", "caseworker", "supervisor", "regional_coordinator"):
        with acting_for(helper(role).pk):
            assert not Need.objects.exists()
            assert queries.Reader
        with pytest.raises(NotThere):
            queries.family_for(make.actor(role, "South"), home.family.code)


def test_a_grant_to_an_agency_opens_it_to_its_staff_within_their_roles(home: Home) -> None:
    clinic = make.agency("Clinic")
    until = today() + timedelta(7)
    actions.give_grant(home.me, home.family, to=clinic, classes=ALL, purpose="referral", until=until, basis=BY_LAW)
    home.need(domain="health")
    home.need(domain="lawyer")
    with acting_for(make.hire("health_worker", "Clinic").pk):
        assert set(Need.objects.values_list("domain", flat=True)) == {"health"}
    with acting_for(make.hire("health_worker", "Elsewhere").pk):
        assert not Need.objects.exists()


def test_what_is_wrong_with_a_grant_is_said(home: Home) -> None:
    lawyer, day = helper("lawyer"), today()

    def give_to(
        to: Staff, classes: tuple[int, ...] = (FieldClass.LEGAL,), by: Actor = home.me, **words: object
    ) -> None:
        given = {"purpose": "referral", "until": day, **words}
        actions.give_grant(by, home.family, to=to, classes=classes, basis=BY_LAW, **given)  # type: ignore[arg-type]

    with pytest.raises(GrantToYourself):
        give_to(home.worker)
    with pytest.raises(NothingChosen):
        give_to(lawyer, ())
    for until in (day - timedelta(1), day + timedelta(400)):
        with pytest.raises(GrantDayUnfit):
            give_to(lawyer, until=until)
    for purpose in ("", "investigation", "monitoring"):
        with pytest.raises(Unknown):
            give_to(lawyer, purpose=purpose)
    with pytest.raises(NotThere):
        give_to(lawyer, by=make.actor("caseworker", "South"))
    with pytest.raises(NotAllowed):
        give_to(lawyer, (FieldClass.SEALED_LEGAL,))
    assert not Grant.objects.exists()


def test_whoever_was_let_in_lets_nobody_else_in(home: Home) -> None:
    colleague = helper("caseworker")
    give(home, colleague, *ALL, changes=False)
    with pytest.raises(NotAllowed):
        actions.give_grant(
            Actor.of(colleague), home.family, to=helper("lawyer"), classes=[FieldClass.LEGAL], purpose="referral",
            until=today(),
        )  # fmt: skip


def test_a_helper_changes_only_what_was_opened_to_be_changed(home: Home) -> None:
    worker = Actor.of(helper("health_worker"))
    grant = give(home, Staff.objects.get(pk=worker.staff_id), FieldClass.HEALTH)
    with pytest.raises(NotAllowed):
        actions.record_need(worker, home.case, domain="health", urgency=1)
    actions.end_grant(home.me, grant)
    give(home, Staff.objects.get(pk=worker.staff_id), FieldClass.HEALTH, FieldClass.IDENTITY, changes=True)
    actions.record_need(worker, home.case, domain="health", urgency=1, words="Vaccinate.")
    with pytest.raises(NotAllowed):
        actions.record_need(worker, home.case, domain="lawyer", urgency=1)
    assert AuditEntry.objects.filter(staff=worker.staff_id, outcome=AuditEntry.Outcome.DENIED).count() == 2


# --- sealed notes ------------------------------------------------------------------------------------------------


def test_a_note_sealed_to_a_profession_is_read_by_it_alone(home: Home) -> None:
    one, other = helper("psychologist"), helper("psychologist")
    for staff in (one, other, lawyer := helper("lawyer")):
        give(home, staff, FieldClass.PSYCHOSOCIAL, FieldClass.LEGAL, changes=True)
    note = actions.write_note(Actor.of(one), home.family, text="What she told me.", for_profession=True)
    seen = {}
    for who in (one, other, lawyer, home.worker, make.hire("supervisor", "North"), make.hire("coordinator", "HQ")):
        with acting_for(who.pk):
            seen[who.role] = (Note.objects.filter(pk=note.pk).exists(), bool(open_parts([note.text_id])))
    assert seen == {
        "psychologist": (True, True), "lawyer": (False, False), "caseworker": (False, False),
        "supervisor": (False, False), "coordinator": (False, False),
    }  # fmt: skip
    shown = client_of(Actor.of(other)).get(f"/families/{home.family.code}/").content.decode()
    assert "What she told me." in shown
    assert "What she told me." not in client_of(home.me).get(f"/families/{home.family.code}/").content.decode()


def test_a_role_without_a_profession_seals_no_note(home: Home) -> None:
    with pytest.raises(NotAllowed):
        actions.write_note(home.me, home.family, text="Mine.", for_profession=True)
    assert "profession" not in client_of(home.me).get(f"/families/{home.family.code}/notes/new/").content.decode()


def test_forgetting_somebody_empties_the_sealed_notes_too(home: Home) -> None:
    psychologist = helper("psychologist")
    give(home, psychologist, FieldClass.PSYCHOSOCIAL, changes=True)
    actions.write_note(Actor.of(psychologist), home.family, text="Hers alone.", case=home.case, for_profession=True)
    make.close(home)
    actions.forget_person(home.boss, home.mother, reason="asked", confirmed=home.mother.code)
    with connection.cursor() as cursor:
        cursor.execute("select app.empty_parts(%s)", [home.mother.identity.key_id])
        assert cursor.fetchone() == (0,), "nothing was left to be emptied"


# --- withheld ----------------------------------------------------------------------------------------------------


def test_what_a_family_withholds_is_hidden_from_every_role(home: Home) -> None:
    home.need(domain="health")
    home.need(domain="lawyer")
    supervisor, chief, colleague = (
        make.hire("supervisor", "North"), make.hire("coordinator", "HQ"), make.hire("supervisor", "North"),
    )  # fmt: skip
    for one in (supervisor, chief):
        actions.withhold(home.me, home.family, whom=one, classes=[FieldClass.HEALTH], because="asked")
    for who, domains in ((supervisor, {"lawyer"}), (chief, {"lawyer"}), (colleague, {"health", "lawyer"})):
        with acting_for(who.pk):
            assert set(Need.objects.values_list("domain", flat=True)) == domains, who.role
    with acting_for(home.worker.pk):
        assert Need.objects.count() == 2


@pytest.mark.parametrize("whom", ["person", "agency"])
def test_a_whole_file_can_be_kept_from_a_relative_who_works_here(home: Home, whom: str) -> None:
    relative = make.hire("supervisor", "North")
    kept_from = relative if whom == "person" else relative.agency
    entry = actions.withhold(home.boss, home.family, whom=kept_from, classes=[FieldClass.FILE], because="relative")
    assert client_of(Actor.of(relative)).get(f"/families/{home.family.code}/").status_code == 404
    with acting_for(relative.pk):
        assert open_identity(Actor.of(relative), home.mother.identity_id, purpose="supervision").names == ()
    assert client_of(home.boss).get(f"/families/{home.family.code}/").status_code == 200
    actions.stop_withholding(home.boss, entry)
    assert client_of(Actor.of(relative)).get(f"/families/{home.family.code}/").status_code == 200


def test_no_grant_opens_what_is_withheld_from_whom_it_is_for(home: Home) -> None:
    lawyer = helper("lawyer")
    grant = give(home, lawyer, FieldClass.LEGAL)
    actions.withhold(home.me, home.family, whom=lawyer, classes=[FieldClass.FILE], because="safety")
    assert client_of(Actor.of(lawyer)).get(f"/families/{home.family.code}/").status_code == 404
    actions.end_grant(home.me, grant)
    with pytest.raises(WithheldFromThem):
        give(home, lawyer, FieldClass.LEGAL)


def test_what_is_added_after_it_was_withheld_is_hidden_as_well(home: Home) -> None:
    supervisor = make.hire("supervisor", "North")
    actions.withhold(home.me, home.family, whom=supervisor, classes=[FieldClass.CARE], because="asked")
    actions.write_note(home.me, home.family, text="Between us.")
    with acting_for(supervisor.pk):
        assert not Note.objects.exists()
        assert open_parts(Note._base_manager.values_list("text_id", flat=True)) == {}
    actions.assign_family(home.boss, home.family, worker=make.hire("caseworker", "North"))
    with acting_for(supervisor.pk):
        assert not Note.objects.exists(), "nor does a new lead worker change it"


# --- by hand -----------------------------------------------------------------------------------------------------


def test_a_file_is_opened_and_closed_on_its_page(home: Home) -> None:
    lawyer, client, day = helper("lawyer"), client_of(home.me), today() + timedelta(30)
    given = {"whom": f"s{lawyer.pk}", "purpose": "referral", "classes": ["6"], "until": day.isoformat()}
    address = f"/families/{home.family.code}/grants/new/"
    refused = client.post(address, given)
    assert refused.status_code == 409, "to another agency only by consent or by law"
    assert "Nobody agreed" in refused.content.decode()
    given |= {"legal_basis": "court", "reason": "Decided on 3 May."}
    assert client.post(address, given).status_code == 302
    grant = Grant.objects.get()
    assert set(grant.classes) == {FieldClass.FILE, FieldClass.LEGAL, FieldClass.SEALED_LEGAL}
    shown = client.get(f"/families/{home.family.code}/").content.decode()
    assert lawyer.display_name in shown
    assert f"/grants/{grant.code}/end/" in shown
    assert client.post(f"/grants/{grant.code}/end/").status_code == 302
    assert f"/grants/{grant.code}/end/" not in client.get(f"/families/{home.family.code}/").content.decode()


def test_what_is_withheld_is_named_on_its_page_and_taken_off_there(home: Home) -> None:
    other, client = make.hire("supervisor", "North"), client_of(home.me)
    given = {"whom": f"s{other.pk}", "classes": ["3"], "because": "asked"}
    assert client.post(f"/families/{home.family.code}/withheld/new/", given).status_code == 302
    (entry,) = home.family.withheld.all()
    assert f"/withheld/{entry.code}/end/" in client.get(f"/families/{home.family.code}/").content.decode()
    assert client.post(f"/withheld/{entry.code}/end/").status_code == 302
    assert not home.family.withheld.filter(ended_at=None).exists()
