"""The child process that opens a sender's file: bytes on standard input, JSON on standard output, nothing else.

Run as ``python -m panoh.casework.reading.child``; limits of memory and time are set before anything is opened.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from panoh.casework.reading.delimited import read_delimited
from panoh.casework.reading.encodings_found import decode
from panoh.casework.reading.refusals import (
    FileEmpty,
    FileUnreadable,
    OldWorkbook,
    TypeUnknown,
    UnpacksTooLarge,
    WorkbookDamaged,
    WorkbookLocked,
)
from panoh.casework.reading.sheets import RawSheet
from panoh.casework.reading.webpages import read_page

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 15
UNPACKED_BYTES = 60 * 1024 * 1024
RATIO = 100
SMALL_BYTES = 2 * 1024 * 1024
MEMBERS = 200

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KNOWN_STRANGERS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"{\\rtf", "a text document"),
)


def sheets_of(content: bytes) -> list[RawSheet]:
    """Return the sheets of a file, by what it is and not by what it is called."""
    if content.startswith(OLD_OFFICE):
        # A workbook under a password is an old-form container around the new form.
        raise WorkbookLocked if "EncryptedPackage".encode("utf-16-le") in content else OldWorkbook
    if content.startswith(b"PK"):
        return _sheets_of_archive(content)
    for sign, found in KNOWN_STRANGERS:
        if content.startswith(sign):
            raise TypeUnknown(found=found)
    text, encoding, damaged_letters = decode(content)
    beginning = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if beginning.startswith("<"):
        if "<table" in text.lower():
            return read_page(text, encoding)
        raise TypeUnknown(found="a web page or an XML file without a table")
    return read_delimited(text, encoding, damaged_letters)


def _sheets_of_archive(content: bytes) -> list[RawSheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive.infolist(), len(content))
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise WorkbookDamaged from error
    is_ods = "content.xml" in names
    if not is_ods and not any(name.startswith("xl/") for name in names):
        raise TypeUnknown(
            found="a text document" if "word/document.xml" in names else "an archive without a list in it"
        )
    try:
        return _readers()[is_ods](content)
    except (FileUnreadable, MemoryError, RecursionError):
        raise
    except Exception as error:  # whatever a parser stumbles over in a damaged file has one answer
        raise WorkbookDamaged from error


def _readers() -> tuple[Callable[[bytes], list[RawSheet]], Callable[[bytes], list[RawSheet]]]:
    """Return what reads workbooks and OpenDocument sheets: half a second that a text file does not wait for."""
    from panoh.casework.reading.opendocument import read_ods  # noqa: PLC0415
    from panoh.casework.reading.workbooks import read_xlsx  # noqa: PLC0415

    return read_xlsx, read_ods


def _check(members: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if unpacked > UNPACKED_BYTES or len(members) > MEMBERS or (unpacked > SMALL_BYTES and unpacked > RATIO * packed):
        raise UnpacksTooLarge
    if any(member.flag_bits & 1 for member in members):
        raise WorkbookLocked
    for member in members:
        parts = member.filename.replace("\\", "/").split("/")
        is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
        if member.filename.startswith(("/", "\\")) or ".." in parts or is_link:
            raise TypeUnknown(found="an archive whose parts point outside of it")
        if member.filename.lower().endswith((".zip", ".xlsx", ".ods", ".gz")):
            raise TypeUnknown(found="an archive with other files in it")


def answer_to(content: bytes) -> dict[str, Any]:
    """Return the sheets of a file, or the refusal, as plain data."""
    try:
        sheets = sheets_of(content)
        if not any(sheet.rows for sheet in sheets):
            raise FileEmpty
    except FileUnreadable as refusal:
        return {"refusal": refusal.code, "details": refusal.details}
    except (MemoryError, RecursionError):
        return {"refusal": UnpacksTooLarge.code, "details": {}}
    return {"sheets": [asdict(sheet) for sheet in sheets]}


def main() -> None:
    """Read one file within the limits and print its cells, or why it cannot be read."""
    content = sys.stdin.buffer.read()  # the parent has looked at its size
    if content.startswith(b"PK"):
        _readers()  # before the limit of memory, which is for the file and not for our libraries
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.write(json.dumps(answer_to(content)))


if __name__ == "__main__":
    main()
