"""A mother agrees, two offices decline, the supervisor decides and appeals: one story of three roles, four people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, assert_fit_for_all, sign_in
from tests.browser.walking import fill_in, registered

pytestmark = pytest.mark.browser
SISTER, WOMAN = (f"{name} {Random().randrange(10**6)}" for name in ("Salohova Oydin", "Salohova Hilola"))
WAIT_SECONDS = 30


@pytest.fixture
def desk_of(chromium: Browser, server: Server) -> Iterator[Callable[[str], Page]]:
    """Give each colleague a browser of their own, in which they have signed in."""
    contexts = []

    def signed_in(username: str) -> Page:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.set_extra_http_headers({"X-Purpose": "supervision"})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, server, username)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def until_shown(page: Page, words: str) -> None:
    """Load a page anew until the work in the background has come to it."""
    for _ in range(WAIT_SECONDS):
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(f"“{words}” did not come")


def decline(page: Page, server: Server, code: str, why: str, basis: str) -> None:
    page.goto(f"{server.address}/referrals/")
    page.get_by_role("link", name=code).click()
    expect(page.get_by_text("opens to whoever takes it")).to_be_visible()
    page.get_by_role("link", name="Decline").click()
    page.get_by_label("Why").select_option(why)
    page.get_by_label(re.compile("Legal basis")).fill(basis)
    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_text("Another way is looked for.")).to_be_visible()


def register(page: Page, server: Server) -> str:
    """Register a family of this story's own, of which one grown woman has an open case; return its address."""
    page.goto(f"{server.address}/families/new/")
    fill_in(page, SISTER, sex="female", year="1988", kinship="aunt")
    page.get_by_label("Lead worker").select_option(label="Malika Bogʻbon")
    home = registered(page, "Register family", "**/families/F-*/")
    page.goto(f"{home}people/new/")
    fill_in(page, WOMAN, sex="female", year="1992")
    page.get_by_label("Open a case at").select_option(label="Reception")
    registered(page, "Add to the family", home)
    return home


def test_a_referral_declined_twice_comes_before_the_supervisor(server: Server, desk_of: Callable[[str], Page]) -> None:
    worker = desk_of("caseworker")
    family, name = register(desk_of("coordinator"), server), WOMAN
    worker.goto(family)
    address = str(worker.locator("a[href*='/people/P-']", has_text=name).first.get_attribute("href"))

    worker.goto(f"{server.address}{address}consents/new/")
    assert_fit_for_all(worker)
    worker.get_by_label("yes", exact=True).check()
    for told in (
        "clinic or hospital",
        "non-governmental organisation",
        "psychosocial help",
        "names, birth and documents",
    ):
        worker.get_by_label(told).check()
    worker.get_by_label("Language").select_option("uz")
    worker.get_by_role("button", name="Record", exact=True).click()
    expect(worker.get_by_text("Print the receipt")).to_be_visible()
    with worker.expect_download() as receipt:
        worker.get_by_role("button", name="Receipt (PDF)").click()
    assert re.fullmatch(r"CN-\w{4}-\w{4}\.pdf", receipt.value.suggested_filename)

    worker.goto(f"{family}referrals/")
    worker.locator("main li", has_text=name).get_by_role("link", name="Ask for a service").click()
    worker.get_by_label("Service").select_option("PSY-38")
    worker.get_by_role("button", name="Whom to ask").click()
    assert_fit_for_all(worker)
    worker.get_by_label(re.compile("Umid")).check()
    worker.get_by_label("What they should know").fill("Back from the camp.")
    worker.get_by_role("button", name="Send referral").click()
    expect(worker.get_by_text("must not be read outside").first).to_be_visible()
    worker.get_by_label("What they should know").fill("Mornings suit her best.")
    worker.get_by_role("button", name="Send referral").click()
    expect(worker.get_by_text("The referral is sent.")).to_be_visible()
    first = worker.url.rstrip("/").rsplit("/", 1)[1]

    decline(desk_of("helper"), server, first, "no_place", "Until March.")
    until_shown(worker, "Asked next")
    second = worker.locator("li", has_text="Asked next").get_by_role("link").inner_text()
    clinic = desk_of("clinic")
    clinic.goto(f"{server.address}/referrals/{second}/")
    assert name not in clinic.content(), "no name before it is taken"
    decline(clinic, server, second, "not_entitled", "Article 12.")
    worker.goto(f"{server.address}/referrals/{second}/")
    until_shown(worker, "with the supervisor")

    boss = desk_of("supervisor")
    expect(boss.get_by_text("Decide how a service is found").first).to_be_visible()
    boss.goto(f"{family}referrals/")
    assert_fit_for_all(boss)
    refused = boss.locator("li", has_text="Article 12.")
    refused.get_by_role("link", name=re.compile("Appeal")).click()
    boss.get_by_label("Why the refusal is not right").fill("She has lived here since May.")
    boss.get_by_role("button", name="Record the appeal").click()
    expect(boss.get_by_text("The appeal is recorded.")).to_be_visible()
    boss.goto(f"{server.address}/refusals/")
    assert_fit_for_all(boss)
    expect(boss.get_by_role("row", name=re.compile("No place is free"))).to_be_visible()
    code = family.rstrip("/").rsplit("/", 1)[1]
    expect(boss.get_by_role("link", name=code)).to_be_visible()
