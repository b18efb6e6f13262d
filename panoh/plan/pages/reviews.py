"""Pages: reviews, a country's answers, findings, and what is done about them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.plan.actions import reviews as actions
from panoh.plan.forms_indicators import SaidForm
from panoh.plan.forms_reviews import (
    AnswersForm,
    DoneForm,
    FindingForm,
    MeetingForm,
    PointForm,
    QuestionForm,
    ReviewForm,
)
from panoh.plan.models import Review
from panoh.plan.queries.indicators import measurable, place_for
from panoh.plan.queries.reviews import answers_of, point_for, points_of, review_for, review_shown, reviews_of
from panoh.plan.queries.tree import country_of, plan_for
from panoh.plan.refusals_reviews import ReviewOfNoCountry

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)


def _back(review: Review) -> dict[str, Any]:
    url = reverse("review", args=[review.code])
    return {"back": url, "back_label": str(review), "cancel": url}


@page("joint-plan/<slug:code>/reviews/", name="reviews", needs="joint.see")
def reviews(request: Request, code: str) -> HttpResponse:
    """Show the reviews of a plan."""
    plan = plan_for(code)
    return render(request, "plan/reviews.html", {"plan": plan, "reviews": reviews_of(plan)})


@page("joint-plan/<slug:code>/reviews/new/", name="review-new", needs="review.hold", methods=BOTH)
def new_review(request: Request, code: str) -> HttpResponse:
    """Begin a review."""
    plan, url = plan_for(code), reverse("reviews", args=[code])

    def then(form: ReviewForm) -> HttpResponse:
        made = actions.begin_review(request.actor, plan, **form.cleaned_data)
        return see(request, "review", made.code, said=_("Begun. Write the questions."))

    more = {"back": url, "back_label": _("Reviews"), "cancel": url}
    form = ReviewForm(request.POST or None)
    return ask(request, form, then, title=_("New review"), submit=_("Begin the review"), **more)


@page("joint-plan/<slug:code>/points/", name="points", needs="joint.see")
def points(request: Request, code: str) -> HttpResponse:
    """Show what was agreed on in all reviews, and what of it is late."""
    plan = plan_for(code)
    return render(request, "plan/points.html", {"plan": plan, "points": points_of(plan)})


@page("reviews/<str:code>/", name="review", needs="joint.see")
def review(request: Request, code: str) -> HttpResponse:
    """Show how far a review is."""
    shown = review_shown(request.actor, review_for(code))
    return render(request, "plan/review.html", {"shown": shown, "review": shown.review})


@page("reviews/<str:code>/questions/new/", name="question-new", needs="review.hold", methods=BOTH)
def new_question(request: Request, code: str) -> HttpResponse:
    """Write the next question."""
    found = review_for(code)

    def then(form: QuestionForm) -> HttpResponse:
        actions.add_question(request.actor, found, **form.cleaned_data)
        return see(request, "review", code, said=_("Added."))

    form = QuestionForm(request.POST or None)
    return ask(request, form, then, title=_("New question"), submit=_("Add the question"), **_back(found))


@page("reviews/<str:code>/ask/", name="review-ask", needs="review.hold", methods=BOTH)
def ask_countries(request: Request, code: str) -> HttpResponse:
    """Ask before the questions are put to the countries."""
    found = review_for(code)
    if request.method == "POST":
        actions.ask_countries(request.actor, found)
        return see(request, "review", code, said=_("The countries are asked."))
    will = [_("Every country of the plan sees the questions and answers them."), _("The questions stay as they are.")]
    more = {"title": _("Ask the countries"), "submit": _("Ask the countries"), "will": will}
    says = _("Put the questions to the countries?")
    return render(request, "confirm.html", {**more, "says": says, "cancel": reverse("review", args=[code])})


@page("reviews/<str:code>/answers/", name="answers", needs="review.answer", methods=BOTH)
def answers(request: Request, code: str) -> HttpResponse:
    """Write one's country's answers."""
    found, mine = review_for(code), country_of(request.actor)
    if mine not in found.plan.states:
        raise ReviewOfNoCountry

    def then(form: AnswersForm) -> HttpResponse:
        actions.write_answers(request.actor, found, texts=form.texts)
        return see(request, "review", code, said=_("Kept. They are not submitted yet."))

    form = AnswersForm(list(found.questions.all()), answers_of(found, mine), request.POST or None)
    title = _("Answers of %(country)s") % {"country": mine}
    return ask(request, form, then, title=title, submit=_("Keep as drafts"), **_back(found))


@page("reviews/<str:code>/answers/submit/", name="answers-submit", needs="review.answer", methods=BOTH)
def submit_answers(request: Request, code: str) -> HttpResponse:
    """Ask before the answers are submitted for good."""
    found = review_for(code)
    if request.method == "POST":
        actions.submit_answers(request.actor, found)
        return see(request, "review", code, said=_("Submitted."))
    will = [_("Everybody who sees the plan reads them."), _("They are locked and cannot be changed.")]
    more = {"title": _("Submit the answers"), "submit": _("Submit the answers"), "will": will}
    says = _("Submit the answers of your country?")
    return render(request, "confirm.html", {**more, "says": says, "cancel": reverse("review", args=[code])})


@page("reviews/<str:code>/meeting/", name="meeting", needs="review.hold", methods=BOTH)
def meeting(request: Request, code: str) -> HttpResponse:
    """Record that the answers were discussed."""
    found = review_for(code)

    def then(form: MeetingForm) -> HttpResponse:
        actions.hold_meeting(request.actor, found, **form.cleaned_data)
        return see(request, "review", code, said=_("On record."))

    says = _("After this no country can answer any more.")
    form = MeetingForm(request.POST or None)
    return ask(request, form, then, title=_("Meeting of the review"), submit=_("Record it"), says=says, **_back(found))


@page("reviews/<str:code>/findings/new/", name="finding-new", needs="review.hold", methods=BOTH)
def new_finding(request: Request, code: str) -> HttpResponse:
    """Record what was found out."""
    found = review_for(code)

    def then(form: FindingForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        about = place_for(found.plan, given.pop("about"))
        made = actions.record_finding(request.actor, found, about=about, **given)
        return see(request, "review", code, said=_("Recorded as %(code)s.") % {"code": made.code})

    form = FindingForm(measurable(found.plan), request.POST or None)
    return ask(request, form, then, title=_("New finding"), submit=_("Record it"), **_back(found))


@page("reviews/<str:code>/points/new/", name="point-new", needs="review.hold", methods=BOTH)
def new_point(request: Request, code: str) -> HttpResponse:
    """Say who does what until when."""
    found = review_for(code)

    def then(form: PointForm) -> HttpResponse:
        actions.agree_point(request.actor, found, **form.cleaned_data)
        return see(request, "review", code, said=_("Agreed."))

    form = PointForm(found, request.POST or None, initial={"finding": request.GET.get("finding", "")[:24]})
    return ask(request, form, then, title=_("New action point"), submit=_("Agree on it"), **_back(found))


@page("reviews/<str:code>/close/", name="review-close", needs="review.hold", methods=POST)
def close(request: Request, code: str) -> HttpResponse:
    """Close a review."""
    actions.close_review(request.actor, review_for(code))
    return see(request, "review", code, said=_("Closed."))


@page("points/<str:code>/done/", name="point-done", needs="review.answer", methods=BOTH)
def done(request: Request, code: str) -> HttpResponse:
    """Report what was done about an action point."""
    found = point_for(code)

    def then(form: DoneForm) -> HttpResponse:
        actions.report_done(request.actor, found, **form.cleaned_data)
        return see(request, "review", found.review.code, said=_("Reported. Another colleague verifies it."))

    form = DoneForm(request.POST or None)
    return ask(request, form, then, title=str(found), submit=_("Report it as done"), **_back(found.review))


@page("points/<str:code>/verify/", name="point-verify", needs="review.hold", methods=POST)
def verify(request: Request, code: str) -> HttpResponse:
    """Confirm that an action point is done."""
    found = actions.verify_point(request.actor, point_for(code))
    return see(request, "review", found.review.code, said=_("Verified."))


@page("points/<str:code>/doubt/", name="point-doubt", needs="review.hold", methods=BOTH)
def doubt(request: Request, code: str) -> HttpResponse:
    """Open an action point again, with a reason."""
    found = point_for(code)

    def then(form: SaidForm) -> HttpResponse:
        actions.doubt_point(request.actor, found, because=form.cleaned_data["text"])
        return see(request, "review", found.review.code, said=_("Open again."))

    form = SaidForm(_("Why it is not verified"), request.POST or None)
    return ask(request, form, then, title=str(found), submit=_("Open it again"), **_back(found.review))
