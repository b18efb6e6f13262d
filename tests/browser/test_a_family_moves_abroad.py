"""A family moves to relatives in another country: asked about, handed over, receipted, and closed here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, expect

from panoh.access.clock import today
from panoh.access.instance_keys import check_code, own_age_key, own_key
from panoh.casework.handing.package import Package, opened, signed_receipt
from panoh.casework.tests.other_instance import elsewhere
from tests.browser.conftest import Server, assert_fit_for_all
from tests.browser.walking import code_in, desks, fill_in, registered, sent

pytestmark = pytest.mark.browser
NUMBER = Random().randrange(10**6)
MOTHER, SON = f"Yodgorova Zamira {NUMBER}", f"Yodgorov Behruz {NUMBER}"
ASKED = f"Ёдгорова Замира {NUMBER}"
BECAUSE, NOTE = "She agreed on the second of May, with her brother beside her.", "They leave when school ends."

WHAT = ("names, birth and documents", "care, visits and notes")


@dataclass(frozen=True)
class Partner:
    """Another country's instance, with keys of its own in a folder of its own."""

    folder: Path
    name: str = f"Casework of Kazakhstan {NUMBER}"

    def keys(self) -> tuple[str, str, str]:
        """Return its public key, that of age, and the check code that is read out on the phone."""
        with elsewhere(self.folder):
            return own_key(), own_age_key(), check_code(own_key())

    def open(self, file: bytes, sender: str) -> tuple[Package, bytes]:
        """Take a file in, and return what it holds and the receipt for it."""
        with elsewhere(self.folder):
            package, digest = opened(file, trusted={sender: sender})
            return package, signed_receipt(digest, today())


@pytest.mark.parametrize("screen", [1280], indirect=True, ids=["wide"])
def test_a_family_is_asked_about_handed_over_and_closed_as_moved_abroad(
    screen: Page, server: Server, tmp_path: Path
) -> None:
    them = Partner(tmp_path)
    roles = ("caseworker", "coordinator", "secretariat", "focal.uz")
    with desks(screen, server, *roles) as (worker, coordinator, secretariat, focal):
        ours = trust(secretariat, focal, server, them)
        home, mother = register(coordinator, worker, server)
        is_known(coordinator, server, them, mother)

        handed = propose(worker, home, them)
        is_let_go(coordinator, server, handed)
        file = fetch(worker, handed)
        package, receipt = them.open(file, ours)
        holds_no_more_than_was_chosen(package, home)
        take_the_receipt(worker, handed, receipt)
        close(coordinator, server, handed)
        is_over(worker, coordinator, server, home, handed)


def trust(one: Page, two: Page, server: Server, them: Partner) -> str:
    """One enters the partner's keys, another confirms them by the code that is read out; return our own key."""
    key, age_key, read_out = them.keys()
    one.goto(f"{server.address}/parcels/")
    one.get_by_role("link", name="Enter a partner").click()
    for label, word in (
        ("Name", them.name), ("State for which it speaks", "KZ"), ("Public key (required)", key),
        ("Public key of age", age_key),
    ):  # fmt: skip
        one.get_by_label(label).fill(word)
    assert_fit_for_all(one)
    sent(one, "Enter the partner", "**/parcels/partners/N-*/")
    two.goto(f"{server.address}/parcels/")
    two.get_by_role("row", name=them.name).get_by_role("link", name="Confirm the key").click()
    two.get_by_label("Check code").fill(read_out)
    assert_fit_for_all(two)
    sent(two, "Confirm the key", "**/parcels/partners/N-*/")
    two.goto(f"{server.address}/parcels/")
    return two.locator("dt:text-is('Public key') + dd").inner_text().strip()


def register(coordinator: Page, worker: Page, server: Server) -> tuple[str, str]:
    """Register the mother and her son, whose worker writes a note; return the addresses of the family and of her."""
    coordinator.goto(f"{server.address}/families/new/")
    fill_in(coordinator, MOTHER, sex="female", year="1991", kinship="mother", source="her passport")
    coordinator.get_by_label("Open a case at").select_option(label="Reception")
    coordinator.get_by_label("Lead worker").select_option(label="Malika Bogʻbon")
    home = registered(coordinator, "Register family", "**/families/F-*/")
    coordinator.get_by_role("link", name="Add a person").click()
    fill_in(coordinator, SON, sex="male", year="2014", kinship="son", source="her passport")
    coordinator.get_by_label("Open a case at").select_option(label="Reception")
    registered(coordinator, "Add to the family", home)
    worker.goto(home)
    worker.get_by_role("link", name="Add note").click()
    worker.locator("textarea").first.fill(NOTE)
    sent(worker, "Add note", home)
    worker.get_by_role("link", name=MOTHER).first.click()
    worker.wait_for_url("**/people/P-*/")
    return home, worker.url


