"""Reports as PDF: read as people read them, and refused with a sentence where there is nothing to read."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from weasyprint import HTML

from panoh.access.refusals import Refusal
from panoh.exchange.reading import Report, pdf, text_of

SENTENCES = [
    f"Item {word}: Ms. Anna Petrova stressed that cooperation between states remains necessary for the {word}."
    for word in ("schools", "rehabilitation", "counter-terrorism strategies", "self-government", "documents")
]
PAGES = (
    "@page { size: A5; margin: 2cm; @top-center { content: 'Forum of the region' }"
    " @bottom-center { content: 'Page ' counter(page) ' of ' counter(pages) } } p { hyphens: auto }"
)


def printed(body: str, style: str = PAGES) -> bytes:
    return HTML(string=f"<html lang=en><style>{style}</style>{body}</html>").write_pdf()


def changed(content: bytes, **options: str) -> bytes:
    writer, file = PdfWriter(clone_from=io.BytesIO(content)), io.BytesIO()
    writer.encrypt(**options)
    writer.write(file)
    return file.getvalue()


def blank(pages: int) -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.write(file)
    return file.getvalue()


def bomb() -> bytes:
    """Return a small PDF that asks for minutes of work: each of its pages is the same long one."""
    writer, file = PdfWriter(), io.BytesIO()
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 9 Tf " + b"1 0 0 1 5 5 Tm (a) Tj " * 300_000 + b"ET")
    content = writer._add_object(stream.flate_encode())
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    fonts = DictionaryObject({NameObject(name): NameObject(word) for name, word in font.items()})
    for _ in range(100):
        page = writer.add_blank_page(200, 200)
        page[NameObject("/Contents")] = content
        inside = DictionaryObject({NameObject("/F1"): fonts})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): inside})
    writer.write(file)
    return file.getvalue()


def test_paragraphs_come_whole_without_what_repeats_at_the_head_and_foot_of_pages() -> None:
    text = text_of(printed("<h1>Report</h1>" + "".join(f"<p>{each}</p>" for each in SENTENCES * 6)))
    assert text == "\n\n".join(["Report", *SENTENCES * 6])


def test_columns_are_read_from_the_left_in_whatever_order_they_were_written() -> None:
    parts = [
        f"<p style='position:absolute; left:{side}cm; top:{top}cm; width:7cm; margin:0'>{words}</p>"
        for side, top, words in ((8, 1, SENTENCES[2]), (0, 5, SENTENCES[1]), (0, 1, SENTENCES[0]), (8, 5, SENTENCES[3]))
    ]
    text = text_of(printed("".join(parts), "@page { size: A4 }"))
    assert text.split("\n\n") == [SENTENCES[0], SENTENCES[1], SENTENCES[2], SENTENCES[3]]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (["The rehabili-", "tation begins."], "The rehabilitation begins."),
        (["Школы откры\u00ad", "ты снова."], "Школы открыты снова."),
        (["A self-", "government, as self-government is."], "A self-government, as self-government is."),
        (["From Anna-", "Maria Petrova."], "From Anna- Maria Petrova."),
    ],
)
def test_a_word_cut_at_the_end_of_a_line_is_made_whole(broken: list[str], whole: str) -> None:
    page = [pdf.Line(50, 700 - 12 * number, 10, line) for number, line in enumerate(broken)]
    assert pdf.joined([page]) == whole


def test_what_was_found_in_a_pdf_stands_at_its_place_in_the_text() -> None:
    text = text_of(printed(f"<p>{SENTENCES[0]}</p>"))
    (said,) = Report(text).heard.statements
    assert text[said.span.start : said.span.end] == "cooperation between states remains necessary for the schools"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7", "exchange.report-damaged"),
        (printed("<p>Words.</p>")[:900], "exchange.report-damaged"),
        (blank(2), "exchange.report-scanned"),
        (changed(printed("<p>Words.</p>"), user_password="open"), "exchange.report-locked"),
        (blank(pdf.MOST_PAGES + 1), "exchange.report-too-many-pages"),
        (b"%PDF" + b" " * (20 * 1024 * 1024), "exchange.report-too-long"),
    ],
    ids=["empty", "cut", "scanned", "locked", "pages", "megabytes"],
)
def test_a_pdf_without_text_to_be_had_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        text_of(content)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    assert text_of(changed(printed("<p>Open.</p>", ""), user_password="", owner_password="x")) == "Open."


def test_a_pdf_made_to_keep_a_reader_busy_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_SECONDS", 1)
    with pytest.raises(Refusal) as refused:
        text_of(bomb())
    assert refused.value.code == "exchange.report-too-slow"
