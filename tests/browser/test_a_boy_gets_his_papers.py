"""A boy whom nobody ever registered: from two accounts of who he is to the identity card in his hand."""

from __future__ import annotations

import re
from datetime import timedelta
from random import Random

import pytest
from playwright.sync_api import Locator, Page, expect

from panoh.access.clock import today
from tests.browser.conftest import Server, assert_fit_for_all
from tests.browser.walking import code_in, desks, fill_in, registered, sent

pytestmark = pytest.mark.browser
GRANDMOTHER, BOY = (f"{name} {Random().randrange(10**6)}" for name in ("Ravshanova Oyposhsha", "Ravshanov Sarvar"))
SOON = today() + timedelta(3)


@pytest.mark.parametrize("screen", [1280], indirect=True, ids=["wide"])
def test_a_boy_without_a_birth_record_comes_home_and_holds_his_card(screen: Page, server: Server) -> None:
    with desks(screen, server, "coordinator", "caseworker", "supervisor") as (coordinator, caseworker, supervisor):
        home = register(coordinator, server)
        boy = find_the_boy(coordinator, home)
        tell_who_he_may_be(coordinator, boy)
        compare_them(coordinator, boy)
        fly(coordinator, server, boy, home)
        is_handed_over(coordinator, boy)
        there, refused = counted(supervisor, server)

        lacks(caseworker, home, "Birth certificate, Confirmation of citizenship")
        birth = begin(caseworker, home, "birth_late", "Late registration of a birth")
        is_refused_and_tried_again(caseworker, birth)
        assert counted(supervisor, server) == (there, refused)
        is_issued(caseworker, birth, "I-TN 100200")
        lacks(caseworker, home, "Confirmation of citizenship")
        nationality = begin(caseworker, home, "nationality", "Confirmation of nationality")
        is_refused_and_appealed(caseworker, supervisor, server, nationality, refused)
        card = begin(caseworker, home, "id_card", "Identity card")
        is_due_soon(caseworker, server, card)
        is_issued(caseworker, card, "AD 1234567", (today() + timedelta(3650)).isoformat())
        is_held_by(caseworker, card, "the family")

        expect(row(caseworker, home, "Identity card")).to_contain_text("the family")
        assert counted(supervisor, server) == (there + 3, refused)
        assert_fit_for_all(supervisor)


def counted(page: Page, server: Server) -> tuple[int, int]:
    """Look at the papers in figures, and return how many are there and how many were refused."""
    page.goto(f"{server.address}/figures/")
    page.get_by_role("link", name="Papers in figures").click()
    there, refused = re.findall(r"(?:There|Refused): (\d+)", page.locator("p.under").inner_text())
    return int(there), int(refused)


def register(page: Page, server: Server) -> str:
    """Register the grandmother who asked for him, then the boy from the camp, and return the family's address."""
    page.goto(f"{server.address}/families/")
    page.get_by_role("link", name="Register a family").click()
    fill_in(page, GRANDMOTHER, sex="female", year="1958", kinship="grandmother", source="herself")
    page.get_by_label("Lead worker").select_option(label="Malika Bogʻbon")
    home = registered(page, "Register family", "**/families/F-*/")
    page.get_by_role("link", name="Add a person").click()
    fill_in(page, BOY, sex="male", year="2010", kinship="grandchild", source="a list of the camp")
    page.get_by_label("Open a case at").select_option(label="Identification")
    assert_fit_for_all(page)
    registered(page, "Add to the family", home)
    return home


def find_the_boy(page: Page, home: str) -> str:
    """Come to what is known of him before arrival, and return that page's address."""
    page.goto(home)
    page.get_by_role("link", name=BOY).first.click()
    page.get_by_role("link", name="Before arrival").click()
    expect(page.get_by_text("Nobody said yet who this may be")).to_be_visible()
    assert_fit_for_all(page)
    return page.url