def is_known(page: Page, server: Server, them: Partner, mother: str) -> None:
    """They asked on the phone whether she is known here; the answer is yes, and whom it was about is gone."""
    page.goto(server.address)
    page.locator(".me summary").click()
    page.get_by_role("link", name="Hand-overs abroad").click()
    page.get_by_role("link", name="Questions from abroad").click()
    assert_fit_for_all(page)
    page.get_by_role("link", name="Record a question").click()
    page.get_by_label("Instance abroad").select_option(label=f"{them.name} (KZ)")
    page.get_by_label("Name").fill(ASKED)
    page.get_by_label("Birth year").fill("1991")
    assert_fit_for_all(page)
    page.get_by_role("button", name="Record the question").click()
    page.get_by_role("link", name="Search the register").click()
    expect(page.get_by_role("main")).to_contain_text(code_in(mother))
    assert_fit_for_all(page)
    question = page.url.partition("?")[0]
    page.get_by_label("yes", exact=True).check()
    sent(page, "Answer", "**/questions/")
    expect(page.get_by_role("listitem").filter(has_text=code_in(question))).to_contain_text("answered: yes")
    page.goto(question)
    expect(page.get_by_text("Whom it was about is not kept.")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text(ASKED)


def propose(page: Page, home: str, them: Partner) -> str:
    """Her worker proposes it: who she is, and how she is helped; nothing of health, and not where she lives."""
    page.goto(home)
    page.get_by_role("navigation", name="Parts of this file").get_by_role("link", name="Decisions").click()
    page.get_by_role("link", name="Hand over abroad").click()
    page.get_by_label("Instance abroad").select_option(label=f"{them.name} (KZ)")
    for what in WHAT:
        page.get_by_label(what).check()
    page.get_by_label("What for").select_option("service_delivery")
    page.get_by_role("radio").first.check()
    page.get_by_label("Who agreed and when, or which law").fill(BECAUSE)
    assert_fit_for_all(page)
    handed = sent(page, "Propose it", "**/hand-overs/HO-*/")
    expect(page.get_by_role("link", name="Agree")).to_have_count(0)
    expect(page.get_by_role("button", name="Get the file")).to_have_count(0)
    return handed


def is_let_go(page: Page, server: Server, handed: str) -> None:
    """A coordinator is told, reads what would leave, for what and why, and agrees."""
    page.goto(f"{server.address}/notices/")
    page.get_by_role("link", name=code_in(handed)).first.click()
    page.get_by_role("link", name="Agree").click()
    for word in (BECAUSE, f"Casework of Kazakhstan {NUMBER}", *WHAT):
        expect(page.get_by_role("main")).to_contain_text(word)
    assert_fit_for_all(page)
    sent(page, "Agree", handed)


def fetch(page: Page, handed: str) -> bytes:
    page.goto(handed)
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Get the file").click()
    assert fetched.value.suggested_filename == f"{code_in(handed)}.hand-over"
    return fetched.value.path().read_bytes()


def holds_no_more_than_was_chosen(package: Package, home: str) -> None:
    """There they read one family, signed by us, by name and without a code of ours."""
    told = package.model_dump_json()
    for word in (MOTHER, SON, NOTE, BECAUSE):
        assert word in told
    assert len(package.people) == 2
    assert not [person for person in package.people if person.facts.contacts or person.facts.addresses]
    assert code_in(home) not in told


def take_the_receipt(page: Page, handed: str, receipt: bytes) -> None:
    """A receipt that somebody wrote themselves is not taken; the partner's is, and who closes cases is told."""
    page.goto(handed)
    page.get_by_role("link", name="Take the receipt").click()
    assert_fit_for_all(page)
    give(page, receipt.replace(b"20", b"21", 1))
    expect(page.locator("[data-errors]")).to_be_visible()
    give(page, receipt)
    page.wait_for_url(handed)
    expect(page.locator(".messages")).to_contain_text("Your supervisor is told")
    expect(page.get_by_role("main")).to_contain_text("still open")
    expect(page.get_by_role("main")).to_contain_text("Received there")
    expect(page.get_by_role("link", name="Close the cases")).to_have_count(0)


def give(page: Page, receipt: bytes) -> None:
    page.get_by_label("File").set_input_files(
        {"name": "a.receipt", "mimeType": "application/octet-stream", "buffer": receipt}
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Take it").click()


def close(page: Page, server: Server, handed: str) -> None:
    page.goto(f"{server.address}/hand-overs/")
    page.get_by_role("link", name=code_in(handed)).click()
    page.get_by_role("link", name="Close the cases").click()
    assert_fit_for_all(page)
    sent(page, "Close them", handed)
    assert_fit_for_all(page)


def is_over(worker: Page, coordinator: Page, server: Server, home: str, handed: str) -> None:
    """The worker reads that it is over and until when it is kept; the coordinator sees it fall due."""
    worker.goto(handed)
    expect(worker.get_by_role("main")).to_contain_text("closed as moved abroad")
    expect(worker.get_by_role("main")).to_contain_text("falls due to be destroyed on")
    worker.goto(home)
    expect(worker.get_by_text("Handed over: KZ").first).to_be_visible()
    expect(worker.get_by_role("link", name="Assess")).to_have_count(0)
    assert_fit_for_all(worker)
    coordinator.goto(f"{server.address}/retention/")
    expect(coordinator.get_by_role("row", name=code_in(home))).to_have_count(2)
    expect(coordinator.get_by_role("row", name=code_in(home)).first).to_contain_text("Moved abroad")
    assert_fit_for_all(coordinator)
