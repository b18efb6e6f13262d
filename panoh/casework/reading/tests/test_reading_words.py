from typing import get_type_hints

import pytest
from pydantic import TypeAdapter

from panoh.casework.reading import FIELDS
from panoh.casework.reading.people import document_of, is_nameless, kinship_of, sex_of, sex_of_name
from panoh.casework.reading.words import (
    LANGUAGES,
    Columns,
    Dates,
    Kinds,
    People,
    columns,
    dates,
    fold,
    is_nothing,
    kinds,
    people,
)


def test_the_words_fit_their_schema():
    for schema, words in ((People, people()), (Dates, dates())):
        hints = get_type_hints(schema)
        assert set(words) == set(hints)
        for group, hint in hints.items():
            TypeAdapter(hint).validate_python(words[group], strict=True)
    TypeAdapter(Columns).validate_python(columns(), strict=True)
    TypeAdapter(Kinds).validate_python(kinds(), strict=True)


def test_each_field_has_headings_in_every_language():
    assert set(columns()) - {"none"} == set(FIELDS)
    for field, spelled in columns().items():
        assert set(LANGUAGES) <= set(spelled), field


def test_each_word_group_speaks_every_language():
    groups = [entry for group in people().values() for entry in group.items()]
    groups += [*kinds().items(), *dates()["months"].items()]
    groups += [(what, spelled) for what, spelled in dates()["words"].items() if what not in {"lunar", "solar"}]
    for what, spelled in groups:
        assert set(LANGUAGES) <= set(spelled), what
    assert [int(month) for month in dates()["months"]] == list(range(1, 13))


def test_a_heading_names_one_field_only():
    owners = {}
    for field, spelled in columns().items():
        for word in {fold(word) for words in spelled.values() for word in words}:
            assert owners.setdefault(word, field) == field, word


def test_kinship_codes_are_those_that_casework_knows():
    assert set(people()["kinship"]) == {
        "mother",
        "father",
        "child",
        "daughter",
        "son",
        "grandchild",
        "grandmother",
        "grandfather",
        "aunt",
        "uncle",
        "sister",
        "brother",
        "wife",
        "husband",
        "guardian",
        "head",
        "other",
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tugʻilgan", "tug'ilgan"),
        ("o‘g‘li", "O`G`LI"),
        ("Туған", "туган"),
        ("الأُسـرَة", "الاسره"),
        ("ЁЖ", "еж"),
        ("№ п/п", "№ П.П."),
    ],
)
def test_spellings_of_one_word_meet(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("word", "sex"),
    [
        ("жен", "female"),
        ("М", "male"),
        ("Ж.", "female"),
        ("ayol", "female"),
        ("erkak", "male"),
        ("әйел", "female"),
        ("ұл", "male"),
        ("аял", "female"),
        ("духтар", "female"),
        ("зан", "female"),
        ("zenan", "female"),
        ("أنثى", "female"),
        ("ذكر", "male"),
        ("F", "female"),
        ("male (boy)", "male"),
        ("мать", "female"),
    ],
)
def test_sex_words_are_known(word, sex):
    assert sex_of(word) == (sex, True)


def test_an_unknown_sex_word_is_said_to_be_unknown():
    assert sex_of("кракозябра") == ("", False)
    assert sex_of("-") == ("", True)


@pytest.mark.parametrize(
    ("word", "languages", "kinship"),
    [
        ("мать", (), "mother"),
        ("ребёнок (дочь)", (), "daughter"),
        ("мачеха", (), "other"),
        ("ата", ("ky",), "father"),
        ("ата", ("kk",), "grandfather"),
        ("апасы", ("ky",), "mother"),
        ("апасы", ("kk",), "sister"),
        ("xolasi", (), "aunt"),
        ("خالة", (), "aunt"),
        ("خاله", (), "uncle"),
        ("أم", (), "mother"),
        ("طفل", (), "child"),
        ("girl", (), "daughter"),
        ("сын 2", (), "son"),
        ("глава семьи", (), "head"),
        ("ejesi", (), "mother"),
        ("модар", (), "mother"),
        ("", (), ""),
    ],
)
def test_kinship_words_are_known_in_the_language_of_the_list(word, languages, kinship):
    assert kinship_of(word, languages) == (kinship, True)


@pytest.mark.parametrize(
    "words",
    [
        "Неизвестная девочка",
        "unknown girl",
        "اسم غير معروف",
        "nomaʼlum",
        "белгисиз",
        "номаълум",
        "näbelli",
        "-",
        "",
        "???",
        "Baby boy 2",
        "ребёнок без имени",
        "ismi noma'lum qiz",
        "طفلة مجهولة",
    ],
)
def test_words_for_unknown_are_no_name(words):
    assert is_nameless(words)


@pytest.mark.parametrize("name", ["Умида", "أم بلال", "Бабура", "Girlan Boyev", "Unknownov Ali"])
def test_names_are_names(name):
    assert not is_nameless(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("справка 3426", ("certificate", "3426")),
        ("нет", ("", "")),
        ("Паспорт № AA 1234567", ("passport", "AA 1234567")),
        ("свидетельство о рождении I-АН №123456", ("birth_certificate", "I-АН 123456")),
        ("есть", ("other", "")),
        ("AB1234567", ("other", "AB1234567")),
        ("هوية 55123", ("id_card", "55123")),
        ("pasport", ("passport", "")),
        ("", ("", "")),
    ],
)
def test_a_document_is_a_kind_and_a_number(text, expected):
    assert document_of(text) == expected


def test_a_patronymic_tells_the_sex():
    assert sex_of_name("Тестова Дана Пробовна") == "female"
    assert sex_of_name("Testov Ali Sinov o‘g‘li") == "male"
    assert sex_of_name("Testov Ali") == ""


@pytest.mark.parametrize("nothing", ["", "-", "—", "?", "нет", "yoʻq", "жоқ", "لا يوجد", "N/A"])
def test_nothing_is_nothing(nothing):
    assert is_nothing(nothing)
