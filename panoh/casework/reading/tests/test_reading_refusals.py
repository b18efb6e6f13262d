import io
import zipfile

import pytest

from panoh.casework.reading import read_grid, refusals, understand
from panoh.casework.reading.tests.made import HEADINGS, PEOPLE, TODAY, archive, csv_text, ods, read, xlsx

GOOD = xlsx(HEADINGS, *PEOPLE)


def bomb() -> bytes:
    parts = {
        info.filename: zipfile.ZipFile(io.BytesIO(GOOD)).read(info)
        for info in zipfile.ZipFile(io.BytesIO(GOOD)).infolist()
    }
    return archive(parts | {"xl/media/picture.bin": bytes(200 * 1024 * 1024)})


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


BAD = {
    "empty": (lambda: b"", refusals.FileEmpty),
    "only spaces": (lambda: b" \r\n \r\n", refusals.FileEmpty),
    "only zeros": (lambda: bytes(4096), refusals.FileEmpty),
    "workbook with nothing in it": (xlsx, refusals.FileEmpty),
    "half of a workbook": (lambda: GOOD[: len(GOOD) // 2], refusals.WorkbookDamaged),
    "workbook with a broken sheet": (
        lambda: archive({**_parts(), "xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}),
        refusals.WorkbookDamaged,
    ),
    "workbook without its sheet": (
        lambda: archive({name: part for name, part in _parts().items() if "sheet1" not in name}),
        refusals.WorkbookDamaged,
    ),
    "entity bomb in a workbook": (
        lambda: archive({**_parts(), "xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        refusals.WorkbookDamaged,
    ),
    "password": (encrypted, refusals.WorkbookLocked),
    "old form": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), refusals.OldWorkbook),
    "PDF": (lambda: b"%PDF-1.7 ...", refusals.TypeUnknown),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), refusals.TypeUnknown),
    "Word document": (lambda: archive({"word/document.xml": b"<w/>"}), refusals.TypeUnknown),
    "archive of archives": (lambda: archive({"xl/workbook.xml": b"", "more.zip": b"PK"}), refusals.TypeUnknown),
    "archive pointing outside": (lambda: archive({"xl/workbook.xml": b"", "../../x": b""}), refusals.TypeUnknown),
    "page without a table": (lambda: b"<html><body><p>Sign in</p></body></html>", refusals.TypeUnknown),
    "noise": (lambda: bytes(range(1, 256)) * 40, refusals.FileUnreadable),
    "zip bomb": (bomb, refusals.UnpacksTooLarge),
    "archive of 1,000 parts": (lambda: archive({f"xl/{n}": b"" for n in range(1000)}), refusals.UnpacksTooLarge),
    "200 MB": (lambda: bytes(200 * 1024 * 1024), refusals.FileTooLarge),
    "21,000 rows": (lambda: csv_text(("Name", "Sex"), *[("Testov", "m")] * 21_000).encode(), refusals.TooManyRows),
    "a row repeated a million times": (lambda: ods(HEADINGS, PEOPLE[0], repeat_last=1_000_000), refusals.TooManyRows),
    "no headings": (lambda: csv_text(("a", "b"), ("c", "d")).encode(), refusals.HeaderMissing),
    "no names": (
        lambda: csv_text(("Sex", "Date of birth"), ("m", "2014"), ("f", "2015")).encode(),
        refusals.NameColumnMissing,
    ),
    "headings only": (lambda: xlsx(HEADINGS), refusals.NoRows),
}


def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(what):
    make, expected = BAD[what]
    with pytest.raises(expected) as refused:
        understand(read_grid(make(), file_name="list.xlsx"), today=TODAY)
    sentence = str(refused.value)
    assert "%(" not in sentence
    assert sentence.endswith((".", "?"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_row_of_10_000_columns_is_named_in_the_refusal(form):
    wide = ["x"] * 10_000
    rows = [HEADINGS, *PEOPLE, (), PEOPLE[0], wide]
    content = csv_text(*rows).encode() if form == "csv" else xlsx(*rows)
    with pytest.raises(refusals.TooManyColumns) as refused:
        read(content)
    assert "Row 7 has 10,000 columns; a list has at most 200" in str(refused.value)


def test_a_formula_in_a_column_of_facts_is_refused_with_its_place():
    rows = [HEADINGS, *PEOPLE, (4, "Тестов Арман", "муж", "=DATE(2014,1,1)", "ребёнок", "2")]
    for content in (xlsx(*rows), csv_text(*rows, delimiter=";").encode(), ods(*rows, formula_at=(4, 3))):
        with pytest.raises(refusals.FormulaInstead) as refused:
            read(content)
        assert "Row 5, column D “Дата рождения”" in str(refused.value)


def test_formulas_in_the_numbering_and_in_the_total_are_no_harm():
    rows = [("=ROW()-1", *person[1:]) for person in PEOPLE]
    found = read(xlsx(HEADINGS, *rows, ("", "Итого", "=COUNTA(B2:B4)")))
    assert [row.number for row in found.rows] == [1, 2, 3]
    assert found.skipped[-1].reason == "total"


def test_the_child_that_reads_sees_no_setting_of_the_server(monkeypatch):
    monkeypatch.setenv("PANOH_KEYRING", "secret")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    assert len(read(GOOD).rows) == 3


def test_every_refusal_has_its_own_code_and_stands_in_the_register():
    listed = set(refusals.REFUSALS.values())
    made = {
        each for each in vars(refusals).values() if isinstance(each, type) and issubclass(each, refusals.FileUnreadable)
    }
    assert listed == made
    assert len({each.code for each in made}) == len(made)
