"""A mother complains about her worker, then about the worker's chief as well: neither of them ever learns of it."""

from __future__ import annotations

import re
from datetime import timedelta
from random import Random

import pytest
from django.utils.formats import date_format
from playwright.sync_api import Locator, Page, expect

from panoh.access.clock import today
from tests.browser.conftest import Server, assert_fit_for_all
from tests.browser.walking import code_in, desks, fill_in, registered, sent

pytestmark = pytest.mark.browser
MOTHER = f"Tohirova Farangis {Random().randrange(10**6)}"
WORKER, CHIEF, COORDINATOR = "Malika Bogʻbon", "Akmal Tongotar", "Nodira Zarafshon"
WORDS, CHIEFS = "She reads my letters to the neighbours.", "He laughed when I told him of the letters."
ANSWER, SECOND = (
    "Your letters are yours. Another worker comes from Monday.",
    "He was wrong to laugh, and says so to you.",
)
TAKE = "Take a complaint down"


@pytest.mark.parametrize("screen", [390], indirect=True, ids=["narrow"])
def test_who_is_complained_about_never_learns_of_it_and_the_family_reads_the_answer(
    screen: Page, server: Server
) -> None:
    roles = ("caseworker", "supervisor", "coordinator", "protection", "")
    with desks(screen, server, *roles) as (worker, chief, coordinator, officer, mother):
        person = register(coordinator, server)
        code = give_a_code(worker, person)
        complained = complain(mother, server, code)
        waits(mother, server, code, complained)

        waits_for(officer, server.address + "/audit/", complained)
        is_about(officer, server, complained, [WORKER], asks=CHIEF)
        sees_nothing(worker, server, complained, person)
        look_into(chief, server, complained)
        sees_nothing(worker, server, complained, person)
        reads(mother, server, code, complained, ANSWER)

        second = take_down(coordinator, server, person)
        sees_nothing(chief, server, second, person)
        cannot_look_into(officer, server, second)
        is_about(officer, server, second, [], asks=COORDINATOR)
        answer(coordinator, server, second, SECOND)
        reads(mother, server, code, second, SECOND)
        for page in (worker, chief):
            sees_nothing(page, server, second, person)


def register(page: Page, server: Server) -> str:
    """Register the mother with her worker, and return the address of her page."""
    page.goto(f"{server.address}/families/new/")
    fill_in(page, MOTHER, sex="female", year="1990", kinship="mother", source="herself")
    page.get_by_label("Lead worker").select_option(label=WORKER)
    registered(page, "Register family", "**/families/F-*/")
    page.get_by_role("link", name=MOTHER).first.click()
    page.wait_for_url("**/people/P-*/")
    return page.url


def give_a_code(page: Page, person: str) -> str:
    """Her worker gives her the paper with the code, as everybody gets it."""
    page.goto(person)
    page.get_by_role("link", name="Rights", exact=True).click()
    page.get_by_role("link", name="Give a code").click()
    page.get_by_role("button", name="Give a code").click()
    expect(page.locator("p.half")).to_be_visible()
    return page.locator("p.half").inner_text()


def at_the_door(page: Page, server: Server, code: str) -> None:
    page.goto(server.address + "/ask/")
    page.get_by_label("Code on the paper").fill(code)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Did you send something already?")).to_be_visible()


def complain(page: Page, server: Server, code: str) -> str:
    """At the open door she writes what happened, and keeps the number."""
    at_the_door(page, server, code)
    assert_fit_for_all(page)
    page.get_by_label("To complain about something or somebody").check()
    page.get_by_label("In your words").fill(WORDS)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Received")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(date_format(today() + timedelta(30)))
    assert_fit_for_all(page)
    return page.locator(".code").inner_text()


def look_up(page: Page, server: Server, code: str, number: str) -> Locator:
    """Come back to the door with the code and the number, and return what stands there."""
    at_the_door(page, server, code)
    page.get_by_label("Number you were given").fill(number.lower())
    page.get_by_role("button", name="Read the answer").click()
    expect(page.get_by_role("heading", name="Answer")).to_be_visible()
    assert_fit_for_all(page)
    return page.get_by_role("main")


def waits(page: Page, server: Server, code: str, number: str) -> None:
    shown = look_up(page, server, code, number)
    expect(shown).to_contain_text(f"answered by {date_format(today() + timedelta(30))}")
    expect(shown).not_to_contain_text(WORDS)


def reads(page: Page, server: Server, code: str, number: str, words: str) -> None:
    shown = look_up(page, server, code, number)
    expect(shown).to_contain_text(words)
    for said in (WORDS, CHIEFS):
        expect(shown).not_to_contain_text(said)


