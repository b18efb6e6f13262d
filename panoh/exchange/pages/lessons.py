"""Pages: lessons, from draft to peer review, consent and publication."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.access.refusals import NotThere
from panoh.exchange import actions
from panoh.exchange.forms import ConfirmForm
from panoh.exchange.forms_lessons import LessonFilter, LessonForm, ReviewForm, TranslationForm
from panoh.exchange.languages import LANGUAGES
from panoh.exchange.models import Lesson
from panoh.exchange.pages.naming import named
from panoh.exchange.queries import (
    compared,
    event_for,
    find_lessons,
    lesson_for,
    lesson_shown,
    lesson_tags,
    lessons,
    versions,
)
from panoh.exchange.translating import suggested, translator

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)
A_PAGE = 25


@page("exchange/lessons/", name="lessons", needs="exchange.see")
def all_lessons(request: Request) -> HttpResponse:
    """List lessons, or those that answer a question."""
    form = LessonFilter(request.GET)
    filters = form.filters()
    said = (form.cleaned_data.get("q") or "").strip()
    found = find_lessons(said, filters) if said else lessons(filters)
    part = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": part, "form": form, "said": said, "is_narrowed": bool(said) or any(vars(filters).values())}
    return render(request, "exchange/lessons.html", {**shown, "tags": lesson_tags(24)})


@page("exchange/lessons/new/", name="lesson-new", needs="lesson.write", methods=BOTH)
def new_lesson(request: Request) -> HttpResponse:
    """Write a lesson."""

    def then(form: LessonForm) -> HttpResponse:
        made = actions.write_lesson(request.actor, **form.given())
        return see(request, "lesson", made.code, said=_("The draft is saved."))

    told_at = named(request, "event", event_for)
    form = LessonForm(request.actor, request.POST or None, initial={"event": told_at and told_at.pk})
    back = {"back": reverse("lessons"), "back_label": _("Lessons"), "cancel": reverse("lessons")}
    return ask(request, form, then, title=_("New lesson"), submit=_("Save the draft"), **back)


@page("exchange/lessons/<str:code>/", name="lesson", needs="exchange.see")
def one_lesson(request: Request, code: str) -> HttpResponse:
    """Show a lesson, what its reviewers said and where it led."""
    shown = lesson_shown(request.actor, lesson_for(code))
    return render(request, "exchange/lesson.html", {"shown": shown, "lesson": shown.lesson, "all_languages": LANGUAGES})


@page("exchange/lessons/<str:code>/edit/", name="lesson-edit", needs="lesson.write", methods=BOTH)
def edit(request: Request, code: str) -> HttpResponse:
    """Change a lesson that is not published."""
    lesson = lesson_for(code)

    def then(form: LessonForm) -> HttpResponse:
        actions.edit_lesson(request.actor, lesson, seen_version=form.seen(), **form.given())
        return see(request, "lesson", code, said=_("The lesson is changed."))

    form = LessonForm(request.actor, request.POST or None, record=lesson)
    return ask(request, form, then, title=_("Change the lesson"), submit=_("Save"), **_back(lesson))


@page("exchange/lessons/<str:code>/translate/<str:language>/", name="lesson-translate", needs="lesson.write",
      methods=BOTH)  # fmt: skip
def translate(request: Request, code: str, language: str) -> HttpResponse:
    """Put a translation beside the lesson; with a translator set, it can fill the form."""
    lesson = lesson_for(code)
    if language not in LANGUAGES:
        raise NotThere

    def then(form: TranslationForm) -> HttpResponse:
        seen = int(form.cleaned_data.get("version") or 0)
        actions.translate_lesson(request.actor, lesson, language=language, texts=form.texts(), seen_version=seen)
        return see(request, "lesson", code, said=_("The translation is saved."))

    help_asked = request.method == "GET" and "help" in request.GET
    made = suggested(lesson, language) if help_asked else {}
    form = TranslationForm(lesson, language, request.POST or None, suggested=made)
    title = _("Translation: %(language)s") % {"language": LANGUAGES[language]}
    more = {"language": language, "original": lesson.title.language, "can_help": translator() is not None}
    return ask(
        request, form, then, template="exchange/translate.html", title=title, helped=bool(made), lesson=lesson,
        **more, **_back(lesson),
    )  # fmt: skip


@page("exchange/lessons/<str:code>/versions/", name="lesson-versions", needs="exchange.see")
def all_versions(request: Request, code: str) -> HttpResponse:
    """Show the versions of a lesson, and how two of them differ."""
    lesson = lesson_for(code)
    asked = [request.GET.get(name, "") for name in ("old", "new")]
    numbers = [int(number) if number.isdecimal() and len(number) < 8 else 0 for number in asked]
    if not any(numbers):
        numbers = [max(lesson.version - 1, 1), lesson.version]
    shown = {"lesson": lesson, "versions": versions(lesson), "compared": compared(lesson, *numbers)}
    return render(request, "exchange/versions.html", shown)


@page("exchange/lessons/<str:code>/review/", name="lesson-review", needs="lesson.review", methods=BOTH)
def review(request: Request, code: str) -> HttpResponse:
    """Say as a peer what is to be thought of a lesson."""
    lesson = lesson_for(code)

    def then(form: ReviewForm) -> HttpResponse:
        actions.review_lesson(request.actor, lesson, **form.cleaned_data)
        return see(request, "lesson", code, said=_("Your review is recorded."))

    form = ReviewForm(request.POST or None)
    return ask(request, form, then, title=_("Review the lesson"), submit=_("Record the review"), **_back(lesson))


@page("exchange/lessons/<str:code>/submit/", name="lesson-submit", needs="lesson.write", methods=POST)
def submit(request: Request, code: str) -> HttpResponse:
    """Give a draft to peer review."""
    actions.submit_lesson(request.actor, lesson_for(code))
    return see(request, "lesson", code, said=_("The lesson waits for a peer's review."))


@page("exchange/lessons/<str:code>/consent/", name="lesson-consent", needs="lesson.write", methods=BOTH)
def consent(request: Request, code: str) -> HttpResponse:
    """Confirm and agree for one's country that a lesson is shared."""
    lesson = lesson_for(code)

    def then(form: Any) -> HttpResponse:
        actions.consent_to_lesson(request.actor, lesson)
        return see(request, "lesson", code, said=_("Your country agrees to share this version."))

    says = _("Your country agrees that this version is shared: %(whom)s.") % {"whom": lesson.get_secrecy_display()}
    return _confirm(request, lesson, then, title=_("Agree to share the lesson?"), says=says, submit=_("Agree"))


