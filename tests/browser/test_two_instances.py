"""Three countries and a secretariat go the whole circle, one of them on an instance of its own: files go by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from panoh.access.clock import today
from tests.browser.instances import Desk, Instance, serving

YEAR = today().year
LESSON = {
    "kind": "success", "title": "Papers before school", "tried": "The registry came to the reception centre.",
    "outcome": "Nine of ten children had a certificate before September.", "strength": "described",
    "country": "Kazakhstan", "secrecy": "for the region",
}  # fmt: skip
PERIOD = {"name": "This year", "starts": f"{YEAR}-01-01", "ends": f"{YEAR}-12-31", "due": f"{YEAR + 1}-03-01"}
SOURCE = {"source_kind": "document", "source": "Annual report of the ministry"}
PLAN = "/joint-plan/jpoa/"


@pytest.fixture
def region(make_home: Callable[[Path], None]) -> Iterator[Instance]:
    with serving("region", make_home) as made:
        yield made


@pytest.fixture
def country(make_home: Callable[[Path], None]) -> Iterator[Instance]:
    with serving("country", make_home) as made:
        yield made


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Path]:
    """Give the next file on which a parcel is carried."""
    return (tmp_path / f"{n}.panoh" for n in range(1, 99))


@pytest.mark.browser
def test_a_lesson_becomes_a_proposal_an_action_a_figure_a_finding_and_a_new_edition(
    chromium: Browser, region: Instance, country: Instance, files: Iterator[Path]
) -> None:
    with ExitStack() as ended:

        def desk(instance: Instance, username: str, width: int = 1280) -> Desk:
            context = chromium.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
            ended.callback(context.close)
            return Desk(context, instance, username)

        malika, rustam = desk(region, "malika"), desk(region, "rustam", 390)
        bobur, firuza = desk(region, "bobur"), desk(region, "firuza", 390)
        aigul, daniyar = desk(country, "aigul"), desk(country, "daniyar", 390)
        assert malika.page.url == region.address + "/joint-plan/"

        _trust(malika, rustam, "Kazakhstan", "KZ", aigul)
        _trust(aigul, daniyar, "The region", "", malika)

        lesson = _lesson(aigul, desk(country, "samal"), desk(country, "timur"))
        first = next(files)
        assert LESSON["title"] in aigul.send("The region", first)
        malika.take_in(first)
        assert "arrived already" in malika.receive(first)

        malika.at(f"/exchange/lessons/{lesson}/")
        malika.follow("Propose something from it")
        malika.give("", "Save the draft", title="A registry at every reception", text="Register births on arrival.")
        proposal = malika.code
        malika.follow("Circulate")
        malika.press("Circulate")
        _position(bobur, proposal, "supports")
        _position(firuza, proposal, "supports with changes", statement="Within ninety days.")
        second = next(files)
        assert "Joint Plan, edition 1" in malika.send("Kazakhstan", second)
        daniyar.take_in(second)
        _position(aigul, proposal, "supports", statement="We train the registrars.")
        third = next(files)
        assert "KZ on" in aigul.send("The region", third)
        rustam.take_in(third)
        assert "We train the registrars." in malika.at(f"/exchange/proposals/{proposal}/")
        assert all(state in malika.text for state in ("Kazakhstan", "Uzbekistan", "Tajikistan"))

        malika.follow("Adopt into Joint Plan")
        malika.give("", "Adopt", area="1.1", code="1.1.3", text="Register births at every reception.")
        _adopt(malika)
        assert proposal in malika.at(f"{PLAN}editions/")
        assert "Register births" in malika.at(PLAN)

        malika.give(
            f"{PLAN}indicators/new/", "Add the indicator", of="1.1.3", number="1.1.3-a",
            text="Receptions with a registrar", over_countries="sum",
        )  # fmt: skip
        indicator = malika.code
        malika.give(f"{PLAN}periods/new/", "Ask the countries", **PERIOD)
        period = malika.code
        fourth = next(files)
        leaves = malika.send("Kazakhstan", fourth)
        assert all(told in leaves for told in ("edition 2", "Receptions with a registrar", "This year"))
        daniyar.take_in(fourth)
        assert "Register births" in daniyar.at(PLAN)
        _report(aigul, "12")
        fifth = next(files)
        assert "12" in aigul.send("The region", fifth)
        malika.take_in(fifth)
        _report(bobur, "7")
        for who in (rustam, malika):  # malika took Kazakhstan's in, so another approves it
            who.at(f"/periods/{period}/decide/")
            who.press("Approve")
        assert all(told in malika.at(f"/indicators/{indicator}/") for told in ("12", "7", "19", "not reported"))

        finding = _review(malika, {bobur: "Seven receptions.", firuza: "None yet: the law is being changed."})
        malika.at(PLAN)
        malika.press("Prepare the next edition")
        malika.give(
            f"{PLAN}actions/1.1.3/reword/", "Propose", text="Register births at every reception, by law.",
            asked_for_in=finding,
        )  # fmt: skip
        _adopt(malika)
        assert finding in malika.at(f"{PLAN}editions/")
        sixth = next(files)
        assert "edition 3" in malika.send("Kazakhstan", sixth)

        spoilt = bytearray(sixth.read_bytes())
        spoilt[-40] ^= 1
        broken = next(files)
        broken.write_bytes(spoilt)
        assert "locked for somebody else" in aigul.receive(broken)
        assert "refused" in aigul.at("/parcels/log/")
        assert '"verdict": "changed"' in country.panoh("exchange", "unpack", str(sixth), "--json")
        daniyar.take_in(sixth)
        assert "by law" in daniyar.at(PLAN)


def _trust(one: Desk, two: Desk, name: str, state: str, them: Desk) -> None:
    """Enter a partner's keys, and have a second person confirm them by the check code that is read out."""
    key, age_key = them.own("Public key"), them.own("Public key of age")
    one.give("/parcels/partners/new/", "Enter the partner", name=name, country=state, key=key, age_key=age_key)
    read_out = them.own("Check code, to be read out")
    two.at("/parcels/")
    two.follow(f"Confirm the key {name}")
    assert "confirmed by two" in two.give("", "Confirm the key", check_code=read_out)


