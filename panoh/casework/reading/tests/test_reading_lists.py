from datetime import date, datetime

import pytest

from panoh.casework.reading import by_equation, read_grid, refusals, understand
from panoh.casework.reading.tests.made import HEADINGS, PEOPLE, TODAY, codes, csv_text, ods, read, xlsx
from panoh.casework.reading.words import fold

FACTS = ("name", "sex", "birth", "kinship", "family_number")
HEADS = {
    "en": ("No", "Full name", "Sex", "Date of birth", "Relationship", "Family no"),
    "ru": ("№ п/п", "Фамилия, имя, отчество", "Пол", "Год рождения", "Степень родства", "Семья №"),
    "uz": ("T/r", "F.I.Sh.", "Jinsi", "Tug‘ilgan sanasi", "Qarindoshlik darajasi", "Oila raqami"),
    "uz_cyrl": ("Т/р", "Фамилияси, исми, шарифи", "Жинси", "Туғилган йили", "Қариндошлиги", "Оила рақами"),
    "kk": ("Р/с", "Аты-жөні", "Жынысы", "Туған күні, айы, жылы", "Туыстық дәрежесі", "Отбасы №"),
    "ky": ("К/н", "Аты-жөнү", "Жынысы", "Туулган күнү", "Туугандык даражасы", "Үй-бүлө №"),
    "tg": ("Р/т", "Ному насаб", "Ҷинс", "Санаи таваллуд", "Дараҷаи хешовандӣ", "Рақами оила"),
    "tk": ("T/b", "Ady, familiýasy", "Jynsy", "Doglan senesi", "Garyndaşlyk derejesi", "Maşgala belgisi"),
    "ar": ("الرقم", "الاسم الكامل", "الجنس", "تاريخ الولادة", "صلة القرابة", "رقم العائلة"),
}
WORDS = {
    "en": ("female", "mother"),
    "ru": ("жен.", "мать"),
    "uz": ("ayol", "onasi"),
    "uz_cyrl": ("аёл", "онаси"),
    "kk": ("әйел", "анасы"),
    "ky": ("аял", "энеси"),
    "tg": ("зан", "модар"),
    "tk": ("zenan", "ejesi"),
    "ar": ("أنثى", "أم"),
}


@pytest.mark.parametrize("language", HEADS)
def test_a_list_is_read_in_each_language_of_the_region(language):
    sex, mother = WORDS[language]
    row = (1, "Testova Sinova", sex, "12.03.1990", mother, "7")
    found = read(xlsx(("Список 2024",), (), HEADS[language], row))
    assert [column.field for column in found.columns] == ["number", *FACTS]
    facts = found.rows[0].facts
    assert (facts.sex, facts.kinship, facts.family_number, facts.birth.year) == ("female", "mother", "7", 1990)
    assert found.languages[0] == language


def test_headings_of_two_languages_on_rows_6_and_7_are_one_header():
    titles = [("Республика", "", ""), (), ("Список лиц",), ("на 1 марта 2026 г.",), ()]
    found = read(xlsx(*titles, HEADS["ru"], HEADS["kk"], *PEOPLE))
    assert found.header_row == 6
    assert [row.facts.name for row in found.rows] == [person[1] for person in PEOPLE]
    assert found.titles == ("Республика", "Список лиц", "на 1 марта 2026 г.")


def test_two_languages_in_one_heading_are_one_column():
    heads = [f"{ru} / {kk}" for ru, kk in zip(HEADS["ru"], HEADS["kk"], strict=True)]
    assert [column.field for column in read(xlsx(heads, *PEOPLE)).columns] == ["number", *FACTS]


def test_parts_of_a_name_under_one_wide_heading_are_joined():
    found = read(
        xlsx(
            ("№", "ФИО", "", "", "Пол", "Документ", ""),
            ("", "Фамилия", "Имя", "Отчество", "", "Вид", "Номер"),
            (1, 2, 3, 4, 5, 6, 7),
            (1, "Тестова", "Дана", "Пробовна", "ж", "справка", "12"),
        )
    )
    facts = found.rows[0].facts
    assert (facts.name, facts.surname, facts.given_name) == ("Тестова Дана Пробовна", "Тестова", "Дана")
    assert (facts.document_kind, facts.document_number) == ("certificate", "12")
    assert [row.reason for row in found.skipped] == ["heading", "heading", "column_numbers"]


