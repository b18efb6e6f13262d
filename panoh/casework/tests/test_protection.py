"""A protected file is not seen from the region; who may protect it says why, and the database lets nobody else."""

from __future__ import annotations

import json

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from panoh.access.entrances import Actor
from panoh.access.models import Agency, AuditEntry, District
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.models import Family, Note
from panoh.casework.refusals import NoteEmpty, NotProtected, ProtectedAlready
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import SERVICE, Home, client_of, tomorrow
from panoh.casework.tests.fenced import everything, filed

pytestmark = pytest.mark.django_db

WHY = "Her brother works there."


@pytest.fixture
def regional() -> Actor:
    """Give who looks after the region of agency North."""
    place = District.objects.order_by("code").first()
    for name in ("North", "Region"):
        make.agency(name)
    Agency.objects.filter(name__in=["North", "Region"]).update(district=place)
    return make.actor("regional_coordinator", "Region")


@pytest.fixture
def supervisor() -> Actor:
    return make.actor("supervisor", "North")


def test_a_protected_file_is_gone_for_the_region_in_every_table(regional: Actor, supervisor: Actor) -> None:
    home = filed(make.actor("coordinator", "Coordination"), "North")
    with acting_for(regional.staff_id):
        assert home.family.pk in {row[0] for row in everything()["casework_note"]}
    actions.protect_family(supervisor, home.family, reason=WHY)
    with acting_for(regional.staff_id):
        assert all(home.family.pk not in {row[0] for row in rows} for rows in everything().values())
    with acting_for(regional.staff_id), pytest.raises(NotThere):
        queries.family_for(regional, home.family.code)
    with acting_for(home.worker.pk):
        assert home.family.pk in {row[0] for row in everything()["casework_note"]}
    actions.end_protection(supervisor, home.family, reason="He left.")
    with acting_for(regional.staff_id):
        assert queries.family_for(regional, home.family.code) == home.family


@pytest.mark.parametrize("role", ["caseworker", "regional_coordinator", "reception_officer", "supervisor of another"])
def test_the_database_lets_nobody_else_protect_a_file_or_end_that(
    home: Home, regional: Actor, supervisor: Actor, role: str
) -> None:
    others = {
        "caseworker": home.me,
        "regional_coordinator": regional,
        "reception_officer": make.actor("reception_officer", "North"),
        "supervisor of another": make.actor("supervisor", "South"),
    }
    for sensitivity in (1, 0):
        with acting_for(others[role].staff_id), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(
                        "update casework_family set sensitivity = %s where id = %s", [sensitivity, home.family.pk]
                    )
                    changed = cursor.rowcount
            except DatabaseError:
                changed = 0
        assert changed == 0
        if sensitivity:
            actions.protect_family(supervisor, home.family, reason=WHY)
    assert Family.objects.get(pk=home.family.pk).is_protected


def test_only_who_leads_the_file_and_may_say_so_protects_it(home: Home, regional: Actor) -> None:
    for someone, refusal in (
        (home.me, NotAllowed),
        (regional, NotAllowed),
        (make.actor("supervisor", "South"), NotThere),
    ):
        with pytest.raises(refusal):
            actions.protect_family(someone, home.family, reason=WHY)
        assert AuditEntry.objects.filter(staff=someone.staff_id, step="family.protect", outcome=2).exists()


def test_why_stands_in_the_file_and_who_did_it_in_the_audit(home: Home, supervisor: Actor) -> None:
    actions.protect_family(supervisor, home.family, reason=WHY)
    note = Note.objects.get(family=home.family)
    assert note.by_id == supervisor.staff_id
    assert WHY in client_of(supervisor).get(f"/families/{home.family.code}/").content.decode()
    entry = AuditEntry.objects.get(step="family.protect")
    assert (entry.staff_id, entry.about) == (supervisor.staff_id, home.family.code)


def test_it_is_said_why_and_once(home: Home, supervisor: Actor) -> None:
    with pytest.raises(NoteEmpty):
        actions.protect_family(supervisor, home.family, reason=" ")
    with pytest.raises(NotProtected):
        actions.end_protection(supervisor, home.family, reason=WHY)
    actions.protect_family(supervisor, home.family, reason=WHY)
    with pytest.raises(ProtectedAlready):
        actions.protect_family(supervisor, home.family, reason=WHY)


def test_what_the_region_had_to_do_goes_to_the_lead_worker(home: Home, regional: Actor, supervisor: Actor) -> None:
    step = actions.plan_step(regional, home.need(), service=SERVICE, due=tomorrow())
    type(step).objects.filter(pk=step.pk).update(responsible=regional.staff_id)
    actions.protect_family(supervisor, home.family, reason=WHY)
    step.refresh_from_db()
    assert step.responsible == home.worker


def test_before_it_is_confirmed_the_page_says_who_still_sees_it_and_who_does_not(home: Home, supervisor: Actor) -> None:
    client, address = client_of(supervisor), f"/families/{home.family.code}/protect/"
    text = client.get(address).content.decode()
    assert "No longer sees it: Regional coordinator" in text
    assert f"Still sees it: {home.worker}" in text
    assert "No longer sees it: Supervisor" not in text
    assert client.post(address, {"reason": WHY}).status_code == 302
    page = client.get(f"/families/{home.family.code}/").content.decode()
    assert "End the protection" in page
    assert "mark-ask" in page
    text = client.get(f"{address}end/").content.decode()
    assert "Sees it again: Regional coordinator" in text
    assert client.post(f"{address}end/", {"reason": "He left."}).status_code == 302
    assert not Family.objects.get(pk=home.family.pk).is_protected


def test_no_button_for_who_may_not(home: Home) -> None:
    assert "Protect this file" not in client_of(home.me).get(f"/families/{home.family.code}/").content.decode()


def test_the_same_over_http(home: Home, supervisor: Actor) -> None:
    client, address = client_of(supervisor), f"/api/v1/families/{home.family.code}"
    said = {"data": json.dumps({"reason": WHY}), "content_type": "application/json"}
    assert client.post(f"{address}/protection", **said).status_code == 204
    assert client.get(address).json()["is_protected"] is True
    assert client.post(f"{address}/protection", **said).json()["code"] == "casework.protected-already"
    assert client.post(f"{address}/protection/end", **said).status_code == 204
    assert client_of(home.me).post(f"{address}/protection", **said).status_code == 403
