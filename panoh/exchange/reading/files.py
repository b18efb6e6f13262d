"""The text of a report's file: plain text in the encodings of the region, a .docx, or a PDF with text in it."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from panoh.exchange.reading.pdf import MOST_PAGES, MOST_SECONDS, told_by
from panoh.exchange.refusals import (
    LettersUnknown,
    ReportDamaged,
    ReportEmpty,
    ReportLocked,
    ReportScanned,
    ReportTooLong,
    ReportTooManyPages,
    ReportTooSlow,
    ReportUnreadable,
)

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 4
MOST_MEGABYTES_OF_PDF = 20  # pictures in it weigh more than its words

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_KINDS = {
    b"\xd0\xcf\x11\xe0": "a document of the old .doc form", b"{\\rtf": "a document in the RTF form",
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
    b"\x7fELF": "a program", b"MZ\x90": "a program",
}  # fmt: skip


def text_of(content: bytes) -> str:
    """Return the text of a file.

    Raises:
        ReportEmpty: there is no letter in it.
        ReportTooLong: it has more megabytes than a report can have.
        ReportUnreadable: it is a picture or something else that is no text.
        ReportDamaged: a .docx or a PDF that does not open.
        ReportScanned, ReportLocked, ReportTooManyPages, ReportTooSlow: a PDF whose text cannot be had.
        LettersUnknown: text in an encoding that cannot be made out.
    """
    kind = kind_of(content)
    most = MOST_MEGABYTES_OF_PDF if kind == "pdf" else MOST_MEGABYTES
    if len(content) > most * MEGABYTE:
        raise ReportTooLong(megabytes=f"{len(content) / MEGABYTE:,.1f}", most=most)
    for beginning, found in _KINDS.items():
        if content.startswith(beginning):
            raise ReportUnreadable(found=found)
    text = {"pdf": _pdf, "docx": _docx, "text": _decoded}[kind](content)
    if not any(letter.isalpha() for letter in text):
        raise ReportEmpty
    return text


def kind_of(content: bytes) -> str:
    """Return what a file is by its first bytes: pdf, docx or text."""
    return "pdf" if content.startswith(b"%PDF") else "docx" if content.startswith(b"PK\x03\x04") else "text"


def _pdf(content: bytes) -> str:
    told = told_by(content)
    if "text" in told:
        return str(told["text"])
    if told["refused"] == "pages":
        raise ReportTooManyPages(pages=told["pages"], most=MOST_PAGES)
    if told["refused"] == "slow":
        raise ReportTooSlow(seconds=MOST_SECONDS)
    raise {"scanned": ReportScanned, "locked": ReportLocked}.get(told["refused"], ReportDamaged)


def _decoded(content: bytes) -> str:
    for beginning, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(beginning):
            return _as(content, encoding)
    if b"\x00" in content:
        raise ReportUnreadable(found="no text")
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        text = _as(content, "cp1251")
    words = re.findall(r"[^\W\d_]+", text)
    if 2 * sum(bool(re.fullmatch("[а-яё]+", word.casefold())) for word in words) < len(words):
        raise LettersUnknown
    return text


def _as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise LettersUnknown from error


def _docx(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if _DOCUMENT not in archive.namelist():
                raise ReportUnreadable(found="an archive or another kind of document")
            size = archive.getinfo(_DOCUMENT).file_size
            if size > 10 * MOST_MEGABYTES * MEGABYTE:
                raise ReportTooLong(megabytes=f"{size / MEGABYTE:,.1f}", most=MOST_MEGABYTES)
            root: Element = fromstring(archive.read(_DOCUMENT), forbid_dtd=True)
    except (
        zipfile.BadZipFile,
        ParseError,
        DefusedXmlException,
        EOFError,
        RuntimeError,
        NotImplementedError,
        OSError,
    ) as error:
        raise ReportDamaged from error
    return "\n\n".join(filter(None, (_paragraph(each) for each in root.iter(f"{_WORD}p"))))


def _paragraph(paragraph: Element) -> str:
    parts = {f"{_WORD}t": None, f"{_WORD}tab": " ", f"{_WORD}br": " "}
    return "".join(
        (each.text or "") if parts[each.tag] is None else " " for each in paragraph.iter() if each.tag in parts
    ).strip()