def test_serial_days_real_dates_and_arabic_digits_stand_side_by_side():
    births = [
        41999,
        datetime(2014, 12, 26),  # noqa: DTZ001
        "٢٦/١٢/٢٠١٤",
        "26 dek 2014",
        date(2014, 12, 26),
    ]
    rows = [
        (n, f"Testov {letter}li", "m", birth) for n, letter, birth in zip(range(1, 6), "ABDEG", births, strict=True)
    ]
    found = read(xlsx(("№", "Name", "Sex", "Date of birth"), *rows))
    assert {(row.facts.birth.year, row.facts.birth.month, row.facts.birth.day) for row in found.rows} == {
        (2014, 12, 26)
    }


@pytest.mark.parametrize(
    ("encoding", "language", "delimiter"),
    [
        ("utf-8", "ar", ","),
        ("utf-8-sig", "kk", ";"),
        ("utf-16", "ru", "\t"),
        ("utf-16-le", "ru", ";"),
        ("cp1251", "ru", ";"),
        ("koi8-r", "ru", "|"),
        ("cp866", "ru", ","),
        ("cp1256", "ar", ";"),
        ("cp1252", "uz", ";"),
        ("cp1254", "tk", "\t"),
        ("kz1048", "kk", ";"),
        ("iso8859-6", "ar", "|"),
        ("cp1251", "ru", ","),
        ("cp1256", "ar", ","),
    ],
)
def test_a_text_is_read_whatever_program_wrote_it(encoding, language, delimiter):
    sex, mother = WORDS[language]
    # No old encoding has every letter: people write what it lacks with those it has.
    lacking = str.maketrans({",": "", "ý": "y", "№": "№" if encoding in {"cp1251", "kz1048", "utf-8-sig"} else "N"})
    heads = [head.translate(lacking) for head in HEADS[language]]
    names = {
        "ru": "Тестова Жанна",
        "kk": "Тестова Әлия",
        "ar": "فاطمة تجربة",
        "uz": "Testova Go‘zal",
        "tk": "Testowa Güljan",
    }
    text = csv_text(
        heads, *[(n, names[language], sex, "12.03.1990", mother, n) for n in range(1, 4)], delimiter=delimiter
    )
    found = read(text.encode(encoding), "list.csv")
    assert [row.facts.name for row in found.rows] == [names[language]] * 3
    assert {row.facts.sex for row in found.rows} == {"female"}
    assert (found.delimiter, found.form) == (delimiter, "csv")


def test_a_workbook_of_libreoffice_is_read_with_its_gaps():
    found = read(
        ods(("Рейс 7",), 2, HEADINGS, *PEOPLE[:2], 3, (3, "Примеров Адиль", "м", date(2016, 5, 4), "сын", 2)), "x.ods"
    )
    assert [row.sheet_row for row in found.rows] == [5, 6, 10]
    assert (found.kind, found.rows[2].facts.birth.month) == ("passenger", 5)


def test_a_web_page_under_the_name_of_a_workbook_is_read():
    rows = "".join(
        "<tr>" + "".join(f"<td>{value}</td>" for value in person) + "</tr>" for person in (HEADINGS, *PEOPLE)
    )
    found = read(f"<html><meta charset=utf-8><body><table>{rows}</table></body></html>", "list.xls")
    assert [row.facts.birth.year for row in found.rows] == [1990, 2014, 2016]


def test_of_several_sheets_the_one_with_headings_is_read_and_named():
    found = read(xlsx(("Заметки",), ("ничего",), Люди=(HEADINGS, *PEOPLE), Итоги=(("Всего", 3),)))
    assert found.sheet == "Люди"
    assert "sheet_chosen" in {remark.code for remark in found.remarks}