def tell_who_he_may_be(page: Page, boy: str) -> None:
    """Two tell it differently; one is taken as right, and the other stays beside it."""
    for source, sureness, name, born in (
        ("camp_record", "possible", "Ravshan Sarwar", "about 2012"),
        ("relative", "likely", "Ravshanov Sarvar", "June 2010, in the week of the apricots"),
    ):
        page.get_by_role("link", name="Who this may be").click()
        page.get_by_label("Who says so").select_option(source)
        page.get_by_label(sureness, exact=True).check()
        page.get_by_label("Name").fill(name)
        page.get_by_label("Birth, as it was said").fill(born)
        assert_fit_for_all(page)
        sent(page, "Add", boy)
    claim(page, "A relative").get_by_role("link", name="Change").click()
    page.get_by_label("taken as right").check()
    assert_fit_for_all(page)
    sent(page, "Record", boy)
    expect(claim(page, "A relative")).to_contain_text("taken as right")
    expect(claim(page, "A record of the camp or place")).to_contain_text("open")


def claim(page: Page, source: str) -> Locator:
    return page.get_by_role("row", name=source)


def compare_them(page: Page, boy: str) -> None:
    """Of the test its outcome is kept, and nothing that it was found from."""
    page.get_by_role("link", name="Kinship test").click()
    page.get_by_label("Compared with").select_option(label=GRANDMOTHER)
    page.get_by_label("supports it", exact=True).check()
    page.get_by_label("Laboratory").select_option(label="Family clinic")
    expect(page.get_by_text("Nothing it was found from is kept here.")).to_be_visible()
    expect(page.locator("main input[type=file]")).to_have_count(0)
    assert_fit_for_all(page)
    sent(page, "Record", boy)
    expect(page.get_by_text(f"With {GRANDMOTHER}: supports it (Family clinic")).to_be_visible()


def fly(page: Page, server: Server, boy: str, home: str) -> None:
    """He gets a paper for the way, and a seat."""
    page.get_by_role("main").get_by_role("link", name="Papers").click()
    paper = begin(page, home, "travel_document", "Document for the way home")
    next_step(page, paper, "issued", "The embassy gave it for thirty days.")
    page.goto(boy)
    expect(page.get_by_role("link", name="Document for the way home")).to_be_visible()
    page.get_by_role("link", name="Flight", exact=True).click()
    page.get_by_label("Flight (required)", exact=True).fill("hy 772")
    page.get_by_label("Day of the flight").fill(today().isoformat())
    assert_fit_for_all(page)
    sent(page, "Put on the flight", boy)
    page.goto(f"{server.address}/")
    page.get_by_role("link", name="Arrivals").click()
    page.get_by_role("link", name="Flights").click()
    expect(page.get_by_role("heading", name="HY 772")).to_be_visible()
    expect(page.get_by_role("link", name=code_in(boy.removesuffix("journey/")))).to_be_visible()
    assert_fit_for_all(page)


def is_handed_over(page: Page, boy: str) -> None:
    """At the airport his grandmother takes him; two papers are missing."""
    page.goto(boy)
    page.get_by_role("link", name="Hand-over", exact=True).click()
    page.get_by_label("Handed over by").select_option(label="National coordination")
    page.get_by_label("Received by somebody of this family").select_option(label=GRANDMOTHER)
    for paper in ("Birth certificate", "Confirmation of citizenship"):
        page.get_by_label(paper).check()
    page.get_by_label("What else was said").fill("She brought his father's old passport.")
    assert_fit_for_all(page)
    sent(page, "Record", boy)
    expect(page.get_by_text("Missing papers: Birth certificate, Confirmation of citizenship")).to_be_visible()
    assert_fit_for_all(page)


def lacks(page: Page, home: str, papers: str) -> None:
    """See on the family's page which papers are still missing."""
    page.goto(home)
    expect(page.locator("section.card", has=page.get_by_role("heading", name="Documents"))).to_contain_text(
        re.compile(f"Missing papers: {papers}$", re.MULTILINE)
    )


