"""Finding somebody: whoever may be meant is shown, whose file is a colleague's is not, and the account says so."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panoh.access.entrances import Actor
from panoh.access.models import Agency, AuditEntry
from panoh.access.refusals import NotAllowed, NotThere, Unknown
from panoh.access.tokens import acting_for
from panoh.casework import actions, queries
from panoh.casework.models import Person
from panoh.casework.queries import Asked
from panoh.casework.queries.finding import SEARCHES_A_DAY
from panoh.casework.refusals import SearchedEnough
from panoh.casework.tests import factories as world
from panoh.vault.queries import Name

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> world.Home:
    return world.home()


@pytest.mark.parametrize("text", ["Гавхарова Нодира", "nodira gavharova", "نديرة جوهاروفا"])
def test_a_caseworker_finds_a_person_of_their_own_by_name_with_the_way_to_the_file(home: world.Home, text: str) -> None:
    match = queries.find_people(home.me, Asked(text)).matches[0]
    assert (match.name, match.code, match.family_code) == ("Gavharova Nodira", home.mother.code, home.family.code)
    assert match.is_mine
    assert match.reasons


def test_of_a_colleagues_person_nothing_is_told_that_the_asker_did_not_say(home: world.Home) -> None:
    stranger = world.actor("caseworker", "South")
    match = queries.find_people(stranger, Asked("Nodira Gavxarova"), everywhere=True).matches[0]
    assert (match.name, match.family_code, list(match.detail), match.is_mine) == ("", "", [], False)
    assert "Gavharova" not in " ".join(match.reasons)
    assert any("Gavxarova" in reason for reason in match.reasons)


def test_who_leads_is_told_for_a_purpose_and_goes_on_record(home: world.Home) -> None:
    stranger = world.actor("caseworker", "South")
    told = queries.who_leads(stranger, home.mother.code, purpose="registration")
    assert home.worker.display_name in told.lead
    entry = AuditEntry.objects.filter(step="person.find").latest("pk")
    assert (entry.staff_id, entry.purpose, entry.about) == (stranger.staff_id, "registration", home.mother.code)
    assert entry.identities == [home.mother.identity_id]


@pytest.mark.parametrize("purpose", ["", "investigation", "monitoring"])
def test_there_is_no_other_purpose_than_those_on_the_list(home: world.Home, purpose: str) -> None:
    with pytest.raises(Unknown):
        queries.who_leads(world.actor("caseworker", "South"), home.mother.code, purpose=purpose)


def test_an_absent_person_has_no_lead() -> None:
    with pytest.raises(NotThere):
        queries.who_leads(world.actor("caseworker", "South"), "P-0000-0000", purpose="registration")


@pytest.mark.parametrize(
    "write", [str, str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")]
)
def test_a_code_is_found_as_people_write_it(home: world.Home, write: object) -> None:
    (match,) = queries.find_people(home.me, Asked(write(home.case.code))).matches  # type: ignore[operator]
    assert match.code == home.mother.code


def test_a_hidden_code_and_an_absent_one_answer_alike(home: world.Home) -> None:
    stranger = world.actor("caseworker", "South")
    assert queries.find_people(stranger, Asked(home.mother.code)) == queries.find_people(stranger, Asked("P-0000-0000"))


def test_the_account_of_a_search_names_who_was_shown_and_never_what_was_typed(home: world.Home) -> None:
    queries.find_people(home.me, Asked("Gavharova Nodira"))
    entry = AuditEntry.objects.filter(step="person.find").latest("pk")
    assert home.mother.identity_id in entry.identities
    assert "avharov" not in f"{entry.about}{entry.purpose}{entry.step}"


def test_sex_and_place_bring_nearer_and_leave_nobody_out(home: world.Home) -> None:
    one, other = (world.person(home.boss, world.home(home.boss).family, "Tulqin Zumrad", None) for _ in "ab")
    Person.objects.filter(pk=other.pk).update(sex="m")
    for sex, first in (("f", one), ("m", other)):
        codes = [match.code for match in queries.find_people(home.boss, Asked("Zumrad Tulqin", sex=sex)).matches]
        assert codes[0] == first.code
        assert {one.code, other.code} <= set(codes)
    place = world.district()
    family = other.memberships.get().family
    actions.settle_district(home.boss, family, district=place)
    matches = queries.find_people(home.boss, Asked("Zumrad Tulqin", district_id=place.pk)).matches
    assert matches[0].code == other.code


def test_nothing_typed_and_a_name_that_is_nobodys_each_get_a_sentence(home: world.Home) -> None:
    assert "three letters" in queries.find_people(home.me, Asked("")).advice
    assert "three letters" in queries.find_people(home.boss, Asked("")).advice
    assert queries.find_people(home.me, Asked("Xqzwv Pfffrt")).matches == []


def test_people_sought_by_relatives_are_shown_to_those_who_work_with_lists(home: world.Home) -> None:
    world.listed(home.boss, "Зумрадова Лола,жен,2014,,1", kind="relatives")
    (match,) = queries.find_people(home.boss, Asked("Lola Zumradova")).matches
    assert (match.kind, match.name) == ("sought", "Зумрадова Лола")
    assert queries.find_people(home.me, Asked("Lola Zumradova")).matches == []


def test_a_search_stays_among_ones_own_unless_it_is_asked_to_go_further(home: world.Home) -> None:
    other = world.home()
    found = queries.find_people(home.me, Asked("Gavharova Nodira")).matches
    assert [match.code for match in found] == [home.mother.code]
    far = queries.find_people(home.me, Asked("Gavharova Nodira"), everywhere=True).matches
    assert {match.code for match in far} >= {home.mother.code, other.mother.code}
    assert [match.name for match in far if match.code == other.mother.code] == [""]


@pytest.mark.parametrize("text", ["Nodira", "Gavharova", "نديرة"])
@pytest.mark.parametrize("role", ["caseworker", "supervisor", "coordinator"])
def test_one_part_of_a_name_finds_nobody_beyond_ones_own(home: world.Home, role: str, text: str) -> None:
    asker = world.actor(role, "South")
    found = queries.find_people(asker, Asked(text), everywhere=True)
    assert found.matches == []
    assert "a given and a family name" in found.advice


def test_a_days_searches_beyond_ones_own_are_counted_by_the_database_and_come_to_an_end(home: world.Home) -> None:
    stranger = world.actor("caseworker", "South")
    for _ in range(SEARCHES_A_DAY):
        assert queries.find_people(stranger, Asked("Nodira Gavharova"), everywhere=True).matches
    with pytest.raises(SearchedEnough):
        queries.find_people(stranger, Asked("Nodira Gavharova"), everywhere=True)
    assert AuditEntry.objects.filter(staff=stranger.staff_id, outcome=AuditEntry.Outcome.DENIED).exists()
    assert queries.find_people(stranger, Asked("Nodira Gavharova")).matches == [], "among one's own it goes on"
    with acting_for(stranger.staff_id), connection.cursor() as cursor:
        for _ in range(100):
            cursor.execute("select count(*) from app.found_elsewhere(%s)", [[home.mother.identity_id]])
        assert cursor.fetchone() == (0,), "nor does a smuggled statement get more"


@pytest.mark.parametrize("kind", [Agency.Kind.NGO, Agency.Kind.SCHOOL, Agency.Kind.COMMITTEE, Agency.Kind.CLINIC])
def test_a_partner_agency_searches_no_register(home: world.Home, kind: int) -> None:
    world.agency("Partner", kind)
    partner = world.actor("caseworker", "Partner")
    with pytest.raises(NotAllowed):
        queries.find_people(partner, Asked("Nodira Gavharova"), everywhere=True)
    with pytest.raises(NotThere):
        queries.who_leads(partner, home.mother.code, purpose="registration")
    assert queries.known_alike(partner, world.facts("Nodira Gavharova", 1990), sex="f") == []


def test_the_operator_looks_for_nobody(home: world.Home) -> None:
    with pytest.raises(NotAllowed):
        queries.find_people(Actor.operator(), Asked("Gavharova"))


def test_a_search_takes_the_same_few_queries_however_many_are_found(home: world.Home) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as taken:
            queries.find_people(home.boss, Asked("Gavharova Nodira"))
        return len(taken)

    few = asked()
    for _ in range(5):
        world.home(home.boss)
    assert asked() == few


def test_the_typed_name_comes_back_in_no_address_and_the_answer_to_a_pause_is_a_part_of_the_page(
    home: world.Home,
) -> None:
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(home.worker)
    whole = client.post("/find/", {"text": "Gavharova Nodira"})
    part = client.post("/find/", {"text": "Gavharova Nodira"}, headers={"HX-Request": "true"})
    for answer in (whole, part):
        assert answer.status_code == 200
        assert f"/people/{home.mother.code}/" in answer.content.decode()
        assert "Location" not in answer.headers
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()


def test_a_name_added_by_hand_is_found_at_once(home: world.Home) -> None:
    actions.add_fact(home.me, home.mother, fact=Name("Үмүт Айнагүл", "other_spelling", "Cyrl", "herself"))
    assert queries.find_people(home.me, Asked("Umut Ainagul")).matches[0].code == home.mother.code


# --- registering looks first -------------------------------------------------------------------------------------


NEW = {
    "name": "Гавхарова Нодира", "sex": "f", "precision": "year", "year": "1990", "source": "herself",
    "since": "01.01.2026",
}  # fmt: skip


def test_nobody_is_registered_by_hand_before_those_alike_were_looked_at(home: world.Home) -> None:
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(home.worker)
    address = f"/families/{home.family.code}/people/new/"
    before = Person.objects.count()
    asked = client.post(address, {**NEW, "since": str(world.days_ago(1))})
    assert asked.status_code == 409
    assert f"/people/{home.mother.code}/" in asked.content.decode()
    assert "Гавхарова Нодира" in asked.content.decode(), "what was entered is kept"
    assert Person.objects.count() == before
    told = client.post(address, {**NEW, "since": str(world.days_ago(1)), "none_of_these": "on"})
    assert told.status_code == 302
    assert Person.objects.count() == before + 1


def test_somebody_whom_nobody_resembles_is_registered_at_once(home: world.Home) -> None:
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(home.worker)
    given = {**NEW, "name": "Тўлқинова Лолазор", "since": str(world.days_ago(1))}
    assert client.post(f"/families/{home.family.code}/people/new/", given).status_code == 302


def test_a_namesake_of_another_birth_does_not_stand_in_the_way(home: world.Home) -> None:
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(home.worker)
    given = {**NEW, "year": "2012", "since": str(world.days_ago(1))}
    assert client.post(f"/families/{home.family.code}/people/new/", given).status_code == 302