def test_what_is_said_by_hand_wins():
    content = xlsx(("foo", "bar", "baz"), ("Testova Dana", "f", "12.03.1990"), ("Testov Ali", "m", "2014"))
    with pytest.raises(refusals.HeaderMissing):
        read(content)
    found = read(content, columns={0: "name", 1: "sex", 2: "birth"})
    assert (len(found.rows), found.header_row, found.rows[0].facts.sex) == (2, 1, "female")
    headless = csv_text(("Testova Dana", "f", "12.03.1990"), ("Testov Ali", "m", "2014"))
    assert len(read(headless, columns={0: "name", 1: "sex", 2: "birth"}).rows) == 2
    assert read(xlsx(HEADINGS, *PEOPLE), columns={5: ""}).rows[0].facts.family_number == ""
    with pytest.raises(refusals.ColumnWrong):
        read(content, columns={9: "name"})


def test_only_what_the_headings_do_not_tell_is_said_to_be_by_hand():
    said = {index: column.field or "" for index, column in enumerate(read(xlsx(HEADINGS, *PEOPLE)).columns)}
    found = read(xlsx(HEADINGS, *PEOPLE), columns={**said, 5: ""})
    assert [column.how for column in found.columns] == ["synonym"] * 5 + ["by hand"]


def test_a_column_is_said_by_its_letter():
    assert by_equation(["A=name", "c = sex", "AA="]) == {0: "name", 2: "sex", 26: ""}
    for wrong in (["1=name"], ["=name"], ["A=name", "A=sex"], ["ABCD=name"], ["sex"]):
        with pytest.raises(refusals.ColumnWrong):
            by_equation(wrong)


def test_a_list_without_names_is_read_by_nobody_and_no_field_stands_in_two_columns():
    content = csv_text(("Testova Dana", "f", "12.03.1990"), ("Testov Ali", "m", "2014"))
    with pytest.raises(refusals.NamesNotSaid):
        read(content, columns={1: "sex", 2: "birth"})
    with pytest.raises(refusals.FieldTwice):
        read(content, columns={0: "name", 1: "name"})


def test_columns_without_known_headings_are_guessed_from_their_values_and_said_to_be():
    heads = ("№", "ФИО", "Столбец А", "Столбец Б", "Столбец В")
    rows = [
        (n, f"Тестов{letter} Проба", "жм"[n % 2], f"1{n}.03.20{10 + n}", "ребёнок")
        for n, letter in enumerate("абвгд", 1)
    ]
    found = read(xlsx(heads, *rows))
    assert [(column.field, column.how) for column in found.columns[2:]] == [
        ("sex", "guessed from the values"),
        ("birth", "guessed from the values"),
        ("kinship", "guessed from the values"),
    ]
    assert [remark.code for remark in found.remarks] == ["column_guessed"] * 3
    assert "Столбец А" in found.remarks[0].message


def test_columns_of_no_interest_are_kept_but_not_mistaken():
    found = read(
        csv_text(
            ("Name", "Date of issue", "Date of birth", "Name of mother"),
            ("Testova Dana", "1.2.2020", "3.4.2014", "Testova Asel"),
        )
    )
    assert [column.field for column in found.columns] == ["name", None, "birth", None]
    assert found.rows[0].cells[1] == "1.2.2020"


@pytest.mark.parametrize(
    "total", [("", "ИТОГО:", 4), ("Всего 4 человека",), ("", "Jami: 4 nafar"), ("المجموع", "", 4), ("", "Барлығы", "4")]
)
def test_the_total_is_no_person_and_is_held_against_the_rows_read(total):
    found = read(xlsx(HEADINGS, *PEOPLE, total, (), ("", "Начальник ________ А. Пробов")))
    assert (found.declared_total, len(found.rows)) == (4, 3)
    assert "4 in all, but 3 rows" in next(remark.message for remark in found.remarks if remark.code == "total_differs")


def test_a_person_called_like_a_word_for_total_is_a_person():
    found = read(
        csv_text(("Ism", "Jinsi", "Tug'ilgan yili"), ("Jami Sinov", "erkak", "2014"), ("Dana Sinova", "ayol", "2016"))
    )
    assert [row.facts.name for row in found.rows] == ["Jami Sinov", "Dana Sinova"]


def test_headings_repeated_families_as_sections_and_empty_numbers_are_no_persons():
    found = read(
        xlsx(
            ("№", "ФИО", "Пол", "Дата рождения"),
            ("Семья № 5",),
            (1, "Тестова Дана", "ж", "2001"),
            ("№", "ФИО", "Пол", "Дата рождения"),
            ("Семья № 6",),
            (2, "Пробов Али", "м", "2011"),
            (3,),
        )
    )
    assert [row.facts.family_number for row in found.rows] == ["5", "6"]
    assert [row.reason for row in found.skipped] == [
        "heading",
        "section",
        "heading_repeated",
        "section",
        "only_a_number",
    ]


