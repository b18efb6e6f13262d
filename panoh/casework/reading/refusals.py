"""Why a file cannot be read, each with how to mend it; a refused file has changed nothing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotRight


class FileUnreadable(NotRight):
    """The root of all that can be wrong with a file."""

    code = "reading.unreadable"
    says = _("This file could not be read. Open it in a spreadsheet program, save it as .xlsx and send it again.")


class FileEmpty(FileUnreadable):
    code = "reading.empty"
    says = _("This file is empty. Check that the right file was chosen and that it was saved.")


class FileTooLarge(FileUnreadable):
    code = "reading.too-large"
    says = _(
        "This file has %(megabytes)s MB; a list may have %(most)s MB."
        " Remove pictures and other sheets, or split the list."
    )


class UnpacksTooLarge(FileUnreadable):
    code = "reading.unpacks-too-large"
    says = _(
        "Unpacked, this file would be far larger than a list of people can be, so it was not opened."
        " Copy the list into a new workbook and send that."
    )


class WorkbookDamaged(FileUnreadable):
    code = "reading.damaged"
    says = _(
        "This workbook is damaged or only half copied. Open it where it was made, save it again as .xlsx and send it."
    )


class WorkbookLocked(FileUnreadable):
    code = "reading.locked"
    says = _("This workbook is protected by a password. Save it without the password and send it again.")


class OldWorkbook(FileUnreadable):
    code = "reading.old-form"
    says = _("This workbook has the old .xls form. Open it, save it as .xlsx and send that.")


class TypeUnknown(FileUnreadable):
    code = "reading.type-unknown"
    says = _("This is %(found)s. Panoh reads lists as .xlsx, .csv and .ods: save the list as one of these.")


class TextDamaged(FileUnreadable):
    code = "reading.text-damaged"
    says = _(
        "The letters of this text file cannot be made out. Open it where it was made, save it as .xlsx and send that."
    )


class TooManyColumns(FileUnreadable):
    code = "reading.too-many-columns"
    says = _(
        "Row %(row)s has %(columns)s columns; a list has at most %(most)s."
        " Delete what stands to the right of the list and send it again."
    )


class TooManyRows(FileUnreadable):
    code = "reading.too-many-rows"
    says = _(
        "This list has more than %(most)s rows. Split it into several files, or delete what stands below the list."
    )


class TookTooLong(FileUnreadable):
    code = "reading.took-too-long"
    says = _("Reading this file took too long and was stopped. Copy the list into a new workbook and send that.")


class SheetMissing(FileUnreadable):
    code = "reading.sheet-missing"
    says = _("There is no sheet of the name “%(sheet)s” in this file. It has: %(sheets)s.")


class HeaderMissing(FileUnreadable):
    code = "reading.header-missing"
    says = _(
        "No row with column headings was found in the first %(looked)s rows. Write a heading such as “Name”, “Sex”,"
        " “Date of birth” above each column, or say by hand what the columns mean."
    )


class NameColumnMissing(FileUnreadable):
    code = "reading.name-column-missing"
    says = _(
        "Row %(row)s holds the headings, but none of them is a heading of names. Say by hand which column holds names."
    )


class NamesNotSaid(FileUnreadable):
    code = "reading.names-not-said"
    says = _("No column holds names. Say which one does: without names nobody can be registered.")


class FieldTwice(FileUnreadable):
    code = "reading.field-twice"
    says = _("Columns %(columns)s cannot all be “%(field)s”. Choose one of them; another may hold something else.")


class NoRows(FileUnreadable):
    code = "reading.no-rows"
    says = _("Below the headings in row %(row)s there is no row with a person. Check that the right sheet was saved.")


class FormulaInstead(FileUnreadable):
    code = "reading.formula"
    says = _(
        "Row %(row)s, column %(letter)s “%(column)s”: the cell holds a formula. Panoh computes no formulas, so it"
        " cannot know what should stand there. Copy the sheet, paste it as values, and send that."
    )


class ColumnWrong(FileUnreadable):
    code = "reading.column-wrong"
    says = _("Column %(column)s cannot be “%(field)s”: there is no such column or no such meaning.")


REFUSALS: dict[str, type[FileUnreadable]] = {
    refusal.code: refusal
    for refusal in (
        FileUnreadable, FileEmpty, FileTooLarge, UnpacksTooLarge, WorkbookDamaged, WorkbookLocked, OldWorkbook,
        TypeUnknown, TextDamaged, TooManyColumns, TooManyRows, TookTooLong, SheetMissing, HeaderMissing,
        NameColumnMissing, NamesNotSaid, FieldTwice, NoRows, FormulaInstead, ColumnWrong,
    )
}  # fmt: skip