def _lesson(focal: Desk, peer: Desk, editor: Desk) -> str:
    """Write a lesson, have it reviewed, agree to share it, and have it published; return its code."""
    focal.give("/exchange/lessons/new/", "Save the draft", **LESSON)
    code = focal.code
    focal.press("Give to peer review")
    peer.give(f"/exchange/lessons/{code}/review/", "Record the review", verdict="recommends it")
    focal.at(f"/exchange/lessons/{code}/consent/")
    focal.press("Agree")
    editor.at(f"/exchange/lessons/{code}/publish/")
    editor.press("Publish")
    return code


def _position(focal: Desk, proposal: str, stance: str, **words: str) -> None:
    focal.give(f"/exchange/proposals/{proposal}/positions/new/", "Record the position", stance=stance, **words)


def _adopt(editor: Desk) -> None:
    said = editor.give(f"{PLAN}revision/adopt/", "Put the edition in force", on=today().isoformat())
    assert "is in force" in said


def _report(focal: Desk, figure: str) -> None:
    """Enter a country's value of this year, and submit it."""
    focal.at(f"{PLAN}periods/")
    focal.follow("This year")
    focal.follow("1.1.3-a")
    focal.follow("Enter")
    focal.give("", "Keep as a draft", number=figure, **SOURCE)
    focal.press("Submit: lock it")


def _review(secretariat: Desk, answers: dict[Desk, str]) -> str:
    """Hold a review in which countries answer, and return the code of what it found."""
    secretariat.give(
        f"{PLAN}reviews/new/", "Begin the review", title="The first year", starts=f"{YEAR}-01-01",
        ends=today().isoformat(), answers_due=today().isoformat(),
    )  # fmt: skip
    code = secretariat.code
    secretariat.give(f"/reviews/{code}/questions/new/", "Add the question", text="At how many receptions?")
    secretariat.at(f"/reviews/{code}/ask/")
    secretariat.press("Ask the countries")
    for focal, answer in answers.items():
        focal.give(f"/reviews/{code}/answers/", "Keep as drafts", answer__1=answer)
        focal.at(f"/reviews/{code}/answers/submit/")
        focal.press("Submit the answers")
    secretariat.give(f"/reviews/{code}/meeting/", "Record it", on=today().isoformat())
    said = secretariat.give(
        f"/reviews/{code}/findings/new/", "Record it", about="1.1.3", text="Where the law is silent nobody registers.",
        asks_for_change="The plan should be changed",
    )  # fmt: skip
    assert all(answer in said for answer in answers.values())
    return secretariat.page.locator("main li[id] h3 .code").first.inner_text()
