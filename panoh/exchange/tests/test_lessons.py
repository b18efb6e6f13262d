"""A lesson is read by those its class names, reviewed by another, shared when its country agrees, and found."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from panoh.access.refusals import NotAllowed
from panoh.access.tokens import acting_for
from panoh.access.wordings import Wording
from panoh.exchange import actions
from panoh.exchange.models import Lesson, LessonReview
from panoh.exchange.queries import find_lessons
from panoh.exchange.refusals import (
    ConsentMissing,
    EntryNotRight,
    LessonChangedMeanwhile,
    LessonNotInReview,
    LessonNotOpen,
    NotReviewed,
    OriginalLanguage,
    OwnLesson,
)
from panoh.exchange.tests.make import lesson, published, reviewed, seen
from panoh.plan.tests.make import english, worker

pytestmark = pytest.mark.django_db


def reads(role: str, country: str, made: Lesson) -> bool:
    with acting_for(worker(role, country).staff_id):
        return Lesson.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize(
    ("secrecy", "readers"),
    [
        (Lesson.Secrecy.PUBLIC, {"observer", "observer UZ", "focal_point UZ", "focal_point KZ", "secretariat"}),
        (Lesson.Secrecy.REGION, {"observer UZ", "focal_point UZ", "focal_point KZ", "secretariat"}),
        (Lesson.Secrecy.NATIONAL, {"focal_point KZ"}),
    ],
)
def test_a_published_lesson_is_read_by_those_its_class_names(secrecy: int, readers: set[str]) -> None:
    if secrecy == Lesson.Secrecy.NATIONAL:
        made = actions.publish_lesson(worker("exchange_editor", "KZ"), reviewed(secrecy=secrecy))
    else:
        made = published(secrecy=secrecy)
    asked = [("observer", ""), ("observer", "UZ"), ("focal_point", "UZ"), ("focal_point", "KZ"), ("secretariat", "")]
    assert {f"{role} {country}".strip() for role, country in asked if reads(role, country, made)} == readers
    assert not reads("caseworker", "KZ", made)


def test_a_draft_is_read_by_its_country_and_the_editors_and_in_review_by_reviewers() -> None:
    made = lesson()
    asked = [("focal_point", "KZ"), ("observer", "KZ"), ("focal_point", "UZ"), ("exchange_editor", ""), ("expert", "")]
    assert [reads(role, country, made) for role, country in asked] == [True, False, False, True, False]
    actions.submit_lesson(worker("focal_point", "KZ"), made)
    assert reads("expert", "", made)
    assert not reads("focal_point", "UZ", made)


def test_nobody_reviews_their_own_lesson_and_the_database_says_so_too() -> None:
    author = worker("exchange_editor")
    made = actions.submit_lesson(author, lesson(author, country=""))
    with pytest.raises(OwnLesson):
        actions.review_lesson(author, made, verdict=LessonReview.Verdict.RECOMMENDS)
    given = {"lesson": made, "version": made.version, "reviewer_id": author.staff_id, "verdict": 1}
    with pytest.raises(DatabaseError), acting_for(author.staff_id), transaction.atomic():
        LessonReview.objects.create(**given)
    with pytest.raises(IntegrityError), acting_for(author.staff_id), transaction.atomic():
        Lesson.objects.filter(pk=made.pk).update(reviewed_by=author.staff_id)


def test_a_lesson_is_published_after_a_peers_review_and_with_its_countrys_consent() -> None:
    editor, own = worker("exchange_editor"), worker("focal_point", "KZ")
    with pytest.raises(LessonNotInReview):
        actions.publish_lesson(editor, lesson())
    made = actions.submit_lesson(own, lesson())
    with pytest.raises(NotReviewed):
        actions.publish_lesson(editor, made)
    made = reviewed()
    with pytest.raises(ConsentMissing):
        actions.publish_lesson(editor, made)
    with pytest.raises(NotAllowed):
        actions.consent_to_lesson(worker("focal_point", "UZ"), made)
    with pytest.raises(NotAllowed):
        actions.publish_lesson(own, made)
    agreed = actions.consent_to_lesson(own, made)
    assert agreed.consent_by == "focal_point KZ, Office of KZ"
    assert agreed.consent_on
    assert actions.publish_lesson(editor, made).state == Lesson.State.PUBLISHED


@pytest.mark.parametrize("change", [{"consent_by": "Us", "consent_on": "2026-01-01"}, {"state": 3}])
def test_past_the_steps_nobody_agrees_for_another_country_or_publishes(change: dict[str, object]) -> None:
    made = reviewed()
    by = worker("exchange_editor") if "consent_by" in change else worker("focal_point", "KZ")
    with pytest.raises(DatabaseError), acting_for(by.staff_id), transaction.atomic():
        Lesson.objects.filter(pk=made.pk).update(**change)


def test_a_change_of_words_makes_a_version_and_ends_review_and_consent() -> None:
    own = worker("focal_point", "KZ")
    made = actions.consent_to_lesson(own, reviewed())
    changed = actions.edit_lesson(own, made, seen_version=1, tried=english("Two judges come."))
    assert (changed.version, changed.reviewed_by, changed.consent_on) == (2, None, None)
    with acting_for(own.staff_id):
        assert [version.told["tried"] for version in changed.versions.order_by("number")] == [
            [["en", "A judge comes to the centre."]], [["en", "Two judges come."]],
        ]  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            changed.versions.create(number=9, told={})
    with pytest.raises(LessonChangedMeanwhile):
        actions.edit_lesson(own, made, seen_version=1, tried=english("Nobody comes."))


def test_a_published_lesson_takes_a_translation_and_no_other_change() -> None:
    own = worker("focal_point", "KZ")
    made = published()
    texts = {"title": "Свидетельства через суд", "tried": "Судья приезжает."}
    told = actions.translate_lesson(own, made, language="ru", texts=texts, seen_version=1)
    assert (told.state, told.version, told.title["ru"]) == (Lesson.State.PUBLISHED, 2, texts["title"])
    with pytest.raises(OriginalLanguage):
        actions.translate_lesson(own, told, language="en", texts=texts, seen_version=2)
    with pytest.raises(LessonNotOpen):
        actions.edit_lesson(own, told, seen_version=2, title=english("Other"))
    back = actions.take_back_lesson(own, told)
    assert (back.state, back.reviewed_by, back.consent_by) == (Lesson.State.DRAFT, None, "")


def test_what_does_not_fit_is_refused_with_the_field() -> None:
    with pytest.raises(EntryNotRight, match="strength"):
        lesson(strength=9)
    with pytest.raises(EntryNotRight, match="twelve tags"):
        lesson(tags=[f"tag {n}" for n in range(13)])
    with pytest.raises(NotAllowed):
        lesson(worker("focal_point", "UZ"))


def found(said: str, by: str = "secretariat", country: str = "") -> list[str]:
    with acting_for(worker(by, country).staff_id):
        return [str(one) for one in find_lessons(said)]


@pytest.mark.parametrize(
    "said",
    ["certificate", "CERTIFICATES court", "свидетельство", "судья", "Жусан", "zhusan", "certifcates", "documents"],
)
def test_a_lesson_is_found_in_any_of_its_languages_in_another_script_and_with_a_slip(said: str) -> None:
    made = published()
    texts = {"title": "Свидетельства через суды", "tried": "Судьи приезжают."}
    actions.translate_lesson(worker("focal_point", "KZ"), made, language="ru", texts=texts, seen_version=1)
    assert found(said) == ["Birth certificates through the court in Zhusan"]


def test_of_all_lessons_that_are_found_those_of_a_page_are_read(django_assert_num_queries) -> None:
    made = {published(title=english(f"Certificates {word}")).pk for word in ("of birth", "of schools", "by post")}
    with acting_for(worker("secretariat").staff_id):
        answer = find_lessons("certificates")
        with django_assert_num_queries(1):
            page = answer[:2]
        assert (len(answer), {one.pk for one in (*page, answer[2])}) == (3, made)


def test_a_query_in_latin_finds_a_lesson_in_cyrillic() -> None:
    published(title=Wording({"ru": "Опыт операции «Жусан» и махалли"}))
    assert len(found("Zhusan")) == len(found("mahalla")) == 1
    assert found("Meerim") == []


def test_the_search_finds_nothing_that_its_asker_may_not_read() -> None:
    made = lesson(secrecy=Lesson.Secrecy.NATIONAL, title=english("Quiet sanatorium"))
    assert found("sanatorium") == found("sanatorium", "focal_point", "UZ") == []
    assert found("sanatorium", "focal_point", "KZ") == [str(made)]
    with acting_for(worker("secretariat").staff_id), connection.cursor() as cursor:
        cursor.execute("select * from app.related_lessons(%s, 9)", [made.pk])
        assert cursor.fetchall() == []
        cursor.execute("select tag from app.lesson_tags(9)")
        assert cursor.fetchall() == []


def test_a_reviewer_of_another_country_does_not_see_a_national_lesson() -> None:
    made = lesson(secrecy=Lesson.Secrecy.NATIONAL)
    actions.submit_lesson(worker("focal_point", "KZ"), made)
    assert reads("expert", "KZ", made)
    assert not reads("expert", "UZ", made)
    with pytest.raises(Lesson.DoesNotExist):
        seen(worker("expert", "UZ"), made)
