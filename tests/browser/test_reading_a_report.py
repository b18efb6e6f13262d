"""A report is read in: pasted, looked at beside its sentences, decided on item by item, found in the exchange."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, assert_fit_for_all, sign_in

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
GIVEN = ROOT.parent / "shared/exchange/report_2020-09-25.txt"
COMPOSED = ROOT / "benchmarks/reports/en_regional_seminar.txt"


def report_text(width: int) -> str:
    """Return the report that was given, or a composed one; each screen reads a text of its own."""
    file = GIVEN if GIVEN.exists() else COMPOSED
    return f"{file.read_text(encoding='utf-8').strip()}\n\nRead on a screen of {width} points.\n"


def show(page: Page, kind: str) -> Locator:
    """Open a kind of items and return the first."""
    page.locator(".nav-tabs").get_by_role("link", name=re.compile(f"^{kind}")).click()
    expect(page.get_by_role("heading", level=2, name=kind)).to_be_visible()
    return page.locator("[data-item]").first


def confirm(item: Locator) -> None:
    item.get_by_role("button", name="Confirm").click()


def test_a_report_is_pasted_and_decided_on_item_by_item(screen: Page, server: Server) -> None:
    width = (screen.viewport_size or {})["width"]
    sign_in(screen, server, "secretariat")
    screen.goto(server.address + "/exchange/reports/new/")
    assert_fit_for_all(screen)
    screen.get_by_label("Text").fill(report_text(width))
    screen.get_by_role("button", name="Read it").click()
    expect(screen.get_by_text("Nothing of it is entered yet")).to_be_visible()
    assert_fit_for_all(screen)

    # What was said waits for the event, and says so in its place.
    item = show(screen, "Statements")
    assert_fit_for_all(screen)
    number = item.get_attribute("id")
    item.get_by_role("button", name="Confirm").focus()
    expect(screen.locator(".said-here.at-hand")).to_have_count(1)
    confirm(item)
    expect(screen.locator(f"#{number} [role=alert]")).to_contain_text("Confirm the event")

    event = show(screen, "Events")
    confirm(event)
    expect(screen.locator("[data-item]").first).to_contain_text("Entered as an event")
    confirm(show(screen, "Bodies"))
    expect(screen.locator("[data-item]").first).to_contain_text(re.compile("body"))
    screen.get_by_role("link", name="Look through all and confirm").click()
    assert_fit_for_all(screen)
    screen.get_by_role("button", name="Confirm what is ticked").click()
    expect(screen.get_by_text("confirmed.").first).to_be_visible()

    # By keyboard: the next one, confirmed; the one after it, rejected and taken up again.
    show(screen, "Statements")
    screen.keyboard.press("j")
    expect(screen.locator("[data-item].at-hand")).to_have_count(1)
    screen.keyboard.press("c")
    expect(screen.locator("[data-item]").first).to_contain_text("Entered as a statement")
    second = screen.locator("[data-item]").nth(1)
    expect(second).to_be_focused()
    screen.keyboard.press("r")
    expect(second).to_contain_text("rejected")
    third = screen.locator("[data-item]").nth(2)
    expect(third).to_be_focused()
    screen.keyboard.press("e")
    expect(third.get_by_role("button", name="Enter it so")).to_be_visible()
    assert_fit_for_all(screen)
    third.get_by_label("What was said").fill("What a person put right.")
    third.get_by_role("button", name="Enter it so").click()
    expect(third).to_contain_text("What a person put right.")
    expect(third).to_contain_text("Entered as a statement")
    second.get_by_role("button", name="Undo").click()
    expect(second).to_contain_text("not decided")

    position_follows_its_proposal(screen)
    assert_fit_for_all(screen)
    in_the_exchange(screen, server)


def position_follows_its_proposal(screen: Page) -> None:
    first = show(screen, "Positions")
    about = first.locator("dd").last.inner_text()
    item = show(screen, "Proposals")
    proposal = screen.locator("[data-item]", has_text=about).first
    confirm(proposal if proposal.count() else item)
    expect(screen.get_by_text("Entered as a proposal").first).to_be_visible()
    confirm(show(screen, "Positions"))
    expect(screen.locator("[data-item]").first).to_contain_text("Entered as a position")


def in_the_exchange(screen: Page, server: Server) -> None:
    """Find what was confirmed where the exchange answers for it: what it became has a code that the API knows."""
    code = screen.url.split("/reports/")[1].split("/")[0]
    report = screen.request.get(f"{server.address}/api/v1/exchange/reports/{code}").json()
    assert report["event"].startswith("E-")
    taken = {kind: [i for i in report["items"] if i["kind"] == kind and i["became"]] for kind in KINDS}
    assert all(taken.values()), taken
    open_ones = [item for item in report["items"] if item["state"] in {"proposed", "rejected"}]
    assert open_ones
    assert all(item["became"] is None for item in open_ones)


KINDS = ("event", "body", "statement", "proposal", "position")


def test_the_list_of_reports_says_what_waits(screen: Page, server: Server) -> None:
    sign_in(screen, server, "secretariat")
    screen.goto(server.address + "/exchange/reports/")
    assert_fit_for_all(screen)
