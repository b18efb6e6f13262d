"""Families of mixed fates: parting and joining with history, and where somebody is who is not with the family."""

from __future__ import annotations

import pytest

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.refusals import NotAllowed, Unknown
from panoh.casework import actions, queries
from panoh.casework.models import Case, Family, FamilyChange, Membership, Person, Whereabouts
from panoh.casework.refusals import BeforeTheLastStep, NotOfThisFamily
from panoh.casework.refusals_care import NobodyChosen, NobodyStays, SameFamily
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def aunt(home: Home) -> Person:
    return make.person(home.boss, home.family, "Qimmatova Lola", 1980, "aunt")


def lives_in(person: Person) -> Family:
    return Membership.objects.get(person=person, until=None).family


def test_a_family_parts_and_joins_again_and_both_files_tell_it(home: Home, aunt: Person) -> None:
    chief = make.actor("supervisor", "North")
    cousin = make.person(home.boss, home.family, "Qimmatov Anvar", 2012, "child")
    actions.open_case(home.boss, home.family, cousin, stage="reception", on=today())
    parted = actions.split_family(
        chief, home.family, people=[aunt, cousin], on=today(), because="other_relatives",
        words="Her brother has a house.",
    )  # fmt: skip
    assert (parted.worker_id, parted.agency_id) == (home.family.worker_id, home.family.agency_id)
    assert lives_in(aunt) == lives_in(cousin) == Case.objects.get(person=cousin).family == parted
    for family in (home.family, parted):
        told = " ".join(event.text for event in queries.family_file(chief, family).events)
        assert "They have other relatives. Her brother has a house." in told
    actions.rejoin_family(home.me, parted, to=home.family, people=[aunt, cousin], on=today(), because="own_wish")
    assert lives_in(aunt) == home.family
    told = FamilyChange.objects.filter(person=aunt).order_by("pk").values_list("kind", "before", "after")
    assert list(told) == [(1, home.family.code, parted.code), (2, parted.code, home.family.code)]
    assert Membership.objects.filter(person=aunt).count() == 3


def test_somebody_stays_somebody_goes_and_they_are_of_the_family(home: Home, aunt: Person) -> None:
    other = make.home(home.boss, at="South")
    given = {"on": today(), "because": "safety"}
    for people, refused in (
        ([], NobodyChosen), ([home.mother, home.child, aunt], NobodyStays), ([other.mother], NotOfThisFamily),
    ):  # fmt: skip
        with pytest.raises(refused):
            actions.split_family(home.boss, home.family, people=people, **given)
    with pytest.raises(Unknown):
        actions.split_family(home.boss, home.family, people=[aunt], on=today(), because="?")
    with pytest.raises(SameFamily):
        actions.rejoin_family(home.boss, home.family, to=home.family, people=[aunt], **given)
    for step in (
        lambda: actions.rejoin_family(home.me, home.family, to=other.family, people=[aunt], **given),
        lambda: actions.split_family(home.me, home.family, people=[aunt], **given),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert lives_in(aunt) == home.family
    assert Family.objects.count() == 2


def test_a_parent_who_is_held_or_stayed_behind_is_told_in_neutral_words(home: Home, aunt: Person) -> None:
    actions.say_whereabouts(home.me, aunt, kind="stayed_behind", since=days_ago(20))
    actions.say_whereabouts(home.me, aunt, kind="held", since=days_ago(2), words="Letters through the Red Crescent.")
    with pytest.raises(BeforeTheLastStep):
        actions.say_whereabouts(home.me, aunt, kind="not_known", since=days_ago(5))
    shown = {member.person.pk: member.whereabouts for member in queries.family_file(home.me, home.family).members}
    assert (shown[aunt.pk], shown[home.mother.pk]) == ("In a prison or in custody", "")
    tree = {person.code: person.state for person in queries.family_file(home.me, home.family).tree}
    assert tree[aunt.code] == "In a prison or in custody"
    assert list(Whereabouts.objects.order_by("since").values_list("until", flat=True)) == [days_ago(2), None]
    actions.say_whereabouts(home.me, aunt, kind="with_family", since=today())
    assert not any(member.whereabouts for member in queries.family_file(home.me, home.family).members)


def test_the_same_over_pages_and_the_api(home: Home, aunt: Person) -> None:
    web = make.client_of(Actor.of(make.hire("supervisor", "North")))
    given = {"people": [aunt.code], "on": today(), "because": "moved"}
    sent = web.post(f"/families/{home.family.code}/split/", given)
    assert sent.status_code == 302, sent.content
    api = f"/api/v1/families/{lives_in(aunt).code}/rejoin"
    told = web.post(api, {**given, "to": home.family.code}, content_type="application/json")
    assert told.json() == {"code": home.family.code}
    web.post(f"/people/{aunt.code}/whereabouts/", {"kind": "camp", "since": today(), "words": "Tent 4"})
    shown = web.get(f"/people/{aunt.code}/").content.decode()
    assert "In a camp" in shown
    assert "Tent 4" in shown
