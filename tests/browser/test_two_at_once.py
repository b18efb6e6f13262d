"""Two workers change the same family, each in a browser of their own: nobody's words are lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, assert_fit_for_all, sign_in
from tests.browser.test_putting_right import sign_in_here

pytestmark = pytest.mark.browser

MERGED = "Changed while you were writing"
HOME = re.compile(r"/families/F-[^/]+/(#.*)?$")


@pytest.fixture
def colleague(chromium: Browser, server: Server) -> Iterator[Page]:
    """Give the page of a coordinator, who works on the same family meanwhile."""
    context = chromium.new_context(locale="en-GB", extra_http_headers={"X-Purpose": "supervision"})
    page = context.new_page()
    sign_in(page, server, "coordinator")
    yield page
    context.close()


def open_step(page: Page, server: Server) -> str:
    """Open the form of an open step of the plan, and return its address."""
    page.goto(f"{server.address}/families/?stage=60")
    homes = [link.get_attribute("href") for link in page.locator("tbody th a").all()]
    for home in homes:
        page.goto(server.address + str(home))
        link = page.locator("a[href$='/change/']")
        if link.count():
            page.goto(server.address + str(link.first.get_attribute("href")))
            return page.url
    raise AssertionError("no family has an open step")


def two_days() -> tuple[str, str]:
    """Return two days, each time others: on one that stands there already nobody changes anything."""
    year = 2031 + Random().randrange(900)
    return f"{year}-05-17", f"{year}-04-02"


def change_due(page: Page, address: str, day: str, service: int | None = None) -> None:
    page.goto(address)
    page.get_by_label("By when").fill(day)
    if service:
        page.locator("select[name=service]").select_option(index=service)
    page.get_by_role("button", name="Change step").click()
    page.wait_for_url(HOME)


def test_the_second_sees_what_the_first_changed_and_saves_both(screen: Page, server: Server, colleague: Page) -> None:
    sign_in(screen, server, "caseworker")
    address, (mine, theirs) = open_step(screen, server), two_days()
    screen.get_by_label("By when").fill(mine)
    wide = (screen.viewport_size or {})["width"] > 600
    change_due(colleague, address, theirs, service=3 if wide else 4)
    screen.get_by_role("button", name="Change step").click()
    screen.get_by_role("heading", name=MERGED).wait_for()
    assert_fit_for_all(screen)
    told = screen.locator(".meanwhile")
    for words in (f"17 May {mine[:4]}", f"2 April {mine[:4]}", "Taken in already"):
        expect(told).to_contain_text(words)
    expect(screen.get_by_label("By when")).to_have_value(mine)
    # By the keyboard alone: from what differs to its field, another day, and sent.
    told.get_by_role("link", name="By when").press("Enter")
    expect(screen.get_by_label("By when")).to_be_focused()
    screen.get_by_label("By when").fill(f"{mine[:4]}-04-30")
    screen.get_by_role("button", name="Change step").press("Enter")
    screen.wait_for_url(HOME)
    screen.goto(address)
    expect(screen.get_by_label("By when")).to_have_value(f"{mine[:4]}-04-30")
    colleague.goto(address)
    service = colleague.locator("select[name=service]").input_value()
    expect(screen.locator("select[name=service]")).to_have_value(service)


def test_what_was_typed_before_the_session_was_locked_meets_what_was_written_meanwhile(
    screen: Page, server: Server, colleague: Page
) -> None:
    sign_in(screen, server, "caseworker")
    address, (mine, theirs) = open_step(screen, server), two_days()
    screen.get_by_label("By when").fill(mine)
    lock(screen)
    change_due(colleague, address, theirs)
    screen.locator("[data-lock] input[type=password]").fill(server.accounts["caseworker"])
    screen.locator("[data-lock] input[type=password]").press("Enter")
    expect(screen.locator("[data-lock]")).to_be_hidden()
    screen.get_by_role("button", name="Change step").click()
    screen.get_by_role("heading", name=MERGED).wait_for()
    expect(screen.get_by_label("By when")).to_have_value(mine)


def lock(page: Page) -> None:
    page.evaluate("document.querySelector('[data-lock-now]').click()")
    expect(page.locator("[data-lock]")).to_be_visible()


def test_a_draft_that_comes_back_does_not_write_over_what_came_since(
    screen: Page, server: Server, colleague: Page
) -> None:
    sign_in(screen, server, "caseworker")
    address, (mine, theirs) = open_step(screen, server), two_days()
    screen.get_by_label("By when").fill(mine)
    screen.context.clear_cookies()
    screen.get_by_role("button", name="Change step").click()
    screen.get_by_text("open too long").wait_for()
    change_due(colleague, address, theirs)
    sign_in_here(screen, server, "caseworker")
    screen.goto(address)
    expect(screen.locator("[data-restored]")).to_be_visible()
    expect(screen.get_by_label("By when")).to_have_value(mine)
    screen.get_by_role("button", name="Change step").click()
    screen.get_by_role("heading", name=MERGED).wait_for()


def test_without_a_script_the_two_are_brought_together_all_the_same(
    chromium: Browser, server: Server, colleague: Page
) -> None:
    context = chromium.new_context(
        java_script_enabled=False, locale="en-GB", extra_http_headers={"X-Purpose": "supervision"}
    )
    page = context.new_page()
    sign_in(page, server, "caseworker")
    address, (mine, theirs) = open_step(page, server), two_days()
    page.get_by_label("By when").fill(mine)
    change_due(colleague, address, theirs)
    page.get_by_role("button", name="Change step").click()
    page.get_by_role("heading", name=MERGED).wait_for()
    page.get_by_role("button", name="Change step").click()
    page.wait_for_url(HOME)
    page.goto(address)
    expect(page.get_by_label("By when")).to_have_value(mine)
    context.close()


def test_contacts_that_two_add_at_once_both_stand(screen: Page, server: Server, colleague: Page) -> None:
    sign_in(screen, server, "caseworker")
    screen.goto(f"{server.address}/families/?stage=60")
    screen.locator("tbody th a").first.click()
    screen.wait_for_url(HOME)
    screen.locator("tbody th a").first.click()
    screen.wait_for_url("**/people/P-*/")
    address, width = screen.url, (screen.viewport_size or {})["width"]
    numbers = [f"+998 90 {width} {end}" for end in ("01", "02")]
    for page in (screen, colleague):
        page.goto(f"{address}contacts/new/")
    for page, number in ((screen, numbers[0]), (colleague, numbers[1])):
        page.get_by_label("Number or address").fill(number)
        page.get_by_label("Where it was read or heard").fill("herself")
    for page in (screen, colleague):
        page.get_by_role("button", name="Add").click()
        page.wait_for_url("**/people/P-*/")
    screen.goto(address)
    expect(screen.locator("main")).not_to_contain_text(numbers[0])
    screen.get_by_role("link", name="Safe contact").click()
    screen.get_by_label("When one may call").fill("Mornings only.")
    screen.get_by_role("button", name="Keep").click()
    screen.wait_for_url("**/reach/")
    expect(screen.locator("main")).to_contain_text("Mornings only.")
    screen.get_by_role("button", name="I have read this: show the numbers").click()
    for number in numbers:
        expect(screen.locator("main")).to_contain_text(number)
    assert_fit_for_all(screen)


def test_a_file_is_protected_once_it_was_said_who_sees_it_then(screen: Page, server: Server) -> None:
    sign_in(screen, server, "supervisor")
    screen.goto(f"{server.address}/families/")
    screen.locator("tbody th a").nth(2).click()
    screen.wait_for_url(HOME)
    screen.get_by_role("link", name="Protect this file").click()
    expect(screen.locator("main")).to_contain_text("No longer sees it: Regional coordinator")
    assert_fit_for_all(screen)
    screen.get_by_label("Why").fill("Her brother works there.")
    screen.get_by_role("button", name="Protect this file").click()
    screen.wait_for_url(HOME)
    expect(screen.locator(".under .mark")).to_have_text("protected")
    assert_fit_for_all(screen)
    screen.get_by_role("link", name="End the protection").click()
    assert_fit_for_all(screen)
    screen.get_by_label("Why").fill("He moved away.")
    screen.get_by_role("button", name="End the protection").click()
    screen.wait_for_url(HOME)
    expect(screen.locator(".under .mark")).to_have_count(0)
