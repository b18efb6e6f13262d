"""What those who join lists rely on: one person is found in any script, two people stay two, and a reason is given."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.linking_world import lists_of_one_group
from panoh.names import BirthGuess
from panoh.vault.linking import Joined, LinkSettings, Record, link
from panoh.vault.linking.evidence import weigh
from panoh.vault.linking.families import Weighed, settle
from panoh.vault.linking.frequencies import Frequencies
from panoh.vault.linking.records import ready

engines = pytest.importorskip("panoh.vault.linking.engines", reason="The part “linking” is not installed.")

BORN = BirthGuess(2014, 5, 17, "day")


def row(source: str, number: int, name: str, birth: BirthGuess = BORN, sex: str = "f", **more: str) -> Record:
    return Record(source, str(number), (name,) if name else (), birth, sex, **more)  # type: ignore[arg-type]


# People who are nobody's counterpart: with them a list is a list, and names are as frequent as names are.
OTHERS = [
    row(source, 100 + at, name, BirthGuess(1970 + 3 * at, 1 + at, 2 + at, "day"), "m")
    for source in ("camp", "flight")
    for at, name in enumerate(
        ("Бобур Эргашев", "Шухрат Мамадалиев", "Отабек Юнусов", "Дильшод Тошпулатов", "Равшан Пулатов")
        if source == "flight"
        else ("جمشيد كبيروف", "ألوغ بيك نظروف", "فرخاد سعيدوف", "أكمل جلالوف", "نعمة يعقوبوف")
    )
]


def pairs(records: Sequence[Record], **how: object) -> set[tuple[str, str]]:
    found = link([*records, *OTHERS], LinkSettings(**how))  # type: ignore[arg-type]
    every = [*records, *OTHERS]
    return {(f"{every[one.a].source}:{every[one.a].row}", f"{every[one.b].source}:{every[one.b].row}") for one in found}


def test_one_girl_is_found_in_three_scripts() -> None:
    three = [
        row("camp", 1, "سمية سليمان غفوروفا"),
        row("flight", 1, "Гафурова Сумая Сулеймановна"),
        row("relatives", 1, "Sumayya G'afurova"),
    ]
    assert pairs(three) == {("camp:1", "flight:1"), ("camp:1", "relatives:1"), ("flight:1", "relatives:1")}


def test_a_mother_and_her_daughter_of_one_name_are_not_joined() -> None:
    mother, daughter = BirthGuess(1988, 2, 3, "day"), BirthGuess(2014, 5, 17, "day")
    rows = [
        row("camp", 1, "فاطمة سليم كريموفا", mother, family="7", kinship="mother"),
        row("camp", 2, "فاطمة حسن كريموفا", daughter, family="7", kinship="child"),
        row("flight", 1, "Каримова Фатима Салимовна", mother, family="1", kinship="mother"),
        row("flight", 2, "Каримова Фатима Хасановна", daughter, family="1", kinship="child"),
    ]
    assert pairs(rows) == {("camp:1", "flight:1"), ("camp:2", "flight:2")}


def test_brothers_and_sisters_are_not_joined_for_what_they_share() -> None:
    rows = [
        row("camp", 1, "أسماء حسن كريموفا", BirthGuess(2014, 5, 17, "day"), family="7", kinship="child"),
        row("camp", 2, "زينب حسن كريموفا", BirthGuess(2014, 5, 17, "day"), family="7", kinship="child"),
        row("flight", 1, "Каримова Зайнаб Хасановна", BirthGuess(2014, 5, 17, "day"), family="1", kinship="child"),
    ]
    assert pairs(rows) == {("camp:2", "flight:1")}


def test_what_the_family_says_joins_a_row_that_alone_says_too_little() -> None:
    """Umm Bilal has no name and no birth date: her children in both lists tell who she is."""
    children = (
        ("بلال حسن كريموف", "Каримов Билал Хасанович", "m", 2010), ("زينب حسن كريموفا", "Каримова Зайнаб", "f", 2012)
    )  # fmt: skip
    born = BirthGuess(1988, 2, 3, "day")
    rows = [row("camp", 1, "أم بلال", BirthGuess(), family="7", kinship="mother")]
    rows += [row("flight", 1, "Юлдашева Назира Рустамовна", born, family="1", kinship="mother")]
    for number, (arabic, russian, sex, year) in enumerate(children, 2):
        born = BirthGuess(year, 4, 9, "day")
        rows.append(row("camp", number, arabic, born, sex, family="7", kinship="child"))
        rows.append(row("flight", number, russian, born, sex, family="1", kinship="child"))
    assert ("camp:1", "flight:1") in pairs(rows)
    assert ("camp:1", "flight:1") not in pairs([one for one in rows if one.kinship == "mother"])


def test_a_kunya_is_never_taken_for_a_given_name() -> None:
    rows = [row("camp", 1, "أم زينب", BirthGuess()), row("flight", 1, "Каримова Зайнаб", BirthGuess())]
    assert pairs(rows) == set()


def test_a_row_has_one_counterpart_in_another_list() -> None:
    rows = [row("camp", 1, "أسماء كريموفا"), *(row("flight", at, "Каримова Асма") for at in (1, 2))]
    settled = settle(rows, {(0, 1): Weighed(12.0, 12.0, ()), (0, 2): Weighed(8.0, 8.0, ())}, 3.0)
    assert settled[0, 1].bits == 12.0
    assert settled[0, 2].bits < 0
    assert settled[0, 2].findings[-1].code == "better_counterpart"


def test_swapped_days_and_placeholders_still_speak_for_one_person() -> None:
    rows = [row("camp", 1, "نائلة رستم تورسونوفا", BirthGuess(2014, 5, 7, "day"))]
    rows += [row("flight", 1, "Турсунова Наиля Рустамовна", BirthGuess(2014, 7, 5, "day"))]
    assert pairs(rows) == {("camp:1", "flight:1")}


def test_a_paper_of_a_whole_family_joins_nobody() -> None:
    names = ("Каримова Асма", "Каримова Лола", "Каримова Нигора", "Каримова Мадина")
    family = [
        replace(row("flight", at, name, BirthGuess(2000 + at, 2, at, "day")), papers=("AB 12345",))
        for at, name in enumerate(names, 1)
    ]
    assert pairs(family) == set()


@settings(max_examples=25, deadline=None)
@given(st.permutations(["Karimova", "Zaynab", "Hasan qizi"]), st.permutations(["Каримова", "Зайнаб", "Хасановна"]))
def test_the_order_of_the_parts_and_of_the_two_never_counts(one: list[str], other: list[str]) -> None:
    a, b = ready(row("x", 1, " ".join(one))), ready(row("y", 1, " ".join(other)))
    first, second = ready(row("x", 1, "Karimova Zaynab Hasan qizi")), ready(row("y", 1, "Каримова Зайнаб Хасановна"))
    seen = Frequencies.of([a, b])
    assert weigh(a, b, seen).bits == pytest.approx(weigh(b, a, seen).bits)
    assert weigh(a, b, seen).bits == pytest.approx(weigh(first, second, seen).bits)


def test_nothing_is_counted_twice() -> None:
    """Each field has one finding, whatever the number of names, papers and places."""
    one = Record("x", "1", ("Каримова Зайнаб", "Karimova Zaynab"), BORN, "f", "Osh", papers=("AB 12345", "CD 67890"))
    evidence = weigh(ready(one), ready(replace(one, source="y")), Frequencies.of([ready(one)]))
    fields = [finding.field for finding in evidence.findings]
    assert len(fields) == len(set(fields))


def test_the_reasons_hold_codes_and_no_name() -> None:
    rows = [row("camp", 1, "سمية سليمان غفوروفا"), row("flight", 1, "Гафурова Сумая Сулеймановна")]
    (found,) = link(rows)
    assert {finding.field: finding.code for finding in found.findings} == {
        "name": "other_script", "birth": "same_day", "sex": "same", "family": "no_other_near",
    }  # fmt: skip


def test_nothing_and_one_row_are_lists_too() -> None:
    assert link([]) == []
    assert link([row("camp", 1, "سمية")]) == []
    assert link([row("camp", 1, "", BirthGuess()), row("flight", 1, "", BirthGuess())]) == []


def test_what_the_engine_spills_is_gone_afterwards_and_was_nobody_elses_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr("panoh.vault.linking.engines._learn", lambda linker: None)
    linker = engines._linker

    def spied(api: object, table: object) -> object:
        seen.extend((folder.name, folder.stat().st_mode & 0o777) for folder in tmp_path.iterdir())
        return linker(api, table)

    monkeypatch.setattr(engines, "_linker", spied)
    link([row("camp", 1, "سمية غفوروفا"), row("flight", 1, "Гафурова Сумая")], LinkSettings(scratch=tmp_path))
    assert [mode for _, mode in seen] == [0o700]
    assert list(tmp_path.iterdir()) == []


# --- whole lists -------------------------------------------------------------------------------------------------


Truth = dict[tuple[str, str], int]


def quality(joined: Sequence[Joined], records: Sequence[Record], who: Truth) -> tuple[float, float]:
    person = [who[record.source, record.row] for record in records]
    true = {(a, b) for a in range(len(person)) for b in range(a + 1, len(person)) if person[a] == person[b]}
    found = {(one.a, one.b) for one in joined}
    return len(found & true) / len(found), len(found & true) / len(true)


def test_composed_lists_of_three_offices_are_joined() -> None:
    records, who = lists_of_one_group(21, families=20)
    precision, recall = quality(link(records), records, who)
    assert precision >= 0.98
    assert recall >= 0.95


def test_the_order_of_the_rows_changes_nothing() -> None:
    records, _ = lists_of_one_group(22, families=8)
    shuffled = list(records)
    Random(1).shuffle(shuffled)

    def named(rows: Sequence[Record]) -> set[frozenset[tuple[str, str]]]:
        return {frozenset((rows[at].source, rows[at].row) for at in (one.a, one.b)) for one in link(rows)}

    assert named(records) == named(shuffled)


@pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed: pip install 'panoh[spark]'")
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17, and there is no java here")
def test_spark_finds_what_duckdb_finds(tmp_path: Path) -> None:
    records, _ = lists_of_one_group(23, families=10)
    by_duckdb = link(records, LinkSettings(engine="duckdb", scratch=tmp_path))
    by_spark = link(records, LinkSettings(engine="spark", scratch=tmp_path))
    assert by_spark == by_duckdb
