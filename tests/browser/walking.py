"""Desks of several roles in one story, and the few things that each of them does again and again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, looking, sign_in

FIRST_PAGES = {"protection": "/audit/"}


@contextmanager
def desks(screen: Page, server: Server, *usernames: str) -> Iterator[list[Page]]:
    """Give a page for each, signed in once (who has no name stays at the door): the first is the screen."""
    browser, size = screen.context.browser, screen.viewport_size
    assert browser is not None
    assert size is not None
    with ExitStack() as opened:
        pages = [screen, *(opened.enter_context(looking(browser, size["width"])) for _other in usernames[1:])]
        for page, username in zip(pages, usernames, strict=True):
            if username:
                sign_in(page, server, username, FIRST_PAGES.get(username, "/"))
        yield pages


def sent(page: Page, button: str, comes_to: str) -> str:
    """Press a button that leads to another page, be told there what was done, and return its address."""
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(comes_to)
    expect(page.locator(".messages")).not_to_be_empty()
    return page.url


def registered(page: Page, button: str, comes_to: str) -> str:
    """Send somebody who is registered; whoever is alike, from a run before, is somebody else."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    others = page.get_by_label("None of these is the same person")
    if others.count():
        others.check()
        return sent(page, button, comes_to)
    page.wait_for_url(comes_to)
    return page.url


def fill_in(page: Page, name: str, *, sex: str, year: str, kinship: str = "", source: str = "the list") -> None:
    """Fill in who somebody is."""
    page.get_by_label("Name (required)").fill(name)
    page.get_by_label(sex, exact=True).check()
    page.locator("select[name=kinship]").select_option(kinship)
    page.locator("select[name=precision]").select_option("year")
    page.get_by_label("Year of birth").fill(year)
    page.get_by_label("Where it was read or heard").fill(source)


def code_in(address: str) -> str:
    """Return the code of the record whose page this is."""
    return address.rstrip("/").rsplit("/", 1)[-1]
