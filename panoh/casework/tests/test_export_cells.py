"""No cell of a file that leaves is ever run: whatever stands in it, a spreadsheet shows it as text."""

from __future__ import annotations

import csv
import io
import unicodedata

import pyrage
import pytest
import pyzipper
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from panoh.access.cells import as_csv, as_workbook, neutral, plain
from panoh.casework.exporting.locking import locked_for, locked_with, new_passphrase

RUN = "=+-@|%"
BEFORE = [
    "",
    " ",
    "\t",
    "\r",
    "\n",
    "\ufeff",
    "\u200b",
    "\u00a0",
    "\u2060",
    "\u3000",
    "\u3164",
    "\x01",
    "\u202e",
    "\u0301",
]
FORMS = [*RUN, "＝", "＋", "－", "＠", "｜", "％", "﹦", "﹢", "﹣", "﹫", "⁼", "₊", "−"]
INJECTED = [
    "=1+1", '=HYPERLINK("http://x","y")', "+998901234567", "-2+3", "@SUM(A1)", "|calc", "%0A=1", "=cmd|' /C calc'!A0",
    "#N/A", "#REF!", "TRUE", "1e5", "=\x00", "'=1", '"=1"', "a,=1", 'a"\r\n=1',
]  # fmt: skip
ANYTHING = st.one_of(
    st.text(max_size=30),
    st.sampled_from(INJECTED),
    st.builds(
        lambda before, form, rest: "".join(before) + form + rest,
        st.lists(st.sampled_from(BEFORE), max_size=4), st.sampled_from(FORMS), st.text(max_size=12),
    ),
)  # fmt: skip
ROWS = st.lists(st.lists(ANYTHING, min_size=3, max_size=3), min_size=1, max_size=4)


def first_seen(text: str) -> str:
    """Return the first letter that a reader sees, told here in another way than in the code."""
    shown = [one for one in unicodedata.normalize("NFKC", text) if one.isprintable() and not one.isspace()]
    return next((one for one in shown if unicodedata.category(one)[0] != "M"), "")


@given(ANYTHING)
def test_what_begins_like_a_formula_stands_behind_an_apostrophe(text: str) -> None:
    safe = neutral(plain(text))
    assert safe[:1] not in {*RUN, "\t", "\r", "\n"}
    assert first_seen(safe) not in set(RUN)
    assert safe.removeprefix("'") == plain(text) or safe == plain(text), "and nothing else is changed"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("before", BEFORE)
def test_whatever_stands_unseen_before_it(before: str, form: str) -> None:
    assert neutral(plain(f"{before}{form}1")).startswith("'")


@pytest.mark.parametrize("text", ["Nodira", "Нодира", "نادرة", "F-7K3Q-XM2D", "2015-03-14", "", "1 session", "(+998)"])
def test_an_ordinary_cell_stays_as_it_is(text: str) -> None:
    assert neutral(plain(text)) == text


@given(ROWS)
def test_a_workbook_read_back_has_the_words_and_no_formula(rows: list[list[str]]) -> None:
    book = load_workbook(io.BytesIO(as_workbook("=mark & more", ["+a", "b", "c"], rows)))
    (sheet,) = book.worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s"}
    read = [["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_col=3)]
    assert read == [[plain(text) for text in row] for row in rows]


@given(ROWS)
def test_a_csv_read_back_has_the_words_and_no_cell_that_is_run(rows: list[list[str]]) -> None:
    text = as_csv("=mark", ["+a", "b", "c"], rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["'=mark"]
    assert read[2:] == [[neutral(plain(cell)) for cell in row] for row in rows]
    assert not [cell for row in read for cell in row if cell[:1] in {*RUN, "\t", "\r", "\n"}]


def test_a_zip_opens_with_its_passphrase_and_with_no_other() -> None:
    passphrase = new_passphrase()
    locked = locked_with(passphrase, "X-1.csv", b"words that are sealed")
    assert b"sealed" not in locked
    with pyzipper.AESZipFile(io.BytesIO(locked)) as zipped:
        (inside,) = zipped.infolist()
        assert inside.wz_aes_strength == 3, "AES-256"
        zipped.setpassword(passphrase.encode())
        assert zipped.read("X-1.csv") == b"words that are sealed"
        zipped.setpassword(new_passphrase().encode())
        with pytest.raises(RuntimeError, match="password"):
            zipped.read("X-1.csv")


def test_a_file_for_a_key_opens_with_its_secret_and_with_no_other() -> None:
    theirs, others = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    locked = locked_for(str(theirs.to_public()), b"words that are sealed")
    assert pyrage.decrypt(locked, [theirs]) == b"words that are sealed"
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(locked, [others])
