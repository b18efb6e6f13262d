"""A summary is generated from what is on record, edited by hand, and generated anew without losing a word."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.plan.actions import report_status
from panoh.plan.actions.summaries import begin_summary, renew_summary, take_generated, write_section
from panoh.plan.documents.light import blocks, table
from panoh.plan.documents.word import Part, as_docx
from panoh.plan.models import Plan, Section, Summary
from panoh.plan.refusals_values import DaysOutOfOrder
from panoh.plan.tests.make import adopted, worker
from panoh.plan.tests.measured import approved, indicator, period, submitted, target
from panoh.plan.tests.test_reporting_pages import client_of, text
from panoh.plan.tests.test_reviews import asked, found, point

pytestmark = pytest.mark.django_db


def summed(of: Plan) -> Summary:
    told = {"title": "Ten years", "language": "en", "starts": date(2017, 1, 1), "ends": date(2026, 12, 31)}
    return begin_summary(worker("secretariat"), of, **told)


def section(of: Summary, key: str) -> Section:
    return of.sections.get(key=key)


def test_a_summary_says_what_editions_indicators_and_reviews_say() -> None:
    of = adopted()
    measured = indicator(of)
    target(measured)
    year = period(of)
    approved(year, "UZ", 7)
    submitted(year, "KZ", 100)
    review = asked(of)
    finding = found(review)
    late = point(review, date(2026, 1, 1), finding=finding)
    told = summed(of)
    assert "3 countries: KZ, UZ, TJ" in section(told, "about").text
    assert "Adopted on 3 March 2022 in Tashkent." in section(told, "editions").text
    assert "- 4.1.1 Law" in section(told, "actions").text
    figures = section(told, "indicators").text
    assert "| 7 | 1 of 3 values |" in figures
    assert "| 10 (2025) |" in figures
    assert finding.code in section(told, "left").text
    assert str(late) in section(told, "left").text


def test_a_summary_says_what_each_country_reported_last_in_its_time_and_who_reported_nothing() -> None:
    of = adopted()
    action = of.actions.get(code="4.1.1")
    for country, state, day in (("KZ", 1, 2018), ("KZ", 2, 2020), ("UZ", 2, 2021)):
        told = {"country": country, "state": state, "on": date(day, 5, 1), "source": "Letter"}
        report_status(worker("secretariat"), action, **told)
    text_of = section(summed(of), "statuses").text
    assert "- 4.1.1: under way – KZ (1 May 2020), UZ (1 May 2021); not reported – TJ" in text_of
    assert "Not reported is not the same as not started." in text_of
    told = {"title": "Before", "language": "en", "starts": date(2017, 1, 1), "ends": date(2019, 12, 31)}
    before = section(begin_summary(worker("secretariat"), of, **told), "statuses").text
    assert "- 4.1.1: not started – KZ (1 May 2018); not reported – UZ, TJ" in before


def test_a_time_in_which_nothing_was_recorded_says_so() -> None:
    told = summed(adopted())
    assert "Nothing was measured." in section(told, "indicators").text
    assert section(told, "statuses").text == "No country reported on an action."
    assert "No review was held" in section(told, "reviews").text
    with pytest.raises(DaysOutOfOrder):
        begin_summary(worker("secretariat"), told.plan, title="T", language="en", starts=told.ends, ends=told.starts)


def test_what_was_edited_stays_when_the_summary_is_generated_anew_and_the_difference_is_shown() -> None:
    by, of = worker("secretariat"), adopted()
    told = summed(of)
    write_section(by, section(told, "indicators"), text="We began to measure in 2026.")
    indicator(of)
    client, url = client_of(by), f"/summaries/{told.code}/"
    assert "another text" not in text(client, url)
    renew_summary(by, told)
    kept = section(told, "indicators")
    assert (kept.text, kept.has_moved) == ("We began to measure in 2026.", True)
    page = text(client, url)
    assert "We began to measure in 2026." in page
    assert "no more: Nothing was measured." in page.replace("\n", " ")
    client.post(f"{url}sections/indicators/keep/")
    assert not section(told, "indicators").has_moved
    assert "is lost" in text(client, f"{url}sections/indicators/take/")
    client.post(f"{url}sections/indicators/take/")
    assert section(told, "indicators").text == section(told, "indicators").generated


def test_a_summary_is_made_and_edited_on_its_pages_and_taken_along() -> None:
    adopted()
    client = client_of(worker("secretariat"))
    assert "No summary was made yet" in text(client, "/joint-plan/jpoa/summaries/")
    told = {"title": "Ten years", "starts": "2017-01-01", "ends": "2026-12-31", "language": "en"}
    client.post("/joint-plan/jpoa/summaries/new/", told)
    url = f"/summaries/{Summary.objects.get().code}/"
    client.post(f"{url}sections/left/", {"text": "## What now\n\n- Schools\n- Laws"})
    assert "What now" in text(client, url)
    client.post(f"{url}renew/")
    answer = client.get(f"{url}word/")
    document = docx.Document(BytesIO(answer.content))
    assert [one.text for one in document.paragraphs if one.style.name == "List Bullet"][-2:] == ["Schools", "Laws"]
    assert client.get(f"/api/v1{url}word").status_code == 200


def test_the_api_writes_a_section() -> None:
    of = adopted()
    told, client = summed(of), client_of(worker("secretariat"))
    url = f"/api/v1/summaries/{told.code}"
    sent = client.put(f"{url}/sections/about", {"text": "A plan."}, content_type="application/json")
    assert sent.json()["is_written"]
    assert client.get(url).json()["sections"][0]["text"] == "A plan."
    for step in ("sections/about/keep", "sections/about/take", "renew"):
        assert client.post(f"{url}/{step}").status_code == 200
    assert client.get("/api/v1/joint-plan/jpoa/summaries").json()[0]["code"] == told.code
    body = {"title": "Five", "starts": "2022-01-01", "ends": "2026-12-31"}
    assert client.post("/api/v1/joint-plan/jpoa/summaries", body, content_type="application/json").status_code == 201


def test_who_does_not_edit_the_plan_writes_in_no_summary() -> None:
    told, other = summed(adopted()), worker("focal_point", "UZ")
    with pytest.raises(NotAllowed):
        write_section(other, section(told, "about"), text="Mine")
    with pytest.raises(NotAllowed):
        take_generated(other, section(told, "about"))
    with acting_for(other.staff_id):
        assert Section.objects.update(written="By the back door") == 0


def test_a_document_has_real_headings_lists_and_tables() -> None:
    text = "First.\n\n## Inner\n- one\n- two\n\n" + table(["A", "B"], [["1", "x|y"], ["2", ""]])
    written = docx.Document(BytesIO(as_docx("Title", "Under", [Part("Part", text)], language="ru")))
    assert [(one.style.name, one.text) for one in written.paragraphs if one.text] == [
        ("Title", "Title"), ("Subtitle", "Under"), ("Heading 1", "Part"), ("Normal", "First."), ("Heading 2", "Inner"),
        ("List Bullet", "one"), ("List Bullet", "two"),
    ]  # fmt: skip
    rows = [[cell.text for cell in row.cells] for row in written.tables[0].rows]
    assert rows == [
        ["A", "B"],
        ["1", "x/y"],
        ["2", ""],
    ]
    assert written.core_properties.language == "ru"


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_text_can_be_a_document(text: str) -> None:
    for block in blocks(text):
        assert all(len(row) == len(block.head) for row in block.rows)
    assert as_docx("T", "", [Part("P", text)])
