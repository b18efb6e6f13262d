"""A mother is in prison: her child is heard, a panel decides where it lives, and the family goes to the next agency."""

from __future__ import annotations

import re
from datetime import timedelta
from random import Random

import pytest
from playwright.sync_api import Page, expect

from panoh.access.clock import today
from tests.browser.conftest import Server, assert_fit_for_all
from tests.browser.walking import code_in, desks, fill_in, registered

pytestmark = pytest.mark.browser
AUNT, CHILD = (f"{name} {Random().randrange(10**6)}" for name in ("Nazirova Latofat", "Nazirova Mohira"))


@pytest.mark.parametrize("screen", [390], indirect=True)
def test_her_child_is_heard_decided_about_and_handed_over(screen: Page, server: Server) -> None:
    with desks(screen, server, "caseworker", "supervisor", "coordinator") as (worker, supervisor, coordinator):
        home = register(coordinator, server)
        hear_the_child(worker, home)
        sought = weigh_and_send(worker, home)
        for member in (supervisor, coordinator):
            answer(member, server, sought)
        decide(coordinator, sought)
        follow(worker, home)
        offered = offer(worker, home)
        supervisor.goto(offered)
        press(supervisor, "Agree", "The other agency sees the offer")
        coordinator.goto(server.address + "/decisions/")
        coordinator.locator(f"a[href$='/{code_in(offered)}/']").click()
        assert_fit_for_all(coordinator)
        press(coordinator, "Take the family over", "You lead the work with this family now")


def press(page: Page, button: str, said: str) -> None:
    """Press a button, and be told on the next page what was done."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messages")).to_contain_text(said)


def register(page: Page, server: Server) -> str:
    """Register the aunt and the child, whose case is open, and return the family's address."""
    page.goto(f"{server.address}/families/new/")
    fill_in(page, AUNT, sex="female", year="1985", kinship="aunt")
    page.get_by_label("Lead worker").select_option(label="Malika Bogʻbon")
    home = registered(page, "Register family", "**/families/F-*/")
    page.goto(f"{home}people/new/")
    fill_in(page, CHILD, sex="female", year="2014", kinship="child")
    page.get_by_label("Open a case at").select_option(label="Reception")
    registered(page, "Add to the family", home)
    return home


def hear_the_child(page: Page, home: str) -> None:
    page.goto(home)
    page.locator("a[href$='/assess/']").last.click()
    page.get_by_label("The person's own view").fill("I want to stay with my aunt, and write to my mother.")
    page.get_by_text("In words").first.click()
    page.get_by_label("What goes well").first.fill("She sleeps through.")
    assert_fit_for_all(page)
    press(page, "Keep assessment", "assessment is kept")


def weigh_and_send(page: Page, home: str) -> str:
    page.goto(home + "decisions/")
    page.get_by_role("link", name="Prepare for").last.click()
    page.get_by_label("What is prepared").select_option("2")
    page.get_by_label("Decision sought").select_option("parent_imprisoned")
    page.get_by_label("What happened so far").fill("Her mother is in prison since March.")
    page.get_by_label("How the child lives now").fill("With her aunt, two rooms, safe.")
    page.get_by_label("What the family and others").fill("The aunt agrees; the mother wants letters.")
    page.get_by_label("The recommendation and why").fill("With the aunt, and a visit each month.")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/best-interests/BI-*/")
    sought = page.url
    for option in ("kin", "with_imprisoned"):
        page.goto(sought + "options/new/")
        page.get_by_label("Option").select_option(option)
        page.get_by_label("What speaks for it").fill("She knows her since birth.")
        page.get_by_label("What speaks against it").fill("Far from her school.")
        press(page, "Add option", "The option is weighed")
    for label in ("supervisor", "coordinator"):
        page.goto(sought + "panel/new/")
        seat(page, label)
    page.goto(sought + "send/")
    page.get_by_label("With relatives, guardianship to follow").check()
    press(page, "Send it", "It waits for a decision")
    assert_fit_for_all(page)
    return sought


NAMES = {"supervisor": "Akmal Tongotar", "coordinator": "Nodira Zarafshon"}


def seat(page: Page, username: str) -> None:
    page.get_by_label("Colleague").select_option(label=NAMES[username])
    press(page, "Ask to sit on it", "Asked to sit on the panel")


def answer(page: Page, server: Server, sought: str) -> None:
    page.goto(server.address + "/decisions/")
    expect(page.locator(f"a[href='{sought.removeprefix(server.address)}']")).to_be_visible()
    page.goto(sought + "answer/")
    page.get_by_label("no", exact=True).check()
    page.get_by_label("If not, what would you decide?").select_option("1")
    page.get_by_label("Why").fill("She is at home there.")
    press(page, "Answer", "Your answer is recorded")


def decide(page: Page, sought: str) -> None:
    page.goto(sought + "decide/")
    page.get_by_label("Decision").select_option("1")
    page.get_by_label("With relatives, guardianship to follow").check()
    page.get_by_label("Reasons").fill("She asked for it, and her aunt cares well.")
    page.get_by_label("Looked at again by").fill((today() + timedelta(90)).isoformat())
    press(page, "Record decision", "Recorded")
    expect(page.get_by_text("She asked for it, and her aunt cares well.")).to_be_visible()
    assert_fit_for_all(page)


def follow(page: Page, home: str) -> None:
    page.goto(home + "look-again/")
    page.get_by_label("What happened").select_option("parent_released")
    page.get_by_label("In words").fill("She comes home in autumn.")
    press(page, "Record", "Recorded")
    expect(page.get_by_text("She comes home in autumn.")).to_be_visible()
    assert_fit_for_all(page)


def offer(page: Page, home: str) -> str:
    page.goto(home + "transfer/")
    page.get_by_label("To which agency").select_option(label="National coordination")
    page.get_by_label(re.compile("^Why")).select_option("family_moved")
    page.get_by_label("What the next worker must know").fill("The child writes to her mother each week.")
    page.get_by_role("button", name="Offer the family").click()
    expect(page.locator("[data-errors]")).to_contain_text("Nobody agreed that National coordination learns this")
    page.get_by_label("the legal basis").select_option("public_task")
    page.get_by_label("And the reason").fill("The law names the office that goes on.")
    page.get_by_role("button", name="Offer the family").click()
    page.wait_for_url("**/transfers/TR-*/")
    return page.url
