"""Finding somebody in a real browser: while one types, in any script; of a colleague's person only whom to ask."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, assert_fit_for_all, sign_in

pytestmark = pytest.mark.browser


def name_of_a_member(page: Page, server: Server) -> str:
    """Return the name, of two words or more, of somebody in the newest family of the one who signed in."""
    page.goto(server.address + "/families/")
    families = page.locator("a[href*='/families/F-']").evaluate_all("links => links.map(link => link.href)")
    for family in families:
        page.goto(family)
        names = page.locator("a[href*='/people/P-']:visible", has_text=re.compile(r"\S\s+\S"))
        if names.count():
            return names.first.inner_text().strip()
    raise AssertionError("nobody has a name of two words")


def test_a_pause_in_typing_shows_who_may_be_meant_and_the_address_tells_nothing(screen: Page, server: Server) -> None:
    sign_in(screen, server, "caseworker")
    name = name_of_a_member(screen, server)
    screen.goto(server.address + "/find/")
    assert_fit_for_all(screen)
    first, second, *_ = name.split()
    screen.get_by_label("Name, number of a paper, or code").press_sequentially(f"{second} {first}")
    expect(screen.locator("#found li").first).to_contain_text(first)
    assert screen.url == server.address + "/find/"
    assert_fit_for_all(screen)
    screen.locator("#found h2 a").first.click()
    screen.wait_for_url("**/people/P-*/")


def test_of_a_colleagues_person_one_is_told_whom_to_ask_once_one_says_why(screen: Page, server: Server) -> None:
    sign_in(screen, server, "coordinator")
    name = foreign_name(screen, server)
    screen.get_by_role("button", name="Sign out").click()
    sign_in(screen, server, "caseworker")
    screen.goto(server.address + "/find/")
    screen.get_by_label("Name, number of a paper, or code").fill(name)
    screen.get_by_role("button", name="Find everywhere").click()
    hit = screen.locator("#found li", has_text="colleague").first
    expect(hit).to_be_visible()
    assert_fit_for_all(screen)
    hit.get_by_label("Why you ask").select_option("registration")
    hit.get_by_role("button", name="Who leads the work?").click()
    expect(hit.get_by_role("status")).to_contain_text(re.compile("Ask .+ on record"))
    assert_fit_for_all(screen)


def foreign_name(page: Page, server: Server) -> str:
    """Return the name of somebody whom the demonstration's caseworker does not lead."""
    page.goto(server.address + "/families/?stage=60")
    row = page.locator("tbody tr").filter(has_not_text="Malika").first
    row.locator("a[href*='/families/F-']").first.click()
    page.wait_for_url("**/families/F-*/")
    return page.locator("a[href*='/people/P-']").first.inner_text().strip()