def test_a_family_number_at_the_first_of_each_family_is_carried_on():
    rows = [("10", "Тестова Дана"), ("", "Тестов Али"), ("", "Тестов Вали"), ("11", "Пробова Эка"), ("", "Пробов Яр")]
    found = read(xlsx(("Семья №", "ФИО"), *rows))
    assert [row.facts.family_number for row in found.rows] == ["10", "10", "10", "11", "11"]


def test_a_nameless_child_is_a_person_and_words_about_nobody_are_none():
    found = read(
        xlsx(
            HEADINGS,
            (41, "Неизвестная девочка", "", "2016", "", ""),
            (42, "", "муж", "", "ребёнок", ""),
            (43, "", "", "", "", "прибыли позже"),
        )
    )
    girl, boy, nobody = found.rows
    assert (girl.facts.name, girl.facts.sex, girl.status) == ("", "female", "needs_decision")
    assert "unknown girl, row 41" in girl.remarks[-1].message
    assert (boy.facts.sex, boy.status, boy.is_blocked) == ("male", "needs_decision", False)
    assert (nobody.status, nobody.cells[5]) == ("unreadable", "прибыли позже")


@pytest.mark.parametrize(
    ("words", "sex", "birth", "who"),
    [
        ("unknown girl", "", "", "girl"),
        ("unknown", "m", "1980", "man"),
        ("unknown woman", "f", "", "woman"),
        ("BABY", "", "", "child"),
        ("", "f", "2015", "girl"),
        ("-", "", "1970", "person"),
    ],
)
def test_what_a_nameless_person_is_called_fits_sex_and_age(words, sex, birth, who):
    found = read(csv_text(("Name", "Sex", "DOB"), (words, sex, birth), ("Testova Dana", "f", "1990")))
    remarks = {remark.code: remark for remark in found.rows[0].remarks}
    assert (found.rows[0].facts.name, remarks["nameless"].details["who"]) == ("", who)


def test_a_list_that_lacks_a_column_is_not_nagged_about_it_in_each_row():
    assert codes(read(csv_text(("Name", "Family"), ("Testova Dana", "3")))) == {1: set()}


def test_a_row_with_more_cells_than_headings_cannot_be_read():
    found = read("Name,Sex,Born\r\nTestova Dana,f,2001\r\nTestov, Ali,m,2011\r\n")
    assert [row.status for row in found.rows] == ["ready", "unreadable"]
    assert "4 cells under 3 headings" in found.rows[1].remarks[0].message


def test_unpaired_quotes_lose_no_rows():
    found = read('Name,Sex,Born\r\n"Testova Dana,f,2001\r\nO"tkir Sinov,m,2011\r\n')
    assert [row.facts.name for row in found.rows] == ["Testova Dana", 'O"tkir Sinov']


def test_contradictions_wait_for_a_person():
    found = read(
        xlsx(
            HEADINGS,
            (1, "Тестова Дана", "муж", "1990", "мать", "1"),
            (2, "Тестов Али Пробович", "жен", "2012", "", "2"),
            (3, "Пробова Эка", "кракозябра", "31.02.2016", "ребёнок", "3"),
        )
    )
    assert codes(found) == {
        1: {"sex_and_kinship_differ"},
        2: {"sex_and_name_differ"},
        3: {"sex_word_unknown", "impossible"},
    }
    assert [row.is_blocked for row in found.rows] == [True, False, False]


def test_one_person_written_twice_is_asked_about_at_the_later_row():
    found = read(
        xlsx(
            HEADINGS,
            (1, "Тестова Дана Пробовна", "жен", "", "мать", "1"),
            *[(n, f"Пробов {n}ов", "м", "2014", "", n) for n in range(2, 5)],
            (5, "Тестова  Даана Пробовна", "жен", "28.09.1994", "", "1"),
        )
    )
    row = found.rows[4]
    assert (row.is_blocked, row.status) == (True, "needs_decision")
    assert "Row 1 has the same name" in row.remarks[0].message
    assert not found.rows[0].is_blocked


