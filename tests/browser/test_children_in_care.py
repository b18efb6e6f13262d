"""A brother and a sister without parents, and their grandmother in another district: told by three roles."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, assert_fit_for_all
from tests.browser.walking import code_in, desks, fill_in, registered, sent

pytestmark = pytest.mark.browser
BROTHER, SISTER = (f"{name} {Random().randrange(10**6)}" for name in ("Shamshodov Ziyod", "Shamshodova Zilola"))


@pytest.mark.parametrize("screen", [390], indirect=True, ids=["narrow"])
def test_a_brother_and_a_sister_come_to_their_grandmother(screen: Page, server: Server) -> None:
    with desks(screen, server, "coordinator", "caseworker", "supervisor") as (coordinator, caseworker, supervisor):
        grandmother = register(
            coordinator, server, f"Shamshodova Oybuvi {Random().randrange(10**6)}", "1955", "grandmother"
        )
        home = register(coordinator, server, BROTHER, "2015", "son", worker="Malika Bogʻbon")
        add_sister(coordinator, home)
        carer_is_away(caseworker, home)
        propose(caseworker, home, BROTHER, grandmother)
        is_not_agreed_to(supervisor, home)
        make_it_ready(caseworker, home, BROTHER)
        propose(caseworker, home, SISTER, grandmother)
        make_it_ready(caseworker, home, SISTER)
        begin_a_paper(caseworker, home)
        for child in (BROTHER, SISTER):
            step(supervisor, home, child, "Agree to it", "Agree", lambda: None)
            step(caseworker, home, child, "Lives there now", "Record", lambda: None)
        record_guardianship(caseworker, home, grandmother)
        join_her(coordinator, home, grandmother)
        for child in (BROTHER, SISTER):
            expect(card(coordinator, child)).to_contain_text("With relatives")
        expect(card(coordinator, BROTHER)).to_contain_text("Guardianship")
        assert_fit_for_all(coordinator)


def register(page: Page, server: Server, name: str, year: str, kinship: str, worker: str = "") -> str:
    """Register a family by its first member, and return the family's address."""
    page.goto(f"{server.address}/families/new/")
    fill_in(page, name, sex="male" if name == BROTHER else "female", year=year, kinship=kinship)
    page.get_by_label("District").select_option(index=2 if worker else 9)
    if worker:
        page.get_by_label("Lead worker").select_option(label=worker)
    return registered(page, "Register family", "**/families/F-*/")


def add_sister(page: Page, home: str) -> None:
    page.goto(f"{home}people/new/")
    fill_in(page, SISTER, sex="female", year="2017", kinship="daughter")
    registered(page, "Add to the family", home)


def card(page: Page, child: str) -> Locator:
    return page.locator("section.card", has_text=child)


def step(page: Page, home: str, child: str, link: str, button: str, fill: Callable[[], object]) -> None:
    """Follow a link of a child on the page of children, fill in, send, and be back on it."""
    page.goto(f"{home}care/")
    card(page, child).get_by_role("link", name=link).first.click()
    page.wait_for_url("**/families/F-*/*/*/**")
    fill()
    sent(page, button, "**/care/")


def carer_is_away(page: Page, home: str) -> None:
    """The grandmother's sister who looked after them is taken ill: for each child somebody decides the same day."""
    page.goto(f"{home}absent/")
    assert_fit_for_all(page)
    sent(page, "The carer is away", "**/care/")
    expect(page.get_by_text("Decide today with whom the child is.")).to_have_count(2)
    page.goto(home)
    expect(page.get_by_text("A carer is away.")).to_be_visible()
    for child in (BROTHER, SISTER):
        step(page, home, child, "Decide", "Decide", lambda: decide(page))
    expect(page.get_by_text("Decide today with whom the child is.")).to_have_count(0)


def decide(page: Page) -> None:
    page.get_by_label("stays with somebody for now").check()
    page.get_by_label("In an institution").select_option(label="Sanatorium Archazor")
    page.get_by_label("What the child says").fill("I stay if my sister stays.")


def propose(page: Page, home: str, child: str, grandmother: str) -> None:
    page.goto(f"{home}placements/new/")
    page.get_by_label("Which child").select_option(label=child)
    page.get_by_label("How it is to live").select_option("kinship")
    page.get_by_label("With another family").fill(code_in(grandmother).lower())
    page.get_by_label("What the child says").fill("We want to live with grandmother.")
    assert_fit_for_all(page)
    sent(page, "Propose", "**/care/")


def is_not_agreed_to(page: Page, home: str) -> None:
    """Without a home study, the grandmother's agreement and the sister beside him it goes no further."""
    page.goto(f"{home}care/")
    for words in ("There is no home study.", "The receiving family has not agreed.", "would live apart"):
        expect(card(page, BROTHER)).to_contain_text(words)
    expect(page.get_by_role("link", name="Agree to it")).to_have_count(0)


def make_it_ready(page: Page, home: str, child: str) -> None:
    step(page, home, child, "Home study", "Record", lambda: page.get_by_label("The home fits", exact=True).check())
    step(page, home, child, "Family agreed", "Record", lambda: None)


def begin_a_paper(page: Page, home: str) -> None:
    """The boy has no birth record; the paper goes to the registry and a picture stays here."""
    page.goto(f"{home}papers/new/")
    page.get_by_label("For whom").select_option(label=BROTHER)
    page.get_by_label("What it is about").select_option("birth_late")
    paper = sent(page, "Begin", "**/papers/*/")
    page.get_by_role("link", name="Add a picture").click()
    picture = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF"}
    page.get_by_label("Picture").set_input_files(picture)
    sent(page, "Keep it", paper)
    page.get_by_role("link", name="Next step").click()
    page.get_by_label("Where it stands now").select_option("court")
    sent(page, "Record", paper)
    expect(page.locator("main")).to_contain_text("Before the court")
    assert_fit_for_all(page)


def record_guardianship(page: Page, home: str, grandmother: str) -> None:
    page.goto(f"{home}guardianships/new/")
    page.get_by_label("Which child").select_option(label=BROTHER)
    page.get_by_label("guardianship (child under 14)").check()
    page.get_by_label("With another family").fill(code_in(grandmother))
    page.get_by_label("Decided by").select_option(label="National coordination")
    page.get_by_label("Number of the decision").fill("12/3")
    sent(page, "Record", "**/care/")
    expect(card(page, BROTHER)).to_contain_text("trusteeship from")


def join_her(page: Page, home: str, grandmother: str) -> None:
    """They live in her file now; both files tell where they came from."""
    page.goto(f"{home}rejoin/")
    for child in (BROTHER, SISTER):
        page.get_by_label(child).check()
    page.get_by_label("Which family").fill(code_in(grandmother))
    page.get_by_label("Why").select_option("other_relatives")
    assert_fit_for_all(page)
    sent(page, "Join", grandmother)
    expect(page.locator("main")).to_contain_text("The families joined")
    page.goto(f"{grandmother}care/")
