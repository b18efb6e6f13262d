"""What files are read as reports, and what is refused with a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from panoh.access.refusals import Refusal
from panoh.exchange.reading import model_called, text_of
from panoh.exchange.reading.files import MEGABYTE, MOST_MEGABYTES
from panoh.exchange.refusals import ModelMissing

BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def docx(body: str, name: str = "word/document.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, body)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "exchange.report-empty"),
        (b" \n 12 --", "exchange.report-empty"),
        (b"\x89PNG\r\n", "exchange.report-unreadable"),
        (b"\x7fELF\x02", "exchange.report-unreadable"),
        (b"text\x00with a zero", "exchange.report-unreadable"),
        (docx("", "xl/workbook.xml"), "exchange.report-unreadable"),
        (docx("<w:p"), "exchange.report-damaged"),
        (b"PK\x03\x04half", "exchange.report-damaged"),
        (docx('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "exchange.report-damaged"),
        (b"\x81\x98 \xff\xfd\x80", "exchange.letters-unknown"),
        (b"a" * (MOST_MEGABYTES * MEGABYTE + 1), "exchange.report-too-long"),
    ],
)
def test_what_is_no_report_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        text_of(content)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_text_is_read_in_the_encodings_of_the_region(encoding: str) -> None:
    assert (
        text_of("Участники отметили, что школы открыты.".encode(encoding)) == "Участники отметили, что школы открыты."
    )


def test_the_paragraphs_of_a_docx_are_read() -> None:
    content = docx(
        BODY.format(
            "<w:p><w:r><w:t>Schools </w:t></w:r><w:r><w:t>open.</w:t></w:r></w:p><w:p><w:r><w:t>Yes.</w:t></w:r></w:p>"
        )
    )
    assert text_of(content) == "Schools open.\n\nYes."


def test_a_model_is_off_until_named_and_one_that_is_missing_is_refused() -> None:
    assert model_called("") is None
    for name in ("no_such_module:model", "json:no_such_model", "json"):
        with pytest.raises(ModelMissing):
            model_called(name)
