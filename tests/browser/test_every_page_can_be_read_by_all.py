"""Pages are readable for everybody: axe finds nothing, nothing scrolls sideways, on a wide and on a narrow screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server, assert_each_fit_for_all, assert_fit_for_all, sign_in

pytestmark = pytest.mark.browser


def test_the_sign_in_page_tells_nothing_and_reads_well(screen: Page, server: Server) -> None:
    screen.goto(server.address + "/families/")
    assert "/account/sign-in/" in screen.url
    assert_fit_for_all(screen)


LISTS = (
    "/", "/families/", "/arrivals/", "/arrivals/import/", "/settings/", "/exports/", "/exports/new/", "/lawful/count/",
    "/account/", "/account/password/", "/account/again/", "/account/second-factor/", "/account/second-factor/app/",
    "/account/second-factor/key/", "/recoveries/", "/settings/staff/caseworker/sign-out/",
    "/settings/staff/caseworker/recover/", "/settings/staff/caseworker/identity/", "/account/recover/",
    "/settings/staff/caseworker/role/", "/roles/", "/roles/versions/1/", "/workers/", "/workers/caseworker/",
    "/directory/", "/programmes/", "/programmes/new/",
    "/referrals/", "/refusals/", "/answer/", "/week/", "/visits/day/", "/absences/", "/calendar/",
    "/notices/", "/notices/wishes/", "/decisions/", "/workload/", "/flights/", "/tracing/", "/papers/", "/rights/",
    "/complaints/", "/retention/", "/hand-overs/", "/questions/",
)  # fmt: skip
AUDIT = ("/audit/", "/audit/?code=F-0000-0000", "/audit/report/", "/lawful/", "/lawful/new/", "/roles/")

JOINT_PLAN = (
    "", "new/", "bodies/", "bodies/new/", "jpoa/", "jpoa/actions/", "jpoa/actions/?country=TM&state=0",
    "jpoa/progress/", "jpoa/timeline/", "jpoa/late/", "jpoa/editions/", "jpoa/actions/1.3.1/", "jpoa/actions/1.3.1a/",
    "jpoa/actions/1.3.1/status/", "jpoa/actions/1.3.1/bodies/", "jpoa/actions/1.3.1/milestones/new/",
    "jpoa/actions/1.3.1/money/new/",
)  # fmt: skip


def test_a_coordinator_reads_every_list(screen: Page, server: Server) -> None:
    sign_in(screen, server, "coordinator")
    assert_each_fit_for_all(screen, server, LISTS)


def test_the_protection_officer_reads_the_audit_and_its_report(screen: Page, server: Server) -> None:
    sign_in(screen, server, "protection", "/audit/")
    assert_each_fit_for_all(screen, server, AUDIT)


def test_the_secretariat_reads_the_joint_plan_and_prepares_its_next_edition(screen: Page, server: Server) -> None:
    sign_in(screen, server, "secretariat")
    assert_each_fit_for_all(screen, server, [f"/joint-plan/{place}" for place in JOINT_PLAN])
    screen.goto(server.address + "/joint-plan/jpoa/")
    screen.get_by_role("button", name="Prepare the next edition").click()
    screen.wait_for_url("**/revision/")
    assert_fit_for_all(screen)
    screen.goto(server.address + "/joint-plan/jpoa/actions/4.1.3/reword/")
    screen.get_by_label("Action (required)").fill("Accede to instruments; fair trial; child justice")
    screen.get_by_label("Proposal or finding that asks for it").fill("PR-02")
    screen.get_by_role("button", name="Propose").click()
    screen.wait_for_url("**/revision/")
    assert screen.locator("del").count() == 1
    assert screen.get_by_text("Asked for in PR-02.").count() == 1
    assert_fit_for_all(screen)
    screen.goto(server.address + "/joint-plan/jpoa/revision/adopt/")
    assert_fit_for_all(screen)
    screen.goto(server.address + "/joint-plan/jpoa/revision/give-up/")
    assert_fit_for_all(screen)
    screen.get_by_role("button", name="Give the revision up").click()
    screen.wait_for_url("**/editions/")
    assert_fit_for_all(screen)


def test_a_family_and_a_person_read_well(screen: Page, server: Server) -> None:
    sign_in(screen, server, "coordinator")
    screen.goto(server.address + "/families/?stage=60")
    screen.locator("tbody th a").first.click()
    screen.wait_for_url("**/families/F-*/")
    assert_fit_for_all(screen)
    screen.locator("tbody th a").first.click()
    screen.wait_for_url("**/people/P-*/")
    assert_fit_for_all(screen)


def test_each_part_of_a_file_reads_well(screen: Page, server: Server) -> None:
    sign_in(screen, server, "coordinator")
    screen.goto(server.address + "/families/?stage=60")
    screen.locator("tbody th a").first.click()
    screen.wait_for_url("**/families/F-*/")
    parts = [str(one.get_attribute("href")) for one in screen.locator("nav.parts a").all()]
    screen.locator("tbody th a").first.click()
    screen.wait_for_url("**/people/P-*/")
    parts += [str(one.get_attribute("href")) for one in screen.locator("nav.parts a").all()]
    assert len(parts) == 14
    assert_each_fit_for_all(screen, server, parts)


def test_who_has_looked_reads_well(screen: Page, server: Server) -> None:
    sign_in(screen, server, "coordinator")
    screen.goto(server.address + "/families/?stage=60")
    screen.locator("tbody th a").first.click()
    screen.wait_for_url("**/families/F-*/")
    screen.get_by_role("link", name="Who has looked, and why").click()
    assert screen.get_by_text("to supervise the work").count()
    assert_fit_for_all(screen)


def test_a_caseworker_sees_no_arrivals_and_no_settings(screen: Page, server: Server) -> None:
    sign_in(screen, server, "caseworker")
    assert screen.get_by_role("link", name="Settings").count() == 0
    assert screen.goto(server.address + "/arrivals/").status == 403
    assert_fit_for_all(screen)


def test_a_person_is_forgotten_and_the_certificate_reads_well(screen: Page, server: Server) -> None:
    sign_in(screen, server, "coordinator")
    screen.goto(server.address + "/families/?stage=80")
    families = [one.get_attribute("href") for one in screen.locator("tbody th a").all()]
    for family in families:  # the other screen may have forgotten who was in one of them
        screen.goto(server.address + str(family))
        for link in [one.get_attribute("href") for one in screen.locator("tbody th a").all()]:
            screen.goto(server.address + str(link))
            if screen.get_by_role("link", name="Forget for good").count():
                break
        if screen.get_by_role("link", name="Forget for good").count():
            break
    code = screen.url.rstrip("/").rsplit("/", 1)[-1]
    screen.get_by_role("link", name="Forget for good").click()
    assert_fit_for_all(screen)
    screen.get_by_label("Entered by mistake").check()
    screen.get_by_label("Code of the person, typed").fill(code)
    screen.get_by_role("button", name="Forget for good").click()
    screen.wait_for_url(f"**/people/{code}/forgotten/")
    assert_fit_for_all(screen)
    screen.goto(server.address + f"/people/{code}/")
    assert screen.get_by_role("link", name="Certificate").count() == 1
    assert_fit_for_all(screen)


def test_a_list_without_headings_is_read_once_its_columns_are_said(screen: Page, server: Server) -> None:
    assert screen.viewport_size is not None
    people = (f"Gulnora Sherzodova {letter},аёл,1{place}.03.199{place},Osh" for place, letter in enumerate("ABCD", 1))
    content = "\n".join([*people, f"screen {screen.viewport_size['width']},,,"]).encode()
    sign_in(screen, server, "coordinator")
    screen.goto(server.address + "/arrivals/import/")
    screen.get_by_label("File").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": content})
    screen.get_by_label("Sender").fill("Embassy")
    screen.get_by_role("button", name="Read the list").click()
    screen.wait_for_url("**/arrivals/L-*/columns/")
    assert screen.get_by_text("No row with column headings was found").count() == 1
    assert screen.get_by_label("A without heading").input_value() == "name", "what the values tell is chosen already"
    assert_fit_for_all(screen)
    screen.get_by_label("D without heading").select_option("place")
    screen.get_by_role("button", name="Read the list with these columns").click()
    screen.wait_for_url(re.compile(r"/arrivals/L-\w+-\w+/$"))
    assert screen.get_by_text("The list was read anew: 5 rows.").count() == 1
    assert_fit_for_all(screen)
