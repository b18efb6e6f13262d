"""The matrix finds what it looks for: each fault that is planted is found, and without one it finds none."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import override_settings

from panoh.access.entrances import Actor
from panoh.access.models import Staff
from tests.matrix.probing import Address, addresses, client_of, leaks, pages_of
from tests.matrix.world import World, file

LOOKED_AT = {"families/", "families/<str:code>/", "api/v1/families", "api/v1/families/<code>", ""}
FOUND = {
    "name_in_the_body": "shows Durdonaeva",
    "name_in_a_header": "shows Durdonaeva",
    "name_in_json": "shows Durdonaeva",
    "hidden_is_forbidden": "403, not [404]",
    "hidden_has_another_sentence": "answer differently",
    "hidden_is_longer_in_the_header": "answer differently",
    "a_sealed_note": "shows Note",
}


def some() -> list[Address]:
    return [address for address in addresses() if address.route in LOOKED_AT and address.method == "GET"]


def with_fault(name: str) -> override_settings:
    chain = list(settings.MIDDLEWARE)
    chain.insert(chain.index("django.middleware.common.CommonMiddleware"), f"tests.matrix.planted.{name}")
    return override_settings(MIDDLEWARE=chain)


@pytest.mark.parametrize("fault", FOUND)
def test_a_planted_leak_is_found(world: World, fault: str) -> None:
    assert leaks(client_of(world, "caseworker"), world, "caseworker", some()) == []
    with with_fault(fault):
        found = leaks(client_of(world, "caseworker"), world, "caseworker", some())
    assert any(FOUND[fault] in one for one in found), found


def test_a_bare_count_of_what_is_hidden_is_found(world: World) -> None:
    boss = Actor.of(world.staff["coordinator"])
    with with_fault("count_of_everything"):
        client = client_of(world, "caseworker")
        before = pages_of(client, world, "caseworker")
        file(boss, Staff.objects.get(username="stranger"), "Javohirova", Staff.objects.get(username="witness"))
        after = pages_of(client, world, "caseworker")
    assert [url for url in before if before[url] != after[url]]