@page("exchange/lessons/<str:code>/publish/", name="lesson-publish", needs="lesson.publish", methods=BOTH)
def publish(request: Request, code: str) -> HttpResponse:
    """Confirm and publish a lesson."""
    lesson = lesson_for(code)

    def then(form: Any) -> HttpResponse:
        actions.publish_lesson(request.actor, lesson)
        return see(request, "lesson", code, said=_("The lesson is published."))

    says = _("From now on it is read by others: %(whom)s.") % {"whom": lesson.get_secrecy_display()}
    return _confirm(request, lesson, then, title=_("Publish the lesson?"), says=says, submit=_("Publish"))


@page("exchange/lessons/<str:code>/take-back/", name="lesson-take-back", needs="lesson.write", methods=BOTH)
def take_back(request: Request, code: str) -> HttpResponse:
    """Confirm and make a draft of a lesson again."""
    lesson = lesson_for(code)

    def then(form: Any) -> HttpResponse:
        actions.take_back_lesson(request.actor, lesson)
        return see(request, "lesson", code, said=_("The lesson is a draft again."))

    says = _("Others cannot read it until it is reviewed, agreed to and published anew.")
    return _confirm(request, lesson, then, title=_("Take the lesson back?"), says=says, submit=_("Take it back"))


@page("exchange/lessons/<str:code>/withdraw/", name="lesson-withdraw", needs="lesson.write", methods=BOTH)
def withdraw(request: Request, code: str) -> HttpResponse:
    """Confirm and withdraw a lesson."""
    lesson = lesson_for(code)

    def then(form: Any) -> HttpResponse:
        actions.withdraw_lesson(request.actor, lesson)
        return see(request, "lesson", code, said=_("The lesson is withdrawn."))

    says = _("Others cannot read it any more. Those who saw its drafts still do, and can take it back.")
    return _confirm(request, lesson, then, title=_("Withdraw the lesson?"), says=says, submit=_("Withdraw"))


def _confirm(request: Request, lesson: Lesson, then: Any, **words: Any) -> HttpResponse:
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return ask(request, form, then, template="confirm.html", cancel=reverse("lesson", args=[lesson.code]), **words)


def _back(lesson: Lesson) -> dict[str, Any]:
    url = reverse("lesson", args=[lesson.code])
    return {"back": url, "back_label": str(lesson.title), "cancel": url}
