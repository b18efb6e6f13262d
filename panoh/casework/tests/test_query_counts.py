"""No page asks the database more often because there is more to show: four times the records, the same queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.casework import actions, queries
from panoh.casework.models import ArrivalList, Family
from panoh.casework.tests import factories as make
from panoh.casework.tests import pairs
from panoh.casework.tests.factories import SERVICE, Home, days_ago, tomorrow
from panoh.vault.queries import Name

pytestmark = pytest.mark.django_db

FEW, MANY = 2, 8


@pytest.fixture
def boss() -> Actor:
    return make.actor("coordinator", "Coordination")


def queries_of(actor: Actor, address: str, *, shows: str = "") -> list[str]:
    """Return the statements one look at a page takes; before it, the page is looked at once to warm what is read once.

    shows: something the page must hold, so that an empty page does not pass for a quick one.
    """
    client = Client(headers={"X-Purpose": "supervision"})
    client.force_login(Staff.objects.get(pk=actor.staff_id))
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, answer
    assert shows in answer.content.decode()
    return [query["sql"] for query in asked.captured_queries]


def same(few: list[str], many: list[str], *, at_most: int) -> None:
    """Check that both looks took as many queries, and name those that came to be more."""
    plain = [[re.sub(r"'[^']*'|\d+", "?", statement) for statement in asked] for asked in (few, many)]
    more = {statement[:200] for statement in plain[1] if plain[1].count(statement) > plain[0].count(statement)}
    assert len(few) == len(many), more
    assert len(many) <= at_most


def grows(look: Callable[[], list[str]], add: Callable[[int], object], *, at_most: int) -> None:
    """Check that a page takes the same queries for a few records as for four times as many."""
    add(FEW)
    few = look()
    add(MANY - FEW)
    same(few, look(), at_most=at_most)


def care(home: Home, times: int = 1) -> None:
    """Let everything happen to a family that its file shows, so many times."""
    family, worker = home.family, home.worker
    clinic = make.agency("Clinic")
    for _ in range(times):
        person = make.person(home.boss, family, "Gavharova Lola", 2015, "child")
        case = actions.open_case(home.boss, family, person, stage="reception", on=days_ago(9))
        actions.state_relationship(home.boss, home.mother, kind="parent", other=person)
        need = actions.record_need(home.me, case, domain="papers", urgency=1, words="A birth certificate.")
        for due in (days_ago(2), tomorrow()):
            actions.plan_step(home.me, need, service=SERVICE, provider=clinic, responsible=worker, due=due)
            actions.set_task(home.me, family, kind="call", due=due, case=case, words="About school.")
            actions.plan_visit(home.me, family, kind="follow_up", on=due)
        actions.settle_step(home.me, actions.plan_step(home.me, need, service=SERVICE), outcome="partly")
        actions.assess(home.me, case, on=days_ago(1), found={"health": 3}, own_view="I like to read.")
        actions.give_assistance(home.me, case, service=SERVICE, quantity=Decimal(1), unit="kit", agency=clinic)
        actions.make_visit(home.me, family, kind="first", on=days_ago(3), report="A warm room.")
        actions.write_note(home.me, family, text="A note.", case=case)
        actions.write_note(home.me, family, text="A note.")


def rows(start: int, number: int) -> list[str]:
    """Return lines of a list: families of two, one of whom may ask a question."""
    return [
        f"Yoqutova {'abcdefghijklmnop'[n % 16].upper()}{'oiuae'[n // 16]}la,жен,{1990 if n % 2 else ''},,{n // 2}"
        for n in range(start, start + number)
    ]


def add_list(boss: Actor, start: int, number: int) -> ArrivalList:
    return make.listed(boss, *rows(start, number))


# --- Today, Families, Family, Person -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["caseworker", "supervisor", "coordinator"])
def test_today_asks_the_same_for_few_things_to_do_as_for_many(boss: Actor, role: str) -> None:
    worker = make.hire("caseworker", "North")
    someone = {"caseworker": Actor.of(worker), "coordinator": boss}.get(role) or make.actor(role, "North")

    def add(number: int) -> None:
        for _ in range(number):
            care(make.home(boss, worker=worker), times=3)  # so that even the few are more than a part shows

    grows(lambda: queries_of(someone, reverse("today"), shows="Gavharova"), add, at_most=21)


@pytest.mark.parametrize("role", ["supervisor", "coordinator"])
def test_figures_ask_the_same_for_few_families_as_for_many(boss: Actor, role: str) -> None:
    worker = make.hire("caseworker", "North")
    someone = boss if role == "coordinator" else make.actor(role, "North")

    def add(number: int) -> None:
        for _ in range(number):
            care(make.home(boss, worker=worker))

    grows(lambda: queries_of(someone, reverse("figures"), shows="<svg"), add, at_most=12)


@pytest.mark.parametrize("role", ["caseworker", "supervisor", "coordinator"])
def test_families_ask_the_same_for_few_as_for_many(boss: Actor, role: str) -> None:
    worker = make.hire("caseworker", "North")
    someone = {"caseworker": Actor.of(worker), "coordinator": boss}.get(role) or make.actor(role, "North")

    def add(number: int) -> None:
        for _ in range(number):
            care(make.home(boss, worker=worker))

    grows(lambda: queries_of(someone, reverse("families"), shows="Gavharova"), add, at_most=14)


def test_families_found_by_a_filter_ask_no_more_than_all(boss: Actor) -> None:
    for _ in range(FEW):
        care(make.home(boss))
    every = queries_of(boss, reverse("families"), shows="Gavharova")
    some = queries_of(boss, f"{reverse('families')}?stage=40&need=papers", shows="Gavharova")
    same(every, some, at_most=14)


def test_a_page_of_families_holds_50_of_them_and_the_next_the_rest(boss: Actor) -> None:
    agency = make.agency("North")
    made = {actions.create_family(boss, agency=agency).code for _ in range(53)}
    first, second, third = (queries.families_page(boss, page=number) for number in (1, 2, 3))
    assert [(len(page.rows), page.has_next) for page in (first, second, third)] == [(50, True), (3, False), (0, False)]
    assert {row.family.code for page in (first, second) for row in page.rows} == made


@pytest.mark.parametrize("role", ["caseworker", "coordinator"])
def test_a_family_asks_the_same_with_a_short_file_as_with_a_long_one(boss: Actor, role: str) -> None:
    home = make.home(boss)
    someone = home.me if role == "caseworker" else boss
    address = reverse("family", args=[home.family.code])
    grows(lambda: queries_of(someone, address, shows="A warm room."), lambda number: care(home, number), at_most=33)


def test_a_person_asks_the_same_with_a_short_history_as_with_a_long_one(boss: Actor) -> None:
    home, other = make.home(boss), make.home(boss)

    def add(number: int) -> None:
        for n in range(number):
            actions.add_fact(boss, home.mother, fact=Name(f"Nodira {n}", "nickname"))
            make.close(home)
            actions.reopen_case(boss, home.again(), to="reception")
            here, there = (home, other) if home.again().family == home.family else (other, home)
            actions.move_person(boss, here.family, person=home.mother, to=there.family, on=today())

    address = reverse("person", args=[home.mother.code])
    grows(lambda: queries_of(boss, address, shows="Nodira 0"), add, at_most=20)


# --- Lists, one list, reception ----------------------------------------------------------------------------------


def test_lists_ask_the_same_for_few_as_for_many(boss: Actor) -> None:
    begun = iter(range(0, 80, 2))

    def add(number: int) -> None:
        for _ in range(number):
            add_list(boss, next(begun), 2)

    grows(lambda: queries_of(boss, reverse("lists"), shows="L-"), add, at_most=6)


def test_a_list_asks_the_same_for_few_rows_as_for_many(boss: Actor) -> None:
    short, long = (reverse("list", args=[add_list(boss, *span).code]) for span in ((0, 4), (20, 40)))
    same(queries_of(boss, short, shows="Yoqutova"), queries_of(boss, long, shows="Yoqutova"), at_most=11)


def test_a_draft_asks_the_same_for_few_rows_as_for_many(boss: Actor) -> None:
    addresses = []
    for start, number in ((0, 4), (20, 40)):
        content = "\n".join(["ФИО,Пол,Дата рождения,Кем приходится,Семья №", *rows(start, number)]).encode()
        draft = actions.read_list(boss, content=content, file_name="a.csv", sender="m", kind="passenger")
        addresses.append(reverse("list", args=[draft.code]))
    short, long = (queries_of(boss, address, shows="Yoqutova") for address in addresses)
    same(short, long, at_most=14)


def test_a_list_of_people_sought_asks_the_same_for_few_as_for_many(boss: Actor) -> None:
    def sought(start: int, number: int) -> str:
        lines = [f"{line.split(',')[0]},жен,2014,Yoqutova Zulayho,тётя" for line in rows(start, number)]
        content = "\n".join(["ФИО,Пол,Дата рождения,Заявитель,Родство", *lines]).encode()
        draft = actions.read_list(boss, content=content, file_name="a.csv", sender="m", kind="relatives")
        actions.confirm_list(boss, draft)
        return reverse("list", args=[draft.code])

    short, long = (queries_of(boss, sought(*span), shows="Yoqutova") for span in ((0, 4), (20, 40)))
    same(short, long, at_most=14)


def test_reception_asks_the_same_for_a_small_group_as_for_a_large_one(boss: Actor) -> None:
    asked = []
    for start, number in ((0, 4), (20, 40)):
        arrivals = add_list(boss, start, number)
        reception = make.received(boss, arrivals)
        families = Family.objects.filter(memberships__person__rows__arrival_list=arrivals)
        actions.give_rooms(boss, reception, rooms=dict.fromkeys(families.values_list("code", flat=True), "12"))
        actions.note_missing_documents(boss, reception, missing=["school", "passport"])
        asked.append(queries_of(boss, reverse("reception", args=[arrivals.code]), shows="Yoqutova"))
    same(*asked, at_most=9)


# --- duplicates, tracing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["supervisor", "coordinator"])
def test_the_review_queue_asks_the_same_for_few_pairs_as_for_many(boss: Actor, role: str) -> None:
    someone = boss if role == "coordinator" else make.actor("supervisor", "North")

    def add(number: int) -> None:
        for _ in range(number):
            pairs.two(boss)
            waiting = pairs.decided_same(pairs.two(boss))
            actions.propose_merge(boss, waiting.suggestion, keep=waiting.first)

    grows(lambda: queries_of(someone, reverse("duplicates"), shows="D-"), add, at_most=9)


def test_a_pair_asks_the_same_for_small_families_as_for_large_ones(boss: Actor) -> None:
    pair = pairs.two(boss)

    def add(number: int) -> None:
        care(pair.mine, number)
        care(pair.theirs, number)

    address = reverse("pair", args=[pair.suggestion.code])
    grows(lambda: queries_of(boss, address, shows="Gavharova"), add, at_most=19)


def test_a_person_asks_the_same_for_one_file_that_was_joined_as_for_many(boss: Actor) -> None:
    home = make.home(boss)

    def add(number: int) -> None:
        for _ in range(number):
            other = make.home(boss)
            make.close(other)
            link = pairs.suggest(boss, home.mother, other.mother)
            pairs.joined(pairs.Two(boss, home, other, link), keep=home.mother)

    grows(lambda: queries_of(boss, reverse("person", args=[home.mother.code]), shows="M-"), add, at_most=21)


def test_requests_of_relatives_ask_the_same_for_few_as_for_many(boss: Actor) -> None:
    home = make.home(boss)
    begun = iter("abcdefghij")

    def add(number: int) -> None:
        for _ in range(number):
            pair = pairs.suggest(boss, home.mother, pairs.sought(boss, f"Gavharova {next(begun)}"))
            actions.decide_pair(boss, pair, decision=pairs.SAME)

    grows(lambda: queries_of(boss, reverse("tracing"), shows="R-"), add, at_most=8)


# --- settings ----------------------------------------------------------------------------------------------------


def test_settings_ask_the_same_for_few_colleagues_as_for_many(boss: Actor) -> None:
    def add(number: int) -> None:
        for n in range(number):
            make.hire("caseworker", f"Agency {n % 5} of {number}")

    grows(lambda: queries_of(boss, reverse("settings"), shows="Agency 0"), add, at_most=5)