def waits_for(page: Page, first: str, number: str) -> None:
    """Whoever reads complaints is told on the first page that one waits, and until when."""
    page.goto(first)
    page.locator(".notice", has_text=re.compile("complaints? waits? for an answer")).get_by_role("link").click()
    expect(page.get_by_role("row", name=number)).to_contain_text("in 3 days")
    assert_fit_for_all(page)


def open_complaint(page: Page, server: Server, number: str) -> None:
    page.goto(server.address + "/complaints/")
    page.get_by_role("link", name=number).click()
    page.wait_for_url(f"**/complaints/{number}/")


def is_about(page: Page, server: Server, number: str, named: list[str], *, asks: str) -> None:
    """The officer says whom it is about, and asks a colleague who is not meant to look into it."""
    open_complaint(page, server, number)
    page.get_by_role("link", name="Whom it is about").click()
    for name in named:
        page.get_by_label(name).check()
    who = page.get_by_label("Who looks into it")
    who.select_option(who.locator("option", has_text=asks).get_attribute("value"))
    assert_fit_for_all(page)
    sent(page, "Record it", "**/complaints/")
    expect(page.get_by_role("row", name=number)).to_contain_text(asks)


def sees_nothing(page: Page, server: Server, number: str, person: str) -> None:
    """Neither pages nor search, notices, the file, its accounts nor the API say a word of it to whom it is about."""
    page.goto(person)
    home = page.locator(".page-head a[href*='/families/']").first.get_attribute("href")
    code = code_in(person)
    for where in ("/", "/notices/", "/rights/", "/week/", home, f"/people/{code}/", f"/people/{code}/rights/",
                  f"/people/{code}/looked/", f"{home}looked/", f"{home}history/"):  # fmt: skip
        assert page.goto(server.address + str(where)).status == 200, where  # type: ignore[union-attr]
        for word in (number, WORDS, CHIEFS):
            expect(page.get_by_role("main")).not_to_contain_text(word)
    page.goto(server.address + "/find/")
    page.get_by_label("Name, number of a paper, or code").fill(number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).not_to_contain_text(WORDS)
    expect(page.locator(f"a[href*='{number}']")).to_have_count(0)
    for where in (f"/complaints/{number}/", f"/complaints/{number}/answer/", f"/api/v1/complaints/{number}"):
        assert page.goto(server.address + where).status in {403, 404}, where  # type: ignore[union-attr]
    listed = page.goto(server.address + "/api/v1/complaints")
    assert listed is not None
    assert number not in listed.text()


def look_into(page: Page, server: Server, number: str) -> None:
    """The chief of the worker is told, says to the mother that it was received, and answers."""
    page.goto(server.address + "/notices/")
    page.get_by_role("link", name=number).click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.locator("dl.facts")).to_contain_text(WORKER)
    expect(page.get_by_text("reads the answer at the open door")).to_be_visible()
    expect(page.get_by_role("link", name="Whom it is about")).to_have_count(0)
    assert_fit_for_all(page)
    answer(page, server, number, ANSWER)


def answer(page: Page, server: Server, number: str, words: str) -> None:
    open_complaint(page, server, number)
    page.get_by_role("link", name="They were told").click()
    assert_fit_for_all(page)
    sent(page, "They were told", f"**/complaints/{number}/")
    expect(page.locator("dl.facts")).to_contain_text(f"done {date_format(today())}")
    page.get_by_role("link", name="Answer", exact=True).click()
    page.get_by_label("Answer").fill(words)
    assert_fit_for_all(page)
    sent(page, "Answer", f"**/complaints/{number}/")
    expect(page.get_by_text(words)).to_be_visible()


def take_down(page: Page, server: Server, person: str) -> str:
    """She tells a coordinator of the chief, who writes it down and reads it no more; return its number."""
    page.goto(server.address + "/")
    page.locator(".me summary").click()
    page.get_by_role("link", name=TAKE).click()
    page.get_by_label("The complaint, in their words").fill(CHIEFS)
    page.get_by_label("Code of the person").fill(code_in(person))
    for name in (WORKER, CHIEF):
        page.get_by_label(name).check()
    assert_fit_for_all(page)
    page.get_by_role("button", name="Send the complaint").click()
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text(CHIEFS)
    assert_fit_for_all(page)
    number = page.locator(".code").inner_text()
    page.goto(f"{server.address}/complaints/")
    expect(page.get_by_role("main")).not_to_contain_text(number)
    return number


def cannot_look_into(page: Page, server: Server, number: str) -> None:
    """The chief is not among those who can be asked."""
    open_complaint(page, server, number)
    expect(page.locator("dl.facts")).to_contain_text(CHIEF)
    page.get_by_role("link", name="Whom it is about").click()
    expect(page.get_by_label("Who looks into it").locator("option", has_text=CHIEF)).to_have_count(0)
