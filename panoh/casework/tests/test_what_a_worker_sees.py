"""Whoever leads workers sees what one of them sees, and never more than they see by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import AuditEntry, Staff
from panoh.access.queries import staff_for
from panoh.access.refusals import NotThere
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.models import Grant
from panoh.casework.queries.seeing import seen_by, workers
from panoh.casework.refusals import WorkerSeesMore
from panoh.casework.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def looker() -> Actor:
    return make.actor("supervisor", "North")


def sees(looker: Actor, worker: Staff) -> tuple[set[str], set[str]]:
    """Return the codes of the families a looker is shown of a worker, and what is to be done in them."""
    with acting_for(looker.staff_id):
        seen = seen_by(looker, staff_for(looker, worker.username))
    return (
        {row.family.code for row in seen.families.rows},
        {item.family_code for part in seen.parts.values() for item in part.items},
    )


def busy(home: make.Home) -> make.Home:
    actions.set_task(home.boss, home.family, kind="call", due=today())
    return home


def give(home: make.Home, helper: Staff, *classes: FieldClass) -> None:
    Grant.objects.create(
        family=home.family, staff=helper, purpose="service_delivery", classes=[FieldClass.FILE, *classes],
        until=today() + timedelta(7), given_by=home.worker, changes=False,
    )  # fmt: skip


def test_a_supervisor_sees_what_a_worker_of_the_agency_sees_and_of_nobody_else(boss: Actor, looker: Actor) -> None:
    own, colleagues, foreign = (busy(make.home(boss, at=at)) for at in ("North", "North", "South"))
    for home in (own, colleagues):
        assert sees(looker, home.worker) == ({home.family.code}, {home.family.code})
    with pytest.raises(NotThere):
        sees(looker, foreign.worker)
    assert sees(boss, foreign.worker) == ({foreign.family.code}, {foreign.family.code})


def test_a_file_that_is_granted_to_the_worker_alone_is_not_shown(boss: Actor, looker: Actor) -> None:
    own, foreign = (busy(make.home(boss, at=at)) for at in ("North", "South"))
    give(foreign, own.worker, FieldClass.CARE, FieldClass.IDENTITY)
    with acting_for(own.worker.pk):
        assert queries.families_page(own.me).total == 2
    assert sees(looker, own.worker) == ({own.family.code}, {own.family.code})
    assert sees(boss, own.worker)[0] == {own.family.code, foreign.family.code}


def test_what_is_withheld_from_the_looker_or_from_the_worker_is_not_shown(boss: Actor, looker: Actor) -> None:
    homes = [busy(make.home(boss, at="North")) for _ in range(3)]
    worker = homes[0].worker
    for home in homes[1:]:
        actions.assign_family(boss, home.family, worker=worker)
    assert looker.staff
    actions.withhold(boss, homes[1].family, whom=looker.staff, classes=[FieldClass.FILE], because="asked")
    actions.withhold(boss, homes[2].family, whom=worker, classes=[FieldClass.FILE], because="asked")
    assert sees(looker, worker) == ({homes[0].family.code}, {homes[0].family.code})


def test_lines_of_a_class_that_the_worker_does_not_read_are_not_shown(boss: Actor) -> None:
    home = busy(make.home(boss, at="South"))
    helper = make.hire("lawyer", "South")
    give(home, helper, FieldClass.LEGAL)
    assert sees(boss, helper) == ({home.family.code}, set())


def test_every_look_is_on_record_as_the_lookers_and_names_opened_are_too(boss: Actor, looker: Actor) -> None:
    home = busy(make.home(boss, at="North"))
    before = AuditEntry.objects.order_by("-pk").first()
    sees(looker, home.worker)
    made = AuditEntry.objects.filter(pk__gt=before.pk if before else 0)
    assert {entry.staff_id for entry in made} == {looker.staff_id}
    assert ("worker.view", home.worker.code) in made.values_list("step", "about")
    assert any(entry.identities for entry in made)
    client = make.client_of(Actor.of(home.worker))
    assert "looked at what a worker sees" in client.get("/account/").content.decode()


def test_nobody_looks_at_who_sees_as_much_or_more(boss: Actor, looker: Actor) -> None:
    for role in ("supervisor", "regional_coordinator", "coordinator"):
        with pytest.raises(WorkerSeesMore):
            sees(looker, make.hire(role, "North"))
    narrower = make.hire("caseworker", "North")
    with acting_for(looker.staff_id):
        assert [one.pk for one, _ in workers(looker)] == [narrower.pk]
    denied = AuditEntry.objects.filter(step="worker.view", outcome=AuditEntry.Outcome.DENIED)
    assert denied.count() == 3


def test_a_worker_whose_role_opens_no_names_is_shown_without_them(boss: Actor) -> None:
    home = busy(make.home(boss, at="South"))
    helper = make.hire("service_provider", "South")
    give(home, helper, FieldClass.CARE)
    page = make.client_of(boss).get(f"/workers/{helper.username}/").content.decode()
    assert "Gavharova" not in page


def test_the_page_and_the_api_tell_the_same(boss: Actor, looker: Actor) -> None:
    home = busy(make.home(boss, at="North"))
    client = make.client_of(looker)
    assert home.worker.display_name in client.get("/workers/").content.decode()
    page = client.get(f"/workers/{home.worker.username}/").content.decode()
    assert "Gavharova Nodira" in page
    assert "This page shows what you and this worker may both see" in page
    told = client.get(f"/api/v1/workers/{home.worker.username}").json()
    assert [row["code"] for row in told["families"]] == [home.family.code]
    assert [item["family"] for item in told["due"]] == [home.family.code]
    assert client.post(f"/workers/{home.worker.username}/").status_code == 405
    assert make.client_of(home.me).get(f"/workers/{home.worker.username}/").status_code == 403
