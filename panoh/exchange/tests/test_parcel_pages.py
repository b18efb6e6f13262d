"""The pages of parcels say what leaves before it is signed, and ask the database as much for many things as for few."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panoh.access.entrances import Actor
from panoh.access.tokens import acting_for
from panoh.exchange import actions
from panoh.exchange.models import Parcel, Proposal
from panoh.exchange.tests.make_parcels import Sender, partner, position, proposal, proposed, somebody

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.staff)
    client.get("/account/")
    return client


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_what_the_page_shows_with_its_tick_is_what_is_signed() -> None:
    kz = somebody("focal_point", "kz", "KZ")
    kept, left = (proposed(kz, t, "KZ") for t in ("Keep", "Leave"))
    to, client = partner(Sender(), country=""), client_of(kz)
    page = client.get(f"/parcels/partners/{to.code}/send/").content.decode()
    assert all(f'value="proposal:{one.code}"' in page and f"{one.code} {one.title}" in page for one in (kept, left))
    sent = client.post(f"/parcels/partners/{to.code}/send/", {"things": [f"proposal:{kept.code}"]})
    parcel = Parcel.objects.get()
    assert sent["Location"] == f"/parcels/{parcel.code}/"
    (part,) = json.loads(parcel.content)["contents"]
    assert [item["code"] for item in part["items"]] == [kept.code]
    file = client.post(f"/parcels/{parcel.code}/fetch/")
    assert file["Content-Disposition"] == f'attachment; filename="{parcel.code}.panoh"'
    assert file.content[:2] == b"PK"


def test_a_refused_file_is_a_sentence_on_the_form_and_a_line_in_the_log() -> None:
    client = client_of(somebody("secretariat", "one"))
    answer = client.post("/parcels/receive/", {"file": SimpleUploadedFile("a.panoh", b"no parcel")})
    assert answer.status_code == 422
    assert "This is no parcel, or it was damaged on the way." in answer.content.decode()
    assert "This is no parcel, or it was damaged on the way." in client.get("/parcels/log/").content.decode()


@pytest.mark.parametrize(
    "where", ["/parcels/{}/", "/api/v1/parcels/{}", "/parcels/", "/api/v1/parcels", "/parcels/log/"]
)
def test_many_things_and_parcels_cost_no_more_queries_than_few(where: str) -> None:
    boss, sender = somebody("secretariat", "one"), Sender()
    partner(sender)
    things = [proposal(f"R-0000-{n:04}") for n in range(60)] + [position(f"R-0000-{n:04}") for n in range(60)]
    few = actions.receive_parcel(boss, sender.sends(things[0], things[60]))
    client = client_of(boss)
    queries(client, where.format(few.code))
    before = queries(client, where.format(few.code))
    actions.take_in_parcel(boss, few)
    many = actions.receive_parcel(boss, sender.sends(*things))
    assert queries(client, where.format(many.code)) <= before + 1
    with acting_for(boss.staff_id):
        assert Proposal.objects.count() == 1


def test_everything_leaves_in_as_many_queries_whether_it_is_much_or_little() -> None:
    boss = somebody("secretariat", "one")
    to, client = partner(Sender()), client_of(boss)
    url = f"/parcels/partners/{to.code}/send/"
    made = [proposed(boss, "A", "KZ")]
    queries(client, url)
    before = queries(client, url)
    made += [proposed(boss, "A", "UZ") for _ in range(20)]
    assert queries(client, url) <= before
    assert client.get(url).content.decode().count('type="checkbox"') == len(made)
