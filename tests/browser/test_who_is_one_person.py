"""The review queue by keyboard alone: compare, decide, join, agree, undo; and a relative is answered."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, assert_fit_for_all, sign_in

pytestmark = pytest.mark.browser
IN_TWO_SCRIPTS = "the same in another script"


def follow(page: Page, name: str, to: str) -> None:
    """Go along a link by keyboard."""
    page.get_by_role("link", name=name).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(to)


def press(page: Page, key: str, to: str = "**/duplicates/D-*/") -> str:
    """Press one key, wherever the focus is, and return the address of the pair that comes by itself."""
    before = page.url
    page.keyboard.press(key)
    page.wait_for_function("before => location.href !== before", arg=before)
    page.wait_for_url(to)
    return page.url


def begin(page: Page, server: Server) -> None:
    """Open the first pair written in two scripts: lists of other tests may have brought stronger ones."""
    page.goto(server.address + "/duplicates/")
    assert_fit_for_all(page)
    pairs = page.locator("tbody tr", has_text=IN_TWO_SCRIPTS)
    number = 1
    while not pairs.count():
        number += 1
        follow(page, "Next", f"**page={number}")
    pairs.first.locator("th a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/duplicates/D-*/")


def test_a_pair_is_joined_by_two_colleagues_and_parted_again(screen: Page, server: Server) -> None:
    sign_in(screen, server, "coordinator")
    begin(screen, server)
    expect(screen.get_by_text(IN_TWO_SCRIPTS).last).to_be_visible()
    assert_fit_for_all(screen)
    press(screen, "s", "**/join/")
    assert_fit_for_all(screen)
    expect(screen.get_by_text("must agree first").first).to_be_visible()
    press(screen, "Enter")
    expect(screen.get_by_role("status").first).to_contain_text("second colleague")
    screen.goto(server.address + "/duplicates/")
    follow(screen, "M-", "**/merges/M-*/")
    merge = screen.url
    assert screen.get_by_role("button", name="Agree and join").count() == 0
    screen.context.clear_cookies()
    sign_in(screen, server, "supervisor")
    agree_and_undo(screen, merge)


def agree_and_undo(page: Page, merge: str) -> None:
    page.goto(merge)
    assert_fit_for_all(page)
    page.get_by_role("button", name="Agree and join").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("one person's now")
    other = page.locator("dd .code").last.inner_text()
    kept = page.locator("dd a.code").inner_text()
    page.goto(merge.split("/merges/", maxsplit=1)[0] + f"/people/{other}/")
    assert page.url.endswith(f"/people/{kept}/")
    expect(page.get_by_role("heading", name=f"Also {other}")).to_be_visible()
    assert_fit_for_all(page)
    page.goto(merge)
    follow(page, "Undo the joining", "**/undo/")
    assert_fit_for_all(page)
    page.get_by_role("button", name="Undo the joining").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("two people again")


def test_keys_go_from_pair_to_pair_decide_once_and_can_be_switched_off(screen: Page, server: Server) -> None:
    sign_in(screen, server, "coordinator")
    screen.goto(server.address + "/duplicates/")
    screen.locator("tbody th a").last.focus()
    press(screen, "Enter")
    last = screen.url
    before = press(screen, "ArrowLeft")
    assert press(screen, "ArrowRight") == last
    assert press(screen, "ArrowLeft") == before
    follow(screen, "Switch the keys off", "**?keys=off")
    screen.keyboard.press("d")
    screen.wait_for_timeout(300)
    assert screen.url == before + "?keys=off", "nothing was decided"
    follow(screen, "Switch the keys on", before)
    screen.keyboard.press("Control+d")
    screen.keyboard.down("d")
    screen.wait_for_url(last)
    for _ in range(3):
        screen.keyboard.down("d")  # held down: the next pair is not decided along with this one
    screen.wait_for_timeout(300)
    assert screen.url == last
    screen.keyboard.up("d")
    expect(screen.get_by_role("status").first).to_contain_text("different people")
    press(screen, "u")
    expect(screen.get_by_role("status").first).to_contain_text("not sure")


def test_a_relative_is_answered_once_the_person_found_agreed(screen: Page, server: Server) -> None:
    sign_in(screen, server, "coordinator")
    screen.goto(server.address + "/tracing/?show=found")
    assert_fit_for_all(screen)
    screen.locator("tbody th a").first.click()
    screen.wait_for_url("**/tracing/R-*/")
    assert_fit_for_all(screen)
    follow(screen, "Answer the relative", "**/answer/")
    assert_fit_for_all(screen)
    screen.get_by_label("Yes, the person agrees").check()
    screen.get_by_label("What the relative was told").fill("He is well, and greets his aunt.")
    screen.get_by_role("button", name="Record the answer").click()
    screen.wait_for_url("**/tracing/R-*/")
    expect(screen.get_by_text("greets his aunt")).to_be_visible()