def begin(page: Page, home: str, kind: str, label: str) -> str:
    """Begin a paper for the boy, and return the address of its page."""
    page.goto(f"{home}papers/")
    page.get_by_role("link", name="Begin a paper").click()
    page.get_by_label("For whom").select_option(label=BOY)
    page.get_by_label("What it is about").select_option(kind)
    page.get_by_label("Office").select_option(label="Civil registry and legal aid")
    paper = sent(page, "Begin", "**/papers/*/")
    expect(page.get_by_role("heading", name=label, level=1)).to_be_visible()
    return paper


def next_step(page: Page, paper: str, step: str, words: str, by_when: str = "") -> None:
    page.goto(paper)
    page.get_by_role("link", name="Next step").click()
    page.get_by_label("Where it stands now").select_option(step)
    page.get_by_label("Next step due").fill(by_when)
    page.get_by_label("What was said or answered").fill(words)
    sent(page, "Record", paper)


def is_refused_and_tried_again(page: Page, paper: str) -> None:
    """The court wants a second witness; the refusal stays to be read when she is found."""
    next_step(page, paper, "court", "Handed in with the outcome of the test.")
    expect(page.get_by_role("main")).to_contain_text("Before the court")
    next_step(page, paper, "refused", "One witness is not enough.")
    expect(page.locator("dl.facts").first).to_contain_text("Refused")
    next_step(page, paper, "court", "The neighbour who was at the birth comes, too.")
    next_step(page, paper, "applied", "The court says yes; the registry has it.")
    for words in ("One witness is not enough.", "The neighbour who was at the birth comes, too."):
        expect(page.locator(".timeline-list").first).to_contain_text(words)
    assert_fit_for_all(page)


def is_issued(page: Page, paper: str, number: str, until: str = "") -> None:
    """The document is there: its number, a picture of it, and who has it while we copy it."""
    next_step(page, paper, "issued", "")
    page.get_by_role("link", name="What stands on it").click()
    page.get_by_label("Number").fill(number)
    page.get_by_label("Issued on").fill(today().isoformat())
    page.get_by_label("Valid until").fill(until)
    assert_fit_for_all(page)
    sent(page, "Record", paper)
    expect(page.get_by_role("main")).to_contain_text(number)
    page.get_by_role("link", name="Add a picture").click()
    picture = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF"}
    page.get_by_label("Picture").set_input_files(picture)
    sent(page, "Keep it", paper)
    expect(page.get_by_role("link", name="Picture 1")).to_be_visible()
    is_held_by(page, paper, "us")


def is_held_by(page: Page, paper: str, holder: str) -> None:
    page.goto(paper)
    page.get_by_role("link", name="Where the paper is").click()
    page.get_by_label(holder, exact=True).check()
    sent(page, "Record", paper)
    expect(page.locator("section.card", has_text="Who has the paper").first).to_contain_text(holder)


def is_refused_and_appealed(page: Page, supervisor: Page, server: Server, paper: str, refused: int) -> None:
    """A refusal counts with the supervisor until the appeal is in; the appeal is answered yes."""
    next_step(page, paper, "asked", "Asked by letter.")
    next_step(page, paper, "refused", "No paper of the father is known to them.")
    assert counted(supervisor, server)[1] == refused + 1
    next_step(page, paper, "appeal", "With the father's old passport.")
    assert counted(supervisor, server)[1] == refused
    next_step(page, paper, "confirmed", "He is one of ours since his birth.")


def is_due_soon(page: Page, server: Server, paper: str) -> None:
    """The card is asked for, and what comes next stands on Today."""
    next_step(page, paper, "applied", "His picture was taken there.", by_when=SOON.isoformat())
    page.goto(f"{server.address}/")
    expect(page.locator("section.card", has_text="Due in the next seven days")).to_contain_text("Identity card")


def row(page: Page, home: str, kind: str) -> Locator:
    page.goto(f"{home}papers/")
    assert_fit_for_all(page)
    return page.get_by_role("row", name=kind)
