"""Files of a plan: PDF, Word and Excel, in the reader's language."""

from __future__ import annotations

import io
import sys
from datetime import date

import docx
import openpyxl
import pypdf
import pytest

from panoh.access.printing import NoPdfHere
from panoh.access.refusals import NotThere
from panoh.access.wordings import Wording
from panoh.plan import actions
from panoh.plan.actions import Wanted
from panoh.plan.documents.outline import ActionTold, AreaTold, PillarTold, PlanTold, StatusTold
from panoh.plan.documents.plan_docx import as_docx
from panoh.plan.documents.workbook import as_workbook
from panoh.plan.models import ActionBody, Plan
from panoh.plan.queries import file_of_plan, languages_of, plan_told
from panoh.plan.tests.make import plan, worker

RISKY = '=HYPERLINK("http://x")'
RUSSIAN = "Диалог между ведомствами"


@pytest.fixture
def whole(db) -> Plan:
    """A plan in two languages with bodies and dates, one of its actions written to harm a spreadsheet."""
    by, made = worker("secretariat"), plan()
    body = actions.add_body(by, code="un", name=Wording({"en": "UN office", "ru": "Офис ООН"}), kind=2)
    both = Wording({"en": "Dialogue of offices", "ru": RUSSIAN})
    days = {"starts": date(2022, 3, 4), "ends": date(2024, 12, 31)}
    told = actions.add_action(by, made, Wanted("1.1", "1.1.10", both, states=("KZ",), **days))
    actions.add_action(by, made, Wanted("1.1", "1.1.10.1", Wording({"en": RISKY}), parent="1.1.10"))
    actions.name_bodies(by, told, parts={ActionBody.Part.LEAD: [body]})
    return actions.adopt_plan(by, made, on=date(2022, 3, 3), at="Tashkent")


def text_of(kind: str, content: bytes) -> str:
    if kind == "pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    if kind == "docx":
        document = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return " ".join([*(line.text for line in document.paragraphs), *cells])
    book = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
@pytest.mark.parametrize(("language", "words"), [
    ("en", ("Dialogue of offices", "UN office")), ("ru", (RUSSIAN, "Офис ООН")),
])  # fmt: skip
def test_a_file_holds_the_plan_in_the_language_asked_for(whole, kind, language, words):
    file = file_of_plan(whole, kind, language)
    assert file.name == f"jpoa-1-{language}.{kind}"
    text = " ".join(text_of(kind, file.content).split())
    for word in (*words, "Joint Plan", "Conditions", "Area 1.1", "1.1.10", "Tashkent", "Kazakhstan"):
        assert word in text, word


def test_parts_stand_below_their_action_and_ten_comes_after_nine(whole):
    told = plan_told(whole)
    assert [(one.code, one.depth) for one in told.pillars[0].actions] == [
        ("1.1.1", 0), ("1.1.2", 0), ("1.1.10", 0), ("1.1.10.1", 1),
    ]  # fmt: skip
    assert languages_of(whole) == ["en", "ru"]


def test_a_workbook_has_days_as_days_and_runs_nothing(whole):
    sheet = openpyxl.load_workbook(io.BytesIO(file_of_plan(whole, "xlsx").content)).worksheets[0]
    cells = {cell.value: cell for row in sheet for cell in row}
    assert cells[RISKY].data_type == "s"
    assert cells[RISKY].quotePrefix
    assert sheet["H5"].value.date() == date(2022, 3, 4)


def test_the_pdf_has_fonts_for_both_scripts(whole):
    pages = pypdf.PdfReader(io.BytesIO(file_of_plan(whole, "pdf", "ru").content)).pages
    fonts = {str(font["/BaseFont"]) for page in pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("+" in name for name in fonts), "embedded"


def test_a_machine_without_pango_says_so(whole, monkeypatch):
    def missing(name, *_more):
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [type("Missing", (), {"find_spec": staticmethod(missing)})])
    with pytest.raises(NoPdfHere, match="libpango"):
        file_of_plan(whole, "pdf")


def test_there_is_no_other_kind(whole):
    with pytest.raises(NotThere):
        file_of_plan(whole, "exe")


STATUSES = PlanTold(
    "p", "en", "Plan", "in force", ["Kazakhstan", "Uzbekistan"],
    [PillarTold(1, "I", "One", [AreaTold("1", "Area", actions=[
        ActionTold("1", "Talk", statuses=[StatusTold("Kazakhstan", "done"), StatusTold("Uzbekistan")]),
    ])])],
)  # fmt: skip


def test_a_state_that_did_not_report_is_not_reported_and_not_zero():
    assert "Uzbekistan: not reported" in text_of("docx", as_docx(STATUSES))
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook(STATUSES))).worksheets[0]
    assert [cell.value for cell in sheet[2]][-2:] == ["Kazakhstan", "Uzbekistan"]
    assert [cell.value for cell in sheet[3]][-2:] == ["done", "not reported"]


def test_a_file_takes_few_queries(whole, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        plan_told(whole)
