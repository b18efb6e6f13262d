"""Two workers change the same record: nobody's words are lost, and the second sees what the first changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from panoh.access.entrances import Actor
from panoh.access.meanwhile import ChangedMeanwhile, Seen, written
from panoh.access.models import District, Staff
from panoh.casework import actions, queries
from panoh.casework.models import Family, Need, Person, PlanItem, ReceptionEntry, Relationship
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import SERVICE, Home, days_ago, tomorrow
from panoh.casework.tests.together import at_the_same_time
from panoh.vault.queries import open_parts


@dataclass
class Edited:
    """Something that two change: how, to which two things, and what stands there."""

    change: Callable[[Actor, Any, Seen], object]
    one: Any
    other: Any
    now: Callable[[], dict[str, Any]]

    def seen(self) -> Seen:
        return Seen.of(self.now())


def worker(home: Home) -> Edited:
    return Edited(
        lambda who, worker, seen: actions.assign_family(who, home.family, worker=worker, seen=seen),
        make.hire("caseworker", "North"),
        make.hire("caseworker", "North"),
        lambda: {"worker": Family.objects.get(pk=home.family.pk).worker},
    )


def district(home: Home) -> Edited:
    one, other = District.objects.order_by("code")[:2]
    return Edited(
        lambda who, place, seen: actions.settle_district(who, home.family, district=place, seen=seen),
        one,
        other,
        lambda: {"district": Family.objects.get(pk=home.family.pk).district},
    )


def person(home: Home) -> Edited:
    def now() -> dict[str, Any]:
        found = Person.objects.get(pk=home.child.pk)
        return {"sex": found.sex, "nationality": found.nationality, "is_alone": found.is_alone}

    return Edited(
        lambda who, given, seen: actions.correct_person(who, home.child, **given, seen=seen),
        {"sex": "m", "nationality": "UZ", "is_alone": False},
        {"sex": "f", "nationality": "KG", "is_alone": True},
        now,
    )


def birth(home: Home) -> Edited:
    def now() -> dict[str, Any]:
        known = queries.person_file(home.boss, home.child).facts.birth
        return {part: getattr(known, part) for part in ("precision", "year", "month", "day")}

    return Edited(
        lambda who, given, seen: actions.settle_birth(who, home.child, **given, source="a paper", seen=seen),
        {"precision": "year", "year": 2014, "month": None, "day": None},
        {"precision": "month", "year": 2015, "month": 3, "day": None},
        now,
    )


def step(home: Home) -> Edited:
    planned = actions.plan_step(home.boss, home.need(), service=SERVICE)

    def now() -> dict[str, Any]:
        found = PlanItem.objects.get(pk=planned.pk)
        return {name: getattr(found, name) for name in ("service", "provider", "responsible", "due")}

    return Edited(
        lambda who, given, seen: actions.change_step(who, planned, **given, seen=seen),
        {"service": SERVICE, "due": tomorrow(), "provider": None, "responsible": None},
        {"service": "LEG-01", "due": None, "provider": None, "responsible": home.worker},
        now,
    )


def needs(home: Home) -> Edited:
    def change(who: Actor, urgency: int, seen: Seen) -> object:
        return actions.assess(who, home.case, on=days_ago(0), found={"health": urgency}, own_view="So.", seen=seen)

    def now() -> dict[str, Any]:
        return dict(Need.objects.filter(case=home.case, domain="health", state=1).values_list("domain", "urgency"))

    return Edited(change, 1, 2, now)


def evidence(home: Home) -> Edited:
    relation = actions.state_relationship(home.boss, home.mother, kind="parent", other=home.child)
    return Edited(
        lambda who, proof, seen: actions.verify_relationship(
            who, home.family, relationship=relation, evidence=proof, seen=seen
        ),
        "birth_record",
        "dna_outcome",
        lambda: {"evidence": Relationship.objects.get(pk=relation.pk).evidence},
    )


def relationship(home: Home) -> Edited:
    def now() -> dict[str, Any]:
        found = Relationship.objects.filter(subject=home.mother).first()
        return {"evidence": found.evidence} if found else {}

    return Edited(
        lambda who, told, seen: actions.state_relationship(
            who, home.mother, kind="parent", other=home.child, evidence=told, seen=seen
        ),
        "on_list",
        "birth_record",
        now,
    )


def rooms(home: Home) -> Edited:
    arrivals = make.listed(home.boss, "Rahimova Zulfiya,жен,1985,mother,1")
    reception = make.received(home.boss, arrivals)
    family = ReceptionEntry.objects.get(reception=reception).family
    return Edited(
        lambda who, room, seen: actions.give_rooms(who, reception, rooms={family.code: room}, seen=seen),
        "12",
        "14",
        lambda: {family.code: ReceptionEntry.objects.get(reception=reception).room},
    )


def row(home: Home) -> Edited:
    content = "ФИО,Пол,Дата рождения\nRahimova Zulfiya,жен,1985\n".encode()
    arrivals = actions.read_list(home.boss, content=content, file_name="a.csv", sender="ministry", kind="camp")
    first = arrivals.rows.get()
    return Edited(
        lambda who, name, seen: actions.mend_row(who, arrivals, row=first, facts={"name": name}, seen=seen),
        "Rahimova Zulfia",
        "Rahimova Zulfiyakhon",
        lambda: {"name": open_parts([first.facts_id])[first.facts_id]["facts"]["name"]},
    )


EDITED = (worker, district, person, birth, step, needs, evidence, relationship, rooms, row)


@pytest.mark.parametrize("is_turned", [False, True], ids=["one first", "the other first"])
@pytest.mark.parametrize("what", EDITED, ids=lambda what: what.__name__)
def test_of_two_who_change_the_same_in_one_moment_the_second_is_told_and_nothing_is_lost(
    own_database: str, what: Callable[[Home], Edited], is_turned: bool
) -> None:
    home = make.home()
    edited, colleague = what(home), make.actor("coordinator", "Coordination")
    one, other = (edited.other, edited.one) if is_turned else (edited.one, edited.other)
    seen = edited.seen()
    (said,) = at_the_same_time(
        lambda: edited.change(home.boss, one, seen), lambda: edited.change(colleague, other, seen)
    )
    assert isinstance(said, ChangedMeanwhile), said
    assert [change.by and change.by.pk for change in said.changes] == [home.boss.staff_id]
    kept = edited.seen()
    assert kept != seen
    assert kept.values.items() <= Seen.of(said.now).values.items()
    edited.change(colleague, other, kept)
    assert edited.seen() not in (seen, kept)


# --- on the page -------------------------------------------------------------------------------------------------


def hidden(client: Client, address: str) -> str:
    """Return what the form at an address says was seen."""
    found = re.search(r'name="seen" value="([^"]*)"', client.get(address).content.decode())
    assert found
    return found.group(1).replace("&quot;", '"')


@pytest.mark.django_db
def test_the_second_sees_who_changed_what_and_saves_both(home: Home) -> None:
    step = actions.plan_step(home.boss, home.need(), service=SERVICE)
    address, mine = f"/steps/{step.code}/change/", make.client_of(home.me)
    seen = hidden(mine, address)
    actions.change_step(home.boss, step, service="LEG-01", due=tomorrow())
    sent = {"service": SERVICE, "responsible": home.worker.pk, "due": days_ago(-9).isoformat(), "seen": seen}
    page = mine.post(address, sent)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Changed while you were writing" in text
    assert escape(home.boss.name) in text
    assert f'value="{days_ago(-9).isoformat()}"' in text
    form = page.context["form"]
    assert [one.label for one in form.taken] == ["Service"]
    assert [one.bound.name for one in form.differing] == ["due"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert mine.post(address, again).status_code == 302
    step.refresh_from_db()
    assert (step.service, step.responsible, step.due) == ("LEG-01", home.worker, days_ago(-9))


@pytest.mark.django_db
def test_a_form_that_says_nothing_of_what_was_seen_writes_over_nothing(home: Home) -> None:
    actions.settle_district(home.boss, home.family, district=make.district())
    other = District.objects.exclude(pk=make.district().pk).first()
    answer = make.client_of(home.me).post(f"/families/{home.family.code}/district/", {"district": other.pk})
    assert answer.status_code == 409
    home.family.refresh_from_db()
    assert home.family.district == make.district()


@pytest.mark.django_db
def test_who_could_not_be_chosen_anew_stays_when_something_else_is_changed(home: Home) -> None:
    far = make.hire("coordinator", "Coordination")
    step = actions.plan_step(home.boss, home.need(), service=SERVICE, responsible=far)
    client, address = make.client_of(home.me), f"/steps/{step.code}/change/"
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    assert client.post(address, {**sent, "due": tomorrow().isoformat()}).status_code == 302
    step.refresh_from_db()
    assert (step.responsible, step.due) == (far, tomorrow())


@pytest.mark.django_db
def test_rooms_that_a_colleague_gave_meanwhile_stay(home: Home) -> None:
    arrivals = make.listed(home.boss, "Rahimova Zulfiya,жен,1985,mother,1", "Sobirova Lola,жен,1975,mother,2")
    reception = make.received(home.boss, arrivals)
    first, second = (entry.family.code for entry in ReceptionEntry.objects.filter(reception=reception).order_by("pk"))
    client, address = make.client_of(home.boss), f"/arrivals/{arrivals.code}/reception/"
    seen = hidden(client, address)
    actions.give_rooms(home.boss, reception, rooms={first: "12"})
    assert client.post(f"{address}rooms/", {first: "", second: "14", "seen": seen}).status_code == 302
    rooms = dict(ReceptionEntry.objects.filter(reception=reception).values_list("family__code", "room"))
    assert rooms == {first: "12", second: "14"}
    answer = client.post(f"{address}rooms/", {first: "13", second: "14", "seen": seen})
    assert answer.status_code == 409
    assert "Stands there now" in answer.content.decode()


# --- over HTTP ---------------------------------------------------------------------------------------------------


def put(someone: Actor, path: str, body: dict[str, Any], method: str = "put") -> Any:
    return getattr(make.client_of(someone), method)(f"/api/v1{path}", json.dumps(body), content_type="application/json")


@pytest.mark.django_db
def test_a_program_is_told_what_stands_there_now_by_whom_and_since_when(home: Home) -> None:
    seen = {"sex": "f", "nationality": "", "is_alone": False}
    address = f"/people/{home.child.code}"
    assert put(home.boss, address, {**seen, "nationality": "UZ", "seen": seen}).status_code == 204
    answer = put(home.me, address, {**seen, "nationality": "KG", "seen": seen})
    assert answer.status_code == 409
    told = answer.json()
    assert told["code"] == "changed-meanwhile"
    assert told["now"] == {"sex": "f", "nationality": "UZ", "is_alone": False}
    assert [one["by"] for one in told["changes"]] == [Staff.objects.get(pk=home.boss.staff_id).username]
    assert put(home.me, address, {**seen, "nationality": "KG", "seen": told["now"]}).status_code == 204


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/families/{family}/district", "/families/{family}/worker", "/steps/{step}/change"])
def test_a_program_that_does_not_say_what_it_saw_changes_nothing(home: Home, path: str) -> None:
    step = actions.plan_step(home.boss, home.need(), service=SERVICE)
    body = {"district": make.district().code, "worker": home.worker.username, "service": SERVICE}
    answer = put(home.boss, path.format(family=home.family.code, step=step.code), body, "post")
    assert answer.status_code == 422
    assert "seen" in answer.json()["fields"]


def test_a_record_is_compared_by_its_code() -> None:
    assert written(None) == ""
    assert written(Staff(username="anna")) == "anna"
