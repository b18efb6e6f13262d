"""What a reader of reports may rely on: who said what, who stands where, and nothing that is not in the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panoh.exchange.reading import Report, as_data
from panoh.exchange.reading.plugs import Suggestion

WORDS = [
    "noted that", "supported the initiative of", "Uzbekistan", "the director of the", "UNODC", "N. Aliyeva",
    "Sh.Karimov", "Jonas Brandeis", "more than 200 experts", "stressed the need to", "proposed to create",
    "According to her,", "She", ",", ".", "and", "the participants", "75th session of the UN General Assembly",
    "in 2021", "отметил, что", "По словам", "Клара Оливейра", "поддержали предложение", "Казахстана", "«", "»",
    '"', "(UNRCCA)", "\n\n", "# ", "министр труда", "12 июня", "to hold a conference", "said", "was supported by",
    "Head of", "initiative", "предложил создать", "Об этом заявил", "expressed deep concern", "(", ")",
]  # fmt: skip


def read(text: str) -> dict[str, Any]:
    return as_data(Report(text))


def said(text: str) -> list[tuple[str, str]]:
    return [(one["speaker"], one["content"]) for one in read(text)["statements"]]


def places(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "quote"} <= value.keys():
            yield value
        for each in value.values():
            yield from places(each)
    elif isinstance(value, list):
        for each in value:
            yield from places(each)


def is_true_to(text: str) -> None:
    found = json.loads(json.dumps(read(text)))
    for place in places(found):
        assert 0 <= place["start"] <= place["end"] <= len(text)
        assert text[place["start"] : place["end"]] == place["quote"]
    for sentence in found["sentences"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
    for kind in ("statements", "endorsements", "counts", "times"):
        assert all(one["span"]["quote"] for one in found[kind])
    for kind in ("organisations", "persons", "instruments", "places", "unnamed_groups", "proposals", "events"):
        assert all(one["spans"] for one in found[kind])


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error_and_every_element_stands_where_it_says(text: str) -> None:
    is_true_to(text)


@settings(max_examples=120)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_order_of_the_words_of_reports_is_read_so_too(text: str) -> None:
    is_true_to(text)


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "Jonas Brandeis, head of the UNDP office, also noted that schools are open.",
            "PER-BRANDEIS",
            "schools are open",
        ),
        ('"Schools are open," said Jonas Brandeis, head of UNDP.', "PER-BRANDEIS", "Schools are open"),
        ("Schools are open, said Jonas Brandeis.", "PER-BRANDEIS", "Schools are open"),
        ("Head of UNDP Jonas Brandeis stressed the need to open schools.", "PER-BRANDEIS", "open schools"),
        ("According to Jonas Brandeis, head of UNDP, schools are open.", "PER-BRANDEIS", "schools are open"),
        ("It was noted that schools are open.", "UNATTRIBUTED", "schools are open"),
        ("The participants of the meeting agreed that schools are open.", "GRP-PART", "schools are open"),
        ("The delegation of Kazakhstan noted that schools are open.", "Kazakhstan (state)", "schools are open"),
        ("UNICEF noted that schools are open.", "ORG-UNICEF", "schools are open"),
        ("Директор Центра помощи Клара Оливейра отметила, что школы открыты.", "PER-OLIVEYRA", "школы открыты"),
        ("По словам директора Клары Оливейры, школы открыты.", "PER-OLIVEYRA", "школы открыты"),
        ("«Школы открыты для всех», – заявила Клара Оливейра.", "PER-OLIVEYRA", "Школы открыты для всех"),
        ("Было подчеркнуто, что школы открыты.", "UNATTRIBUTED", "школы открыты"),
        ("The view was expressed that schools are open.", "UNATTRIBUTED", "schools are open"),
        ("There was broad agreement that schools are open.", "UNATTRIBUTED", "schools are open"),
        ("Concern over closed schools was voiced by UNICEF.", "ORG-UNICEF", "closed schools"),
        ("The need to open schools was underlined by UNICEF.", "ORG-UNICEF", "open schools"),
        ("The presentation by UNICEF focused on open schools.", "ORG-UNICEF", "open schools"),
        ("Others noted that schools are open.", "GRP-OTHERS", "schools are open"),
        ("Several countries noted that schools are open.", "GRP-SEVERAL-COUNTRIES", "schools are open"),
        ("UNICEF assured the meeting that schools are open.", "ORG-UNICEF", "schools are open"),
        ("UNICEF noted that the delegation of Georgia supports schools.", "ORG-UNICEF",
         "the delegation of Georgia supports schools"),
        ("Ms. Anna Berg (UNICEF): Schools are open everywhere.", "PER-BERG", "Schools are open everywhere"),
        ("Делегацией Казахстана отмечено, что школы открыты.", "Kazakhstan (state)", "школы открыты"),
        ("Со стороны ЮНИСЕФ прозвучал призыв открыть школы.", "ORG-UNICEF", "открыть школы"),
        ("Высказывалось мнение, что школы открыты.", "UNATTRIBUTED", "школы открыты"),
        ("Подчёркивается необходимость открытия школ.", "UNATTRIBUTED", "открытия школ"),
        ("Ряд участников отметили, что школы открыты.", "GRP-RYAD-UCHASTNIKOV", "школы открыты"),
    ],
)  # fmt: skip
def test_a_statement_has_its_speaker_and_its_words(text: str, speaker: str, content: str) -> None:
    assert said(text) == [(speaker, content)]


def test_what_several_say_in_one_breath_is_said_by_each_of_them() -> None:
    for text in ("The Kazakh and Uzbek delegations noted that schools are open.",
                 "Представители Казахстана и Узбекистана отметили, что школы открыты."):  # fmt: skip
        assert [speaker for speaker, _ in said(text)] == ["Kazakhstan (state)", "Uzbekistan (state)"]


def test_the_lines_of_minutes_and_lists_are_each_of_who_stands_before_them() -> None:
    text = (
        "Present: Georgia, Armenia\nChair: Ms. Lia Abel (UNICEF)\n\n1. Schools\n"
        "Mr. Jonas Brandeis (Georgia): Schools are open everywhere. Teachers came from the city.\n"
        "Ms. Anna Berg (UNESCO): Books are missing in the valley.\n"
        "The Chair thanked all and noted that winter is near.\n"
        "Conclusions\n- Participants noted that schools are open\n- UNICEF noted that books are missing"
    )
    assert said(text) == [
        ("PER-BRANDEIS", "Schools are open everywhere"),
        ("PER-BRANDEIS", "Teachers came from the city"),
        ("PER-BERG", "Books are missing in the valley"),
        ("PER-ABEL", "winter is near"),
        ("GRP-PART", "schools are open"),
        ("ORG-UNICEF", "books are missing"),
    ]


def test_a_proposal_of_nobody_can_be_supported_and_one_in_the_passive_has_its_proposer() -> None:
    found = read("It was proposed to open a hotline. UNICEF and Georgia welcomed the proposal. Armenia abstained.")
    assert [one["proposer"] for one in found["proposals"]] == ["UNATTRIBUTED"]
    assert [one["endorser"] for one in found["endorsements"]] == ["ORG-UNICEF", "Georgia (state)", "Armenia (state)"]
    found = read(
        "Делегацией Казахстана внесено предложение создать общий реестр. Его поддержала делегация Узбекистана."
    )
    assert [one["proposer"] for one in found["proposals"]] == ["Kazakhstan (state)"]
    assert [one["endorser"] for one in found["endorsements"]] == ["Uzbekistan (state)"]


def test_she_he_and_the_director_are_whom_the_report_named_before() -> None:
    text = (
        "Anna Berg, director of the Institute of Family Studies (IFS), noted that schools are open."
        " She added that teachers are ready. According to the director of the IFS, books are missing."
    )
    assert [speaker for speaker, _ in said(text)] == ["PER-BERG"] * 3
    assert [one.get("speaker_inferred", False) for one in read(text)["statements"]] == [False, True, True]


def test_initials_and_full_name_are_one_person_and_a_stop_after_them_ends_no_sentence() -> None:
    found = read("Head of UNDP Shahlo Berdieva noted that schools are open. Sh.Berdieva and Sh. Berdieva are one.")
    assert [person["id"] for person in found["persons"]] == ["PER-BERDIEVA"]
    assert len(found["persons"][0]["spans"]) == 3
    assert len(found["sentences"]) == 2


def test_two_things_said_in_one_sentence_are_two_statements() -> None:
    text = "Head of UNDP Jonas Brandeis noted that schools are open, and their teachers are in great demand."
    assert [content for _, content in said(text)] == ["schools are open", "their teachers are in great demand"]


def test_support_for_one_proposal_is_none_for_another() -> None:
    found = read(
        "Head of UNDP Jonas Brandeis proposed to open a training centre. The delegation of Kazakhstan proposed to print"
        " a handbook for parents. UNICEF supported the proposal to print a handbook, while UNESCO abstained."
    )
    handbook = next(one["id"] for one in found["proposals"] if one["proposer"] == "Kazakhstan (state)")
    taken = [(one["proposal"], one["endorser"], one["strength"]) for one in found["endorsements"]]
    assert taken == [(handbook, "ORG-UNICEF", "supported"), (handbook, "ORG-UNESCO", "abstained")]


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("The initiative was welcomed by UNHCR but opposed by Turkmenistan.", ["ORG-UNHCR", "Turkmenistan (state)"]),
        ("Uzbekistan and UNODC endorsed the idea of opening a hotline.", ["Uzbekistan (state)", "ORG-UNODC"]),
        ("UNESCO expressed reservations about the hotline.", ["ORG-UNESCO"]),
        ("The proposal was discussed by UNICEF.", []),
        ("UNICEF supported the families of Osh.", []),
    ],
)
def test_who_takes_a_position_is_read_before_and_after_the_verb(text: str, positions: list[str]) -> None:
    found = read(f"Kazakhstan's proposal to open a hotline was put forward. {text}")
    assert [one["proposer"] for one in found["proposals"]] == ["Kazakhstan (state)"]
    assert [one["endorser"] for one in found["endorsements"]] == positions


def test_the_proposal_of_a_body_is_that_of_whoever_spoke_for_it_and_else_of_nobody() -> None:
    found = read(
        "Head of UNDP Jonas Brandeis proposed to open a hotline. Kazakhstan proposed to print a handbook."
        " UNICEF supported the proposal of UNDP. UNESCO supported the proposal of France."
    )
    assert [(one["proposal"], one["endorser"]) for one in found["endorsements"]] == [("PR-01", "ORG-UNICEF")]


def test_a_russian_initiative_in_the_passive_and_one_that_stands_in_front() -> None:
    found = read(
        "Инициатива Казахстана о создании центра была поддержана ЮНИСЕФ и ОБСЕ."
        " С инициативой провести школу для педагогов выступил представитель ЮНЕСКО И. Петров."
    )
    assert [one["proposer"] for one in found["proposals"]] == ["Kazakhstan (state)", "PER-PETROV"]
    assert [one["endorser"] for one in found["endorsements"]] == ["ORG-UNICEF", "ORG-OSCE"]


def test_words_quoted_over_two_sentences_are_all_the_speakers() -> None:
    text = "«Дети вернулись домой. Они пошли в школу», – сказала директор школы Анна Ли."
    assert said(text) == [("PER-LI", "Дети вернулись домой"), ("PER-LI", "Они пошли в школу")]


def test_a_position_against_a_proposal_is_read_as_one() -> None:
    found = read("Эксперт МОМ Лука Берг предложил открыть центр. Клара Оливейра высказалась против открытия центра.")
    assert [(one["endorser"], one["strength"]) for one in found["endorsements"]] == [
        ("PER-OLIVEYRA", "высказалась против")
    ]


def test_a_number_keeps_its_comparison_and_what_it_counts() -> None:
    found = read("The forum brought together more than 1,200 experts from 35 countries and at least ten judges.")
    assert [(one["qualifier"], one["value"], one["what"]) for one in found["counts"]] == [
        ("more than", 1200, "experts"),
        ("exact", 35, "countries"),
        ("at least", 10, "judges"),
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("one hundred and twenty delegates", [120]),
        ("2.5 million people", [2_500_000]),
        ("1 000 000 people", [1_000_000]),
        ("более сорока судей", [40]),
        ("6 out of 10 children", []),
        ("9" * 6000 + " people", []),
        ("1" + ",000" * 3000 + " people", []),
    ],
)
def test_a_number_is_read_whole_or_not_at_all(text: str, values: list[int]) -> None:
    assert [one["value"] for one in read(f"There came {text}.")["counts"]] == values


def test_a_year_is_inferred_only_from_what_the_text_says() -> None:
    open_year = read("On 25 September a conference was held.")["times"][0]
    assert (open_year["value"], open_year["year_inferred"]) == (None, False)
    known = read("On 25 September a conference was held beside the 75th session of the UN General Assembly.")["times"][
        0
    ]
    assert (known["value"], known["year_inferred"]) == ("2020-09-25", True)
    assert "75th session" in known["basis"]


def test_a_sentence_survives_a_broken_paragraph_and_a_stray_stop() -> None:
    found = read("Women. and children came back in\n\nspring of that year. They were met.")
    assert [one["text"] for one in found["sentences"]] == [
        "Women. and children came back in\n\nspring of that year.", "They were met.",
    ]  # fmt: skip


def test_a_name_that_lost_a_word_is_still_the_body_and_marked() -> None:
    body = read("He thanked the UN Regional Center for Preventive Diplomacy in Central and further.")["organisations"][
        0
    ]
    assert (body["id"], body["spans"][0]["damaged"]) == ("ORG-UNRCCA", True)


def test_words_that_label_people_are_quoted_as_hazards() -> None:
    found = read("A video about the repatriation of terrorists and their families was shown.")
    assert [place["quote"] for place in found["label_hazards"]] == ["repatriation of terrorists and their families"]


def test_a_surname_that_sounds_like_a_state_is_none() -> None:
    found = read("Глава РЦПДЦА Наталья Герман отметила, что школы открыты. Н.Герман поблагодарила Германию.")
    assert [person["id"] for person in found["persons"]] == ["PER-GERMAN"]
    assert [place["id"] for place in found["places"]] == ["DE"]


def test_what_a_conference_will_do_besides_is_said_part_by_part() -> None:
    text = (
        "По словам главы РЦПДЦА Натальи Герман, встреча позволит не только обсудить опыт, но и подвести итоги,"
        " а также определить задачи."
    )
    assert [content for _, content in said(text)] == ["обсудить опыт", "подвести итоги", "определить задачи"]


def test_an_empty_report_gives_nothing() -> None:
    found = read("")
    assert [found[kind] for kind in ("events", "persons", "statements", "proposals", "counts")] == [[], [], [], [], []]


class Dreaming:
    """A model that suggests one thing that is there and one that is not."""

    def suggest(self, text: str) -> list[Suggestion]:
        return [Suggestion("ORG-UNDP", "assert", "Schools", 0), Suggestion("ORG-UNDP", "assert", "Schools are shut", 0)]


def test_what_a_model_suggests_counts_only_where_the_text_says_it() -> None:
    found = as_data(Report("Schools are open.", Dreaming()))["statements"]
    assert [(one["content"], one["suggested_by"]) for one in found] == [("Schools", "model")]
