"""The sentences about rows and lists, for the person who decides."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise | str] = {
    # of a row, about its date of birth
    "year_only": _(
        "“%(written)s” is 1 January, which often stands for an unknown day."
        " Keep the day, or only the year %(year)s?"
    ),
    "impossible": _(
        "“%(written)s” is no day of the calendar."
        " Only the year %(year)s is kept until somebody knows better."
    ),
    "impossible_altogether": _(
        "“%(written)s” is no day of the calendar."
        " The date of birth stays unknown until somebody knows."
    ),
    "ambiguous_order": _(
        "“%(written)s” can be read with the day or with the month first."
        " It is read as %(read)s: is that right?"
    ),
    "future": _("“%(written)s” lies in the future. Which date is meant?"),
    "too_old": _("“%(written)s” would be more than 115 years ago. Which date is meant?"),
    "two_digits": _("“%(written)s” has a year of two digits, read as %(year)s. Is that right?"),
    "islamic_year": _(
        "“%(written)s” looks like a year of the Islamic calendar, about %(year)s."
        " Is that right?"
    ),
    "islamic_year_open": _(
        "“%(written)s” looks like a year of the Islamic calendar."
        " Which year of birth is it?"
    ),
    "not_a_date": _("“%(written)s” could not be read as a date or an age. The date of birth stays unknown."),
    "age_differs": _(
        "The age “%(age)s” and the date of birth “%(written)s” do not fit together."
        " Which is right?"
    ),
    "birth_unknown": _("No date of birth."),
    "shared_date": _(
        "%(count)s people of %(families)s families have this date of birth."
        " Perhaps it stands for an unknown one."
    ),
    # of a row, about the person
    "nameless": _("No name. The person is registered as “%(stand_in)s”; the name can be added later."),
    "name_without_letters": _("“%(written)s” is no name."),
    "sex_word_unknown": _(
        "“%(written)s” is no word for a sex that Panoh knows."
        " Is the person female or male?"
    ),
    "sex_and_kinship_differ": _("The list says “%(sex)s” and “%(kinship)s”. Is the person female or male?"),
    "sex_and_name_differ": _(
        "The list says “%(sex)s”, but the name “%(name)s” is of the other sex."
        " Which is right?"
    ),
    "sex_from_name": _("The list does not say the sex; the name shows it."),
    "sex_unknown": _("The list does not say the sex."),
    "kinship_word_unknown": _("“%(written)s” is no family word that Panoh knows; kept as “other”."),
    "adult_as_child": _("Listed as a child, %(age)s years old."),
    "mother_too_young": _(
        "Row %(other)s is the mother, and only %(years)s years older."
        " Which date of birth is right?"
    ),
    # of a row, beside others
    "duplicate": _("Row %(other)s has the same name in the same family. Is this one person written twice?"),
    "duplicate_by_date": _(
        "Row %(other)s has the same name and date of birth."
        " Is this one person written twice?"
    ),
    "duplicate_by_name": _(
        "Row %(other)s has the same name, and nothing tells the two apart."
        " Is this one person?"
    ),
    "duplicate_by_document": _(
        "Row %(other)s has the same document number."
        " Is this one person written twice?"
    ),
    "same_name_close_dates": _(
        "Row %(other)s has the same name and family, born %(days)s days apart. Two children, or one with two dates?"
    ),
    "same_name": _("Row %(other)s has the same name and family but another date of birth."),
    "sought_twice": _(
        "Row %(other)s asks for somebody of the same name."
        " Do two relatives look for the same person?"
    ),
    # of a row as a whole
    "no_person": _("The row has words but nothing that tells of a person."),
    "too_many_cells": _(
        "The row has %(cells)s cells under %(columns)s headings, so its cells cannot be told"
        " apart."
    ),
    "columns_not_said": _("Nobody has said yet what the columns of this list mean, so the row was not read."),
    "cell_too_long": _("One cell of the row holds %(letters)s letters: perhaps several rows run together."),
    "letters_lost": _("Some letters of this row were lost on the way and stand as �."),
    # of the whole list
    "header_missing": _("No row with column headings was found in the first %(looked)s rows."),
    "name_column_missing": _("Row %(row)s holds the headings, but none of them is a heading of names."),
    "total_differs": _(
        "The list says %(declared)s in all, but %(read)s rows were read."
        " Is part of the list missing?"
    ),
    "letters_lost_in_list": _(
        "%(count)s letters of the file were lost on the way."
        " Ask for it as .xlsx if you can."
    ),
    "sheet_chosen": _("The workbook has %(count)s sheets (%(sheets)s); “%(sheet)s” was read."),
    "column_guessed": _(
        "The column “%(heading)s” was taken for “%(field)s” because of what stands in it."
        " Is that right?"
    ),
    "columns_not_understood": _("Columns that were kept but not understood: %(headings)s."),
    "families_filled": _(
        "The family number stands only at the first person of each family and was carried on to the"
        " others."
    ),
    "numbers_repeated": _("The numbers of the list repeat or have gaps, so rows are counted from 1."),
}  # fmt: skip

# What a person without a name is called until somebody knows it.
STAND_INS: dict[str, Promise | str] = {
    "girl": _("unknown girl, row %(row)s"),
    "boy": _("unknown boy, row %(row)s"),
    "child": _("unknown child, row %(row)s"),
    "woman": _("unknown woman, row %(row)s"),
    "man": _("unknown man, row %(row)s"),
    "person": _("unknown person, row %(row)s"),
}
