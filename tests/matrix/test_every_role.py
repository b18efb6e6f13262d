"""Who may do what with which record: every address × every role × every relation a file can have to somebody.

The test walks the URL resolver, so an address that nobody listed, or a change without an example, fails it.
"""

from __future__ import annotations

import pytest
from django.test import Client

from panoh.access.entrances import Actor, entrances
from panoh.access.models import AuditEntry, Staff
from panoh.access.roles import roles
from panoh.casework import actions
from panoh.casework.models import Case
from tests.matrix.probing import addresses, ask, client_of, filled, leaks, pages_of
from tests.matrix.world import ROLES, World, file, read

SAYS_WHY = {"X-Purpose": "supervision"}  # what is asked at the doors of files has tests of its own


def test_every_address_is_listed_with_a_permission_that_some_role_holds() -> None:
    held = set().union(*(role.permissions for role in roles().values()))
    assert len(addresses()) > 70
    assert {address.needs for address in addresses()} <= held


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_a_role_does_and_sees_what_is_its_own_and_nothing_else(world: World, role: str) -> None:
    faults = leaks(client_of(world, role, headers=SAYS_WHY), world, role)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", ["caseworker", "supervisor", "psychologist"])
def test_what_happens_in_a_file_out_of_reach_changes_no_page_of_anybody_else(world: World, role: str) -> None:
    client, boss = Client(headers=SAYS_WHY), Actor.of(world.staff["coordinator"])
    client.force_login(world.staff[role])
    before = pages_of(client, world, role)
    stranger = Staff.objects.get(username="stranger")
    file(boss, stranger, "Javohirova", Staff.objects.get(username="witness"))
    actions.confirm_list(boss, read(boss, "Kumushova"))
    after = pages_of(client, world, role)
    assert [url for url in before if before[url] != after[url]] == []


def test_nobody_is_sent_to_the_sign_in_page_and_told_nothing(world: World) -> None:
    for address in addresses():
        url, _ = filled(address.route, world, "own")
        answer = ask(Client(), address, url, {})
        if not address.is_api:
            assert answer["Location"].startswith("/account/sign-in/"), address


def test_every_refused_try_is_on_record(world: World) -> None:
    client = Client(headers=SAYS_WHY)
    client.force_login(world.staff["caseworker"])
    for address in addresses():
        if address.needs in roles()["caseworker"].permissions:
            continue
        before = AuditEntry.objects.filter(outcome=AuditEntry.Outcome.DENIED).count()
        ask(client, address, filled(address.route, world, "own")[0], {})
        assert AuditEntry.objects.filter(outcome=AuditEntry.Outcome.DENIED).count() == before + 1, address


def test_no_change_passes_without_its_csrf_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True, headers=SAYS_WHY)
    client.force_login(world.staff["coordinator"])
    for address in addresses():
        if address.method == "GET":
            continue
        answer = ask(client, address, filled(address.route, world, "own")[0], {})
        assert answer.status_code == 403, address
        assert "form was open too long" in answer.content.decode(), address


def test_a_change_sent_to_a_page_that_only_shows_changes_nothing(world: World) -> None:
    client = Client(headers=SAYS_WHY)
    client.force_login(world.staff["coordinator"])
    for entrance in entrances():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(entrance.methods):
            answer = client.generic(method, filled(entrance.path, world, "own")[0])
            assert answer.status_code == 405, (method, entrance.path)
    assert Case.objects.filter(closed_on=None).exists()