def test_twins_and_namesakes_are_two_persons():
    found = read(
        xlsx(
            HEADINGS,
            (1, "Тестов Хасан Пробович", "м", "05.05.2014", "сын", "1"),
            (2, "Тестов Хусан Пробович", "м", "05.05.2014", "сын", "1"),
            (3, "Пробов Али", "м", "05.05.2014", "сын", "2"),
            (4, "Пробов Али", "м", "07.08.2017", "сын", "2"),
            (5, "Примеров Юсуф", "м", "2014", "", "3"),
            (6, "Примеров Юсуф", "м", "2014", "", "4"),
        )
    )
    assert {row.status for row in found.rows} == {"ready"}
    assert codes(found)[4] == {"same_name"}


def test_a_mother_hardly_older_than_her_child_is_asked_about():
    found = read(
        xlsx(
            HEADINGS,
            (1, "Тестова Дана", "ж", "05.05.2010", "мать", "1"),
            (2, "Тестов Али", "м", "05.06.2014", "сын", "1"),
        )
    )
    assert "only 4 years older" in found.rows[1].remarks[0].message


def test_a_date_shared_by_many_families_is_hinted_at_and_no_more():
    names = ("Абаев Ан", "Бобоев Бек", "Вахов Вали", "Гулов Гул", "Дадаев Дон")
    found = read(xlsx(HEADINGS, *[(n, name, "м", "01.06.2019", "сын", n) for n, name in enumerate(names, 1)]))
    assert {row.status for row in found.rows} == {"ready"}
    assert codes(found)[1] == {"shared_date"}


def test_applications_of_relatives_keep_who_asks_for_whom():
    found = read(
        "Qidirilayotgan shaxs;Tug'ilgan sana;Arizachi;Qarindoshligi\r\nDana Sinova;2010;Sinova Oy;xolasi\r\n",
        "arizalar.csv",
    )
    facts = found.rows[0].facts
    assert found.kind == "relatives"
    assert (facts.kinship, facts.applicant_name, facts.applicant_kinship) == ("", "Sinova Oy", "aunt")


@pytest.mark.parametrize(
    ("title", "file_name", "kind"),
    [
        ("Манифест рейса", "a.csv", "passenger"),
        ("Список лагеря Роуз", "flight.csv", "camp"),
        ("", "camp_list.csv", "camp"),
        ("", "x.csv", "passenger"),
    ],
)
def test_the_kind_of_a_list_is_told_by_its_words(title, file_name, kind):
    found = read(csv_text(*([(title,)] if title else []), HEADINGS, *PEOPLE), file_name)
    assert (found.kind, bool(found.kind_reason)) == (kind, True)
    assert read(csv_text(HEADINGS, *PEOPLE), file_name, kind="relatives").kind == "relatives"


def test_month_first_dates_are_understood_from_the_column():
    rows = [("Testov A", "05/13/2014"), ("Testov B", "05/06/2014"), ("Testov C", "12/25/2015")]
    births = [row.facts.birth for row in read(csv_text(("Name", "DOB"), *rows)).rows]
    assert [(birth.month, birth.day) for birth in births] == [(5, 13), (5, 6), (12, 25)]


def test_letters_lost_on_the_way_are_said():
    good = csv_text(HEADINGS, *PEOPLE, *PEOPLE, *PEOPLE).encode()
    at = good.index("Салтанат".encode())
    found = read(good[:at] + b"\xd0" + good[at:])
    assert "letters_lost_in_list" in {remark.code for remark in found.remarks}
    assert "letters_lost" in {remark.code for remark in found.rows[2].remarks}


def test_5000_rows_are_read():
    people = [
        (n, f"Тестов{chr(1072 + n % 32)} Проба {n}", "муж", f"{n % 28 + 1:02}.05.2014", "ребёнок", n // 5)
        for n in range(1, 5001)
    ]
    content = xlsx(HEADINGS, *people)
    assert len(understand(read_grid(content, file_name="x.xlsx"), today=TODAY).rows) == 5000


def test_no_name_stays_in_memory_kept_for_speed():
    read(xlsx(HEADINGS, *PEOPLE))
    assert fold.cache_info().currsize == 0
