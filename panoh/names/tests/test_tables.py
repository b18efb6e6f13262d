"""Each table against the standard that it follows."""

from __future__ import annotations

from collections import Counter

import pytest

from panoh.names.parsing import parse
from panoh.names.rarity import bits_of
from panoh.names.scripts import Script
from panoh.names.skeleton import skeleton
from panoh.names.sounds import readings
from panoh.names.tables import DATA, LETTER_TABLES, frequent_skeletons, full_names, letters, words

ALPHABETS: dict[str, tuple[Script, str]] = {
    "Russian": ("Cyrl", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "Ukrainian": ("Cyrl", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    "Uzbek": ("Cyrl", "абвгдеёжзийклмнопрстуфхцчшъэюяўқғҳ"),
    "Kazakh": ("Cyrl", "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"),
    "Kyrgyz": ("Cyrl", "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"),
    "Tajik": ("Cyrl", "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"),
    "Turkmen": ("Cyrl", "абвгдеёжҗзийклмнңоөпрстуүфхцчшщъыьэәюя"),
    "Azerbaijani": ("Cyrl", "аәбвгғдеәжзиыјкҝлмноөпрстуүфхһчҹш"),
    "Uzbek Latin": ("Latn", "abdefghijklmnopqrstuvxyz'"),
    "Kazakh Latin": ("Latn", "aäbdefgğhıijklmnñoöpqrsştuūüvyz"),
    "Turkmen Latin": ("Latn", "abçdeäfghijžklmnňoöprsştuüwyýz"),
    "Turkish": ("Latn", "abcçdefgğhıijklmnoöprsştuüvyz"),
    "Azerbaijani Latin": ("Latn", "abcçdeəfgğhxıijkqlmnoöprsştuüvyz"),
    "Arabic": ("Arab", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"),
    "Persian": ("Arab", "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"),
    "Pashto": ("Arab", "ټځڅډړږښګڼېۍ"),
    "Uyghur": ("Arab", "ئابپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىي"),
}
SILENT = frozenset("ъьء'")


@pytest.mark.parametrize("language", ALPHABETS)
def test_every_letter_of_every_language_of_the_region_has_a_sound(language: str) -> None:
    script, alphabet = ALPHABETS[language]
    unheard = [letter for letter in alphabet if letter not in SILENT and not readings(letter + letter, script)]
    assert unheard == []


# ICAO Doc 9303-3, section 6.B: how passports of the region write Cyrillic letters.
ICAO_CYRILLIC = {
    "б": "b", "в": "v", "г": "g", "д": "d", "ж": "zh", "з": "z", "к": "k", "л": "l", "м": "m", "н": "n", "п": "p",
    "р": "r", "с": "s", "т": "t", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ґ": "g",
    "љ": "lj", "џ": "dz",
}  # fmt: skip


@pytest.mark.parametrize("letter", ICAO_CYRILLIC)
def test_a_passports_latin_letters_meet_the_cyrillic_ones(letter: str) -> None:
    cyrillic = {skeleton(sound) for sound in readings(f"а{letter}а", "Cyrl")}
    latin = {skeleton(sound) for sound in readings(f"a{ICAO_CYRILLIC[letter]}a", "Latn")}
    assert cyrillic & latin


# ALA-LC romanization of Arabic, consonants.
ALA_LC_ARABIC = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "ḥ", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s",
    "ش": "sh", "ص": "ṣ", "ض": "ḍ", "ط": "ṭ", "ظ": "ẓ", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "و": "w", "ي": "y",
}  # fmt: skip


@pytest.mark.parametrize("letter", ALA_LC_ARABIC)
def test_the_library_romanization_meets_the_arabic_letters(letter: str) -> None:
    arabic = {skeleton(sound) for sound in readings(f"ا{letter}ا", "Arab")}
    latin = {skeleton(sound) for sound in readings(f"a{ALA_LC_ARABIC[letter]}a", "Latn")}
    assert arabic & latin


# Uzbek Cyrillic, the Latin alphabet of 1995 and the draft of 2023.
UZBEK = [
    ("Шуҳрат", "Shuhrat", "Şuhrat"), ("Чори", "Chori", "Çori"), ("Ўткир", "Oʻtkir", "Õtkir"), ("Ғулом", "Gʻulom"),
    ("Жасур", "Jasur"), ("Хуршид", "Xurshid", "Xurşid"), ("Қодир", "Qodir"),
]  # fmt: skip
# Kazakh Cyrillic, the Latin alphabet of 2021, a passport's.
KAZAKH = [
    ("Жәнібек", "Jänibek", "Zhanibek"),
    ("Шоқан", "Şoqan", "Shokan"),
    ("Әлия", "Äliia", "Aliya"),
    ("Ғалым", "Ğalym", "Galym"),
]
TURKMEN = [
    ("Чары", "Çary", "Chary"),
    ("Җемал", "Jemal", "Jemal"),
    ("Шохрат", "Şohrat", "Shohrat"),
    ("Вепа", "Wepa", "Vepa"),
]
AZERBAIJANI = [("Ҹавад", "Cavad", "Javad"), ("Чинҝиз", "Çingiz", "Chingiz"), ("Гара", "Qara", "Gara")]


@pytest.mark.parametrize("spellings", [*UZBEK, *KAZAKH, *TURKMEN, *AZERBAIJANI])
def test_the_alphabets_of_one_language_meet(spellings: tuple[str, ...]) -> None:
    heard = [set(parse(spelling).parts[0].skeletons) for spelling in spellings]
    assert set.intersection(*heard)


@pytest.mark.parametrize("script", LETTER_TABLES)
def test_a_table_has_no_row_twice_and_only_sounds_of_the_alphabet(script: Script) -> None:
    rows = letters(script)
    assert [row for row, times in Counter(row[:3] for row in rows).items() if times > 1] == []
    assert {letter for row in rows for sound in row.sounds for letter in sound} <= set("bpvwfdtszcCSJkghlmnryaeiou")


@pytest.mark.parametrize(
    ("file", "section"),
    [
        *(("patronymics.toml", name) for name in ("endings", "after", "child_of", "before")),
        *(("words.toml", name) for name in ("titles", "particles", "articles", "kunya", "kunya_given", "servant")),
        ("words.toml", "composite_end"),
    ],
)
def test_words_are_written_as_they_are_looked_up(file: str, section: str) -> None:
    for script in LETTER_TABLES:
        for word in words(file, section, script):
            assert word == word.casefold()
            assert "." not in word


def test_a_frequent_name_is_worth_less_than_any_other_of_its_length() -> None:
    assert all(bits <= bits_of("Z" * len(bare)) for bare, bits in frequent_skeletons().items())


def test_a_short_form_stands_for_each_full_name_once_and_for_itself_never() -> None:
    rows = [row.split("\t") for row in (DATA / "short_forms.tsv").read_text("utf-8").splitlines() if row[0] != "#"]
    assert [full for full, _ in rows] == sorted({full for full, _ in rows})
    for full, forms in rows:
        assert len(set(forms.split())) == len(forms.split())
        assert all(form == form.casefold() and full in full_names(form) and form != full for form in forms.split())


def test_a_short_form_sounds_like_itself_first_and_like_its_full_name_too() -> None:
    assert parse("Саша").parts[0].sounds[0] == "saSa"
    assert set(parse("Саша").parts[0].skeletons) & set(parse("Александра").parts[0].skeletons)
