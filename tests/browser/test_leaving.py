"""Somebody turns 18, asks to be forgotten with a code, reads what is kept, and is: worker, coordinator, and herself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, assert_fit_for_all, looking, sign_in
from tests.browser.walking import fill_in, registered

pytestmark = pytest.mark.browser

NAME = "Qimmatxonova Marvarid"
FAMILY = "**/families/F-*/"


@pytest.fixture
def seat(chromium: Browser) -> Iterator[Callable[[int], Page]]:
    """Give a browser of one's own to each who takes part; the person has a telephone."""
    with ExitStack() as opened:

        def sit(width: int) -> Page:
            return opened.enter_context(looking(chromium, width))

        yield sit


def test_a_grown_child_sees_the_file_and_is_forgotten(server: Server, seat: Callable[[int], Page]) -> None:
    worker, boss, person = seat(1280), seat(1280), seat(390)
    sign_in(worker, server, "caseworker")
    sign_in(boss, server, "coordinator")
    home = family_of(worker, server)
    address = join_the_family(boss, home)
    code = give_a_code(worker, address)
    ask(person, server, code, "To be forgotten", "I am eighteen. Please forget me.")
    read_out(worker, server, address)
    let_go(boss, home, address)
    answer(boss, server)
    person.goto(server.address + "/ask/")
    person.get_by_label("Code on the paper").fill(code)
    person.get_by_role("button", name="Go on").click()
    expect(person.locator("[data-errors]")).to_contain_text("cannot be used")
    worker.goto(address)
    expect(worker.get_by_text("This person was forgotten")).to_be_visible()


def family_of(page: Page, server: Server) -> str:
    page.goto(f"{server.address}/families/?stage=60")
    page.locator("tbody th a").first.click()
    page.wait_for_url(FAMILY)
    return page.url


def join_the_family(page: Page, home: str) -> str:
    """Register who grew up here, open the case, and note a visit; return the address of the person's page."""
    page.goto(home)
    page.get_by_role("link", name="Add a person").click()
    fill_in(page, NAME, sex="female", year="2008", source="herself")
    registered(page, "Add to the family", FAMILY)
    row = page.locator("tr", has_text=NAME)
    row.locator("summary").click()
    row.get_by_role("link", name="Open a case").click()
    page.get_by_label("First stage").select_option("reception")
    page.get_by_role("button", name="Open case").click()
    page.wait_for_url(FAMILY)
    page.get_by_role("link", name="Record visit").first.click()
    page.get_by_label("How the family is doing").fill("She finished school.")
    page.get_by_role("button", name="Record visit").click()
    page.wait_for_url(FAMILY)
    page.get_by_role("link", name=NAME).first.click()
    page.wait_for_url("**/people/P-*/")
    return page.url


def give_a_code(page: Page, address: str) -> str:
    page.goto(address)
    page.get_by_role("link", name="Rights", exact=True).click()
    expect(page.get_by_role("link", name="Give a code")).to_be_visible()
    assert_fit_for_all(page)
    page.get_by_role("link", name="Give a code").click()
    page.get_by_role("button", name="Give a code").click()
    expect(page.locator("p.half")).to_be_visible()
    assert_fit_for_all(page)
    return page.locator("p.half").inner_text()


def ask(page: Page, server: Server, code: str, what: str, words: str) -> None:
    page.goto(server.address + "/ask/")
    page.get_by_label("Code on the paper").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label(what).check()
    page.get_by_label("In your words").fill(words)
    assert_fit_for_all(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Received")).to_be_visible()


def read_out(page: Page, server: Server, address: str) -> None:
    page.goto(server.address + "/rights/")
    assert_fit_for_all(page)
    page.get_by_role("row", name="To be forgotten").get_by_role("link").first.click()
    expect(page.get_by_text("I am eighteen.")).to_be_visible()
    page.goto(address + "rights/")
    page.get_by_role("link", name="Give a copy of the file").click()
    page.get_by_label("Who asks").select_option("person")
    page.get_by_label("Known to the worker from visits").check()
    page.get_by_role("button", name="Show the copy").click()
    expect(page.get_by_role("heading", name="My file")).to_be_visible()
    expect(page.locator("main")).to_contain_text(NAME)
    assert_fit_for_all(page)


def let_go(page: Page, home: str, address: str) -> None:
    page.goto(home)
    row = page.locator("tr", has_text=NAME)
    row.locator("summary").click()
    row.get_by_role("link", name=re.compile("^Close")).click()
    page.get_by_label("Why the case closes").select_option("family_asked")
    page.get_by_label("How the person lives now").select_option("independent")
    page.get_by_label("Closing note").fill("She asked for it.")
    page.get_by_role("button", name="Close case").click()
    page.wait_for_url(FAMILY)
    page.goto(address)
    page.get_by_role("link", name="Forget for good").click()
    page.get_by_label("Asked for by the person").check()
    page.get_by_label("Code of the person, typed").fill(address.strip("/").split("/")[-1])
    page.get_by_role("button", name="Forget for good").click()
    expect(page.get_by_role("heading", name="Certificate of forgetting")).to_be_visible()


def answer(page: Page, server: Server) -> None:
    page.goto(server.address + "/rights/")
    page.get_by_role("row", name="To be forgotten").get_by_role("link").first.click()
    page.get_by_role("link", name="Answer").click()
    page.get_by_label("Done as asked").check()
    page.get_by_label("Answer", exact=False).last.fill("You are forgotten.")
    page.get_by_role("button", name="Answer").click()
    expect(page.locator(".messages")).to_contain_text("Answered")
