"""What roles may do changes with a program only once two people have read the difference and adopted it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from panoh.access import roles as served
from panoh.access import roles_in_force
from panoh.access.checkpoints import sign
from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry, RoleVersion, Staff
from panoh.access.refusals import NotAllowed
from panoh.access.role_versions import (
    NothingWaits,
    OthersAdopt,
    RoleHeld,
    VersionByTwo,
    VersionElsewhere,
    adopt_alone,
    agree_to_version,
    difference,
    propose_version,
    refuse_version,
    waiting_version,
)
from panoh.access.roles import Roles, offered, read_content, roles
from panoh.access.tokens import acting_for, bear, token_for
from panoh.web import doctor
from panoh.web.embedded import parameters
from panoh.web.home import home
from panoh.web.refusals import RolesForged
from tests.promises.test_sign_in import hire

CHANGED = {"plan.write"}


def may(staff: Staff, permission: str) -> tuple[bool, bool]:
    """Return whether program and database let an account do this."""
    with acting_for(staff.pk), connection.cursor() as cursor:
        cursor.execute("select app.may(%s)", [permission])
        return Actor.of(staff).may(permission), cursor.fetchone()[0]


def as_owner(name: str, *statements: tuple[str, list[Any]]) -> None:
    with psycopg.connect(**{**parameters(home(), "owner"), "dbname": name}) as owner:
        for statement, given in statements:
            owner.execute(statement, given)


def older() -> Roles:
    """Return the roles of a program before this one: a caseworker wrote no plans, and had one step more."""
    caseworker = roles()["caseworker"]
    had = caseworker.model_copy(update={"permissions": caseworker.permissions - CHANGED | {"plan.dream"}})
    escort = roles()["statistician"].model_copy(update={"code": "escort", "raw_label": "Escort"})
    return Roles({**offered().by_code, "caseworker": had, "escort": escort}, offered().apart)


@pytest.fixture
def upgraded(own_database: str) -> Iterator[tuple[Staff, Actor, Actor]]:
    """Give a database that had older roles in force when this program came, a caseworker and two coordinators."""
    bear(token_for(None))
    doctor.check_roles()
    was = older()
    as_owner(
        own_database,
        ("alter table access_roleversion disable trigger a_two_people", []),
        ("update access_roleversion set content = %s, digest = %s", [was.content, was.digest]),
        ("alter table access_roleversion enable trigger a_two_people", []),
    )
    RoleVersion.objects.update(signature=_signed(was))
    environment = {**os.environ, "PANOH_DB_NAME": own_database}
    subprocess.run([sys.executable, "-m", "panoh.web.manage", "migrate", "-v", "0"], env=environment, check=True)
    bear(token_for(None))
    yield hire(), Actor.of(hire("first", "coordinator")), Actor.of(hire("second", "coordinator"))
    served.serve(offered())
    roles_in_force._looked_at.clear()


def _signed(listed: Roles) -> str:
    return sign(roles_in_force.SignedRoles(1, listed.content, "").content)


@pytest.mark.django_db
def test_a_fresh_instance_serves_with_the_roles_of_its_program_and_signs_them() -> None:
    doctor.check_roles()
    (version,) = RoleVersion.objects.all()
    assert version.digest == offered().digest
    assert version.signature
    assert read_content(version.content).content == offered().content
    with pytest.raises(NothingWaits):
        adopt_alone()


def test_what_the_program_adds_or_takes_away_waits_for_two_people(upgraded: Any) -> None:
    worker, first, second = upgraded
    assert may(worker, "plan.write") == (False, False)
    assert may(worker, "plan.dream") == (True, True), "what is in force stays, though nothing here needs it"
    assert may(worker, "family.see") == (True, True)
    assert Actor.operator().may("viewing.watch"), "the machine's own comes with the program"
    version = waiting_version()
    told, gone = difference(version)
    assert (gone.label, gone.is_gone) == ("Escort", True)
    assert (told.label, told.more, told.less) == ("Caseworker", ["changed the plan"], ["plan.dream"])
    propose_version(first, version)
    assert may(worker, "plan.write") == (False, False)
    agree_to_version(second, waiting_version())
    assert may(worker, "plan.write") == (True, True)
    assert may(worker, "plan.dream") == (False, False)
    assert roles() == offered().by_code
    steps = dict(AuditEntry.objects.filter(about="V-2").values_list("step", "staff"))
    assert steps["role.version-proposed"] == first.me
    assert steps["role.version-adopted"] == second.me


def test_nobody_adopts_alone_and_a_refused_version_changes_nothing(upgraded: Any) -> None:
    worker, first, second = upgraded
    with pytest.raises(VersionElsewhere):
        agree_to_version(first, waiting_version())
    propose_version(first, waiting_version())
    with pytest.raises(VersionByTwo):
        agree_to_version(first, waiting_version())
    with pytest.raises(NotAllowed):
        agree_to_version(Actor.of(worker), waiting_version())
    with pytest.raises(NotAllowed):
        refuse_version(Actor.of(worker), waiting_version())
    refuse_version(second, waiting_version())
    with pytest.raises(VersionElsewhere):
        agree_to_version(second, waiting_version())
    assert may(worker, "plan.write") == (False, False)


def test_a_role_that_somebody_has_does_not_vanish(upgraded: Any) -> None:
    _worker, first, second = upgraded
    escort = hire("escort", "escort")
    propose_version(first, waiting_version())
    with pytest.raises(RoleHeld):
        agree_to_version(second, waiting_version())
    Staff.objects.filter(pk=escort.pk).update(is_active=False)
    agree_to_version(second, waiting_version())


def test_the_database_puts_no_version_in_force_but_by_two_people(upgraded: Any) -> None:
    worker, first, _second = upgraded
    propose_version(first, waiting_version())
    adopt = "update access_roleversion set adopted_at = now(), signature = 'x', agreed_by_id = %s where number = 2"
    for bearer in (worker.pk, first.me):
        for statement, given in (
            (adopt, [bearer]),
            (adopt, [None]),
            (adopt.replace("set", "set proposed_by_id = null,"), [bearer]),
            ("update access_roleversion set content = '{}' where number = %s", [2]),
            ("update access_roleversion set signature = '' where number = %s", [1]),
            ("update access_roleversion set proposed_by_id = %s where number = 2", [worker.pk]),
            ("delete from access_roleversion where number = %s", [2]),
            ("insert into access_roleversion select number + 5 from access_roleversion where number = %s", [2]),
            ("select app.lay_down_roles('{}') where %s > 0", [1]),
        ):
            with (
                acting_for(bearer),
                pytest.raises(DatabaseError, match=r"permission|adopted|proposes|INSERT|has more|two_people|by_two"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement, given)
    assert may(worker, "plan.write") == (False, False)


def test_roles_that_bear_no_signature_of_ours_are_not_served(upgraded: Any, own_database: str) -> None:
    worker = upgraded[0]
    wider = json.loads(older().content)
    for role in wider["roles"]:
        role["permissions"] = sorted({*role["permissions"], "settings.edit"})
    content = json.dumps(wider)
    as_owner(
        own_database,
        ("alter table access_roleversion disable trigger a_two_people", []),
        (
            "update access_roleversion set content = %s, digest = %s where number = 1",
            [content, served.digest_of(content)],
        ),
    )
    bear(token_for(None))
    assert not Actor.of(worker).may("settings.edit")
    with pytest.raises(RolesForged):
        doctor.check_roles()


def test_the_operator_adopts_only_where_no_two_people_could(upgraded: Any) -> None:
    worker, first, second = upgraded
    with pytest.raises(OthersAdopt):
        adopt_alone()
    Staff.objects.filter(pk=second.staff_id).update(is_active=False)
    adopt_alone()
    assert may(worker, "plan.write") == (True, True)
    assert first.may("role.propose")


def test_the_doctor_says_that_a_version_waits(upgraded: Any) -> None:
    (found,) = [one for one in doctor.examine() if one.what == "what roles may do"]
    assert not found.is_well
    assert "panoh roles diff" in found.to_do


def test_two_people_read_the_difference_and_adopt_it_on_the_page(upgraded: Any) -> None:
    worker, first, second = upgraded
    one, other = (Client() for _ in range(2))
    one.force_login(Staff.objects.get(pk=first.staff_id))
    other.force_login(Staff.objects.get(pk=second.staff_id))
    assert "changed the plan" in one.get("/roles/").content.decode()
    assert one.post("/roles/versions/2/propose/").status_code == 302
    assert "changed the plan" in other.get("/roles/versions/2/agree/").content.decode()
    assert other.post("/roles/versions/2/agree/").status_code == 302
    assert may(worker, "plan.write") == (True, True)
    assert "signed by this machine" in other.get("/roles/versions/2/").content.decode()
    (newest, _) = other.get("/api/v1/roles/versions").json()
    assert (newest["proposed_by"], newest["agreed_by"]) == ("first", "second")
    assert other.get("/api/v1/roles/versions/2").json()[0]["more"] == ["changed the plan"]


@pytest.mark.django_db
def test_the_page_tells_each_role_in_words() -> None:
    client = Client()
    client.force_login(hire("watcher", "protection_officer"))
    shown = client.get("/roles/").content.decode()
    for role in roles().values():
        assert (role.label in shown) == role.signs_in
    assert "notes of psychologists" in shown
