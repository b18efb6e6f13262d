"""Signing in with a second factor, ending a session from afar, and the lock, on a wide and on a narrow screen."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, assert_fit_for_all, sign_in

pytestmark = pytest.mark.browser

PASSWORD = "nine tall poplars"
STEP_SECONDS = 30


@pytest.fixture
def here(server: Server) -> Server:
    """Give the same server by its name: a passkey is bound to a name, not to a number."""
    return Server(server.address.replace("127.0.0.1", "localhost"), server.accounts, server.home)


def newcomer(page: Page, server: Server, *, looks: bool = False) -> str:
    """Open an account as a coordinator, choose its password as its owner, and stand at its first page.

    looks: assert that the page where it is chosen is fit for all, which one test does for each screen.
    """
    username = f"new{Random().randrange(10**9)}"
    sign_in(page, server, "coordinator")
    page.goto(server.address + "/settings/staff/new/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Name shown to colleagues").fill(f"Newcomer {username}")
    page.get_by_label("Agency").select_option(index=1)
    page.get_by_label("Role").select_option("caseworker")
    page.get_by_label("First password").fill("seven green hills")
    page.get_by_role("button", name="Open account").click()
    page.wait_for_url("**/settings/")
    page.context.clear_cookies()
    enter(page, server, username, "seven green hills")
    page.wait_for_url("**/account/password/**")
    if looks:
        assert_fit_for_all(page)
    page.get_by_label("Current Password").fill("seven green hills")
    page.get_by_label("New Password (required)").fill(PASSWORD)
    page.get_by_label("New Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Change password").click()
    page.wait_for_url("**/account/sign-in/**")
    enter(page, server, username, PASSWORD)
    page.wait_for_url(server.address + "/")
    return username


def enter(page: Page, server: Server, username: str, password: str) -> None:
    page.goto(server.address + "/account/sign-in/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")


def leave(page: Page) -> None:
    page.locator("form.leave button").first.click()
    page.get_by_text("You are signed out").wait_for()


def test_an_app_on_the_phone_is_set_up_and_asked_for(screen: Page, server: Server) -> None:
    username = newcomer(screen, server, looks=True)
    screen.goto(server.address + "/account/")
    assert_fit_for_all(screen)
    screen.get_by_role("link", name="Set up the app on the phone").click()
    screen.get_by_role("heading", name="App on the phone").wait_for()
    assert_fit_for_all(screen)
    assert screen.locator(".qr img").evaluate("image => image.naturalWidth") > 0, "the picture is shown"
    seed = screen.locator("[data-secret]").inner_text()
    screen.get_by_label("Six digits").fill(format_hotp_value(hotp_value(seed, int(time.time()) // STEP_SECONDS)))
    screen.get_by_role("button", name="Set up the app").click()
    screen.get_by_role("heading", name="Recovery codes").wait_for()
    assert screen.locator(".codes li").count() == 10
    slip = screen.locator(".codes li").first.inner_text()
    assert_fit_for_all(screen)
    leave(screen)
    enter(screen, server, username, PASSWORD)
    screen.get_by_role("heading", name="Second factor").wait_for()
    assert_fit_for_all(screen)
    screen.get_by_label("Code of the app").fill("000000")
    screen.get_by_role("button", name="Go on").click()
    screen.get_by_text("This did not fit").first.wait_for()
    screen.get_by_label("Code of the app").fill(slip)
    screen.get_by_role("button", name="Go on").click()
    screen.wait_for_url(server.address + "/")


def test_a_passkey_is_set_up_and_asked_for(screen: Page, here: Server) -> None:
    username = newcomer(screen, here)
    devices = screen.context.new_cdp_session(screen)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    options |= {"hasResidentKey": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    screen.goto(here.address + "/account/second-factor/")
    assert_fit_for_all(screen)
    screen.get_by_role("link", name="A passkey").click()
    screen.get_by_label("What you call it").fill("This laptop")
    assert_fit_for_all(screen)
    screen.get_by_role("button", name="Set up the passkey").click()
    screen.get_by_role("heading", name="Recovery codes").wait_for()
    leave(screen)
    enter(screen, here, username, PASSWORD)
    screen.get_by_role("button", name="Use a passkey").click()
    screen.wait_for_url(here.address + "/")
    screen.goto(here.address + "/account/")
    expect(screen.get_by_role("rowheader", name="This laptop")).to_be_visible()
    assert_fit_for_all(screen)


def test_a_session_is_ended_from_another_device(screen: Page, server: Server, chromium: Browser) -> None:
    newcomer_name = newcomer(screen, server)
    phone = chromium.new_context(user_agent="Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")
    there = phone.new_page()
    enter(there, server, newcomer_name, PASSWORD)
    there.wait_for_url(server.address + "/")
    screen.goto(server.address + "/account/")
    assert_fit_for_all(screen)
    screen.get_by_role("button", name="Sign out Firefox on Android").click()
    screen.get_by_text("Signed out there").wait_for()
    expect(screen.get_by_text("Firefox on Android")).to_have_count(0)
    there.goto(server.address + "/families/")
    assert "/account/sign-in/" in there.url
    phone.close()


def write_a_note(page: Page, server: Server, text: str) -> None:
    page.goto(f"{server.address}/families/?stage=60")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/families/F-*/")
    page.goto(page.url + "notes/new/")
    page.get_by_label("Note").fill(text)


def test_an_idle_page_is_covered_and_what_was_typed_is_there_and_saved_afterwards(screen: Page, server: Server) -> None:
    said = f"She asked about school {Random().randrange(10**9)}."
    screen.clock.install(time=datetime.now(UTC))
    sign_in(screen, server, "caseworker")
    write_a_note(screen, server, said)
    screen.clock.run_for(timedelta(minutes=9, seconds=30).seconds * 1000)
    expect(screen.get_by_label("Note")).to_be_visible()
    with screen.expect_response("**/account/lock/"):
        screen.clock.run_for(60_000)
    cover = screen.get_by_role("dialog", name="Locked")
    expect(cover).to_be_visible()
    expect(screen.get_by_label("Note")).not_to_be_visible()
    expect(cover.get_by_label("Password")).to_be_focused()
    assert screen.title() == "Locked · Panoh"
    assert_fit_for_all(screen)
    screen.keyboard.type("wrong words")
    screen.keyboard.press("Enter")
    expect(cover.get_by_role("alert")).to_have_text(re.compile("not your password"))
    cover.get_by_label("Password").fill(server.accounts["caseworker"])
    screen.keyboard.press("Enter")
    expect(cover).not_to_be_visible()
    expect(screen.get_by_label("Note")).to_have_value(said)
    screen.get_by_role("button", name="Add note").click()
    screen.wait_for_url("**/families/F-*/")
    expect(screen.get_by_text(said).first).to_be_attached()


def test_loading_a_locked_page_anew_does_not_get_around_the_lock(screen: Page, server: Server) -> None:
    sign_in(screen, server, "caseworker")
    write_a_note(screen, server, "Half a sentence")
    with screen.expect_response("**/account/lock/"):
        screen.keyboard.press("Control+Shift+KeyL")
    expect(screen.get_by_role("dialog", name="Locked")).to_be_visible()
    address = screen.url
    screen.on("dialog", lambda asked: asked.accept())
    screen.reload()
    assert "/account/unlock/" in screen.url
    assert_fit_for_all(screen)
    screen.get_by_label("Password").fill(server.accounts["caseworker"])
    screen.get_by_role("button", name="Unlock").click()
    screen.wait_for_url(address)
    expect(screen.get_by_label("Note")).to_have_value("Half a sentence")


def test_the_menu_locks_and_a_second_tab_is_covered_as_well(screen: Page, server: Server) -> None:
    sign_in(screen, server, "caseworker")
    second = screen.context.new_page()
    second.goto(server.address + "/families/")
    screen.locator("details[data-menu] summary").click()
    screen.get_by_role("button", name="Lock").click()
    expect(screen.get_by_role("dialog", name="Locked")).to_be_visible()
    expect(second.get_by_role("dialog", name="Locked")).to_be_visible()
    second.get_by_label("Password").fill(server.accounts["caseworker"])
    second.keyboard.press("Enter")
    expect(second.get_by_role("dialog", name="Locked")).not_to_be_visible()
    expect(screen.get_by_role("dialog", name="Locked")).not_to_be_visible()
    second.close()
