"""What a worker adds, moves and puts right by hand, on a wide and on a narrow screen."""

from __future__ import annotations

from random import Random

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, assert_fit_for_all, sign_in

pytestmark = pytest.mark.browser


def open_family(page: Page, server: Server, stage: int = 60) -> str:
    page.goto(f"{server.address}/families/?stage={stage}")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/families/F-*/")
    return page.url


def test_a_newborn_is_added_to_a_family_and_a_case_opened(screen: Page, server: Server) -> None:
    # One name for each screen: whoever resembles somebody registered is looked at first, which is another test.
    called = "Gavharova Zumrad" if (screen.viewport_size or {})["width"] > 600 else "Tulqinboyeva Lolazor"
    name = f"{called} {Random().randrange(10**6)}"
    sign_in(screen, server, "coordinator")
    open_family(screen, server)
    screen.get_by_role("link", name="Add a person").click()
    screen.wait_for_url("**/people/new/")
    assert_fit_for_all(screen)
    screen.get_by_label("Name (required)").fill(name)
    screen.get_by_label("female").check()
    screen.locator("select[name=precision]").select_option("year")
    screen.get_by_label("Year of birth").fill("2026")
    screen.get_by_label("Where it was read or heard").fill("the mother")
    screen.get_by_role("button", name="Add to the family").click()
    screen.wait_for_url("**/families/F-*/")
    row = screen.locator("tr", has_text=name)
    row.locator("summary").click()
    row.get_by_role("link", name="Open a case").click()
    screen.wait_for_url("**/case/")
    assert_fit_for_all(screen)
    screen.get_by_label("First stage").select_option("reception")
    screen.get_by_role("button", name="Open case").click()
    screen.wait_for_url("**/families/F-*/")
    expect(screen.locator("tr", has_text=name)).to_contain_text("Reception")


def test_every_form_says_whom_it_is_about_and_reads_well(screen: Page, server: Server) -> None:
    sign_in(screen, server, "coordinator")
    home = open_family(screen, server)
    name = screen.locator("tbody th a bdi").first.inner_text()
    for ending in ("/assess/", "/stage/", "/close/"):
        screen.goto(home)
        screen.goto(server.address + str(screen.locator(f"tbody a[href$='{ending}']").first.get_attribute("href")))
        assert name in screen.locator(".under").inner_text()
        assert_fit_for_all(screen)


def test_what_was_typed_is_back_after_a_sign_in_that_expired(screen: Page, server: Server) -> None:
    sign_in(screen, server, "caseworker")
    home = open_family(screen, server)
    screen.goto(home + "notes/new/")
    screen.get_by_label("Note").fill("She asked about school.")
    screen.context.clear_cookies()
    screen.get_by_role("button", name="Add note").click()
    screen.get_by_text("open too long").wait_for()
    sign_in_here(screen, server, "caseworker")
    screen.goto(home + "notes/new/")
    expect(screen.get_by_label("Note")).to_have_value("She asked about school.")
    expect(screen.locator("[data-restored]")).to_be_visible()
    assert_fit_for_all(screen)
    screen.get_by_role("button", name="Add note").click()
    screen.wait_for_url("**/families/F-*/")
    screen.goto(home + "notes/new/")
    expect(screen.get_by_label("Note")).to_have_value("")


def sign_in_here(page: Page, server: Server, username: str) -> None:
    page.goto(server.address + "/account/sign-in/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(server.accounts[username])
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(server.address + "/")
    assert page.evaluate("localStorage.length") == 0


def test_the_figures_of_a_coordinator_follow_today(screen: Page, server: Server) -> None:
    sign_in(screen, server, "coordinator")
    expect(screen.get_by_role("heading", name="Open needs by domain")).to_be_visible()
    assert_fit_for_all(screen)
