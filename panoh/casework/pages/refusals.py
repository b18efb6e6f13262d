"""Pages: services that were refused, appeals, and how often it happens."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_referrals import AppealAnswerForm, AppealForm, RefusalForm
from panoh.casework.models import Family
from panoh.casework.pages.families import _ask, _people
from panoh.casework.queries.referrals import (
    families_refused,
    referrals_of,
    refusal_for,
    refusals_counted,
    refusals_of,
)

BOTH: Any = ("GET", "POST")


@page("families/<str:code>/referrals/", name="family-referrals", needs="referral.send")
def of_family(request: Request, code: str) -> HttpResponse:
    """Show what was asked for a family, what was refused to it, and what was promised and not given."""
    found = queries.family_for(request.actor, code)
    shown = {
        "family": found,
        "about": queries.about_family(request.actor, found),
        "referrals": referrals_of(found),
        "refusals": refusals_of(found),
        "unkept": queries.promised_and_not_given(found),
        "people": _people(request, found, cases=True),
    }
    return render(request, "casework/family_referrals.html", shown)


@page("families/<str:code>/refusals/new/", name="refusal-new", needs="refusal.record", methods=BOTH)
def record_refusal(request: Request, code: str) -> HttpResponse:
    """Record a service that an office refused."""
    found = queries.family_for(request.actor, code)

    def then(form: RefusalForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        case = queries.case_for(request.actor, given.pop("case"))
        actions.record_refusal(request.actor, case, **given)
        return _back(request, found, _("The refusal is recorded."))

    form = RefusalForm(_people(request, found, cases=True), request.POST or None)
    return _ask(request, found, form, then, title=_("Record a refusal"), submit=_("Record"))


def _back(request: Request, family: Family, said: str) -> HttpResponse:
    return see(request, "family-referrals", family.code, said=said)


@page("refusals/<str:code>/appeal/", name="refusal-appeal", needs="refusal.record", methods=BOTH)
def appeal(request: Request, code: str) -> HttpResponse:
    """Note an appeal against a refusal."""
    found = refusal_for(request.actor, code)

    def then(form: AppealForm) -> HttpResponse:
        actions.appeal_refusal(request.actor, found, **form.cleaned_data)
        return _back(request, found.case.family, _("The appeal is recorded."))

    words = {"title": _("Appeal against refusal %(code)s") % {"code": code}, "submit": _("Record the appeal")}
    return _ask(request, found.case.family, AppealForm(request.POST or None), then, **words)


@page("refusals/<str:code>/answer/", name="refusal-answer", needs="refusal.record", methods=BOTH)
def answer(request: Request, code: str) -> HttpResponse:
    """Note what came of an appeal."""
    found = refusal_for(request.actor, code)

    def then(form: AppealAnswerForm) -> HttpResponse:
        actions.answer_appeal(request.actor, found, **form.cleaned_data)
        return _back(request, found.case.family, _("The answer is recorded."))

    words = {"title": _("Answer to the appeal against %(code)s") % {"code": code}, "submit": _("Record the answer")}
    return _ask(request, found.case.family, AppealAnswerForm(request.POST or None), then, **words)


@page("refusals/", name="refusals", needs="refusal.count")
def counted(request: Request) -> HttpResponse:
    """Show how often services are refused, why, and which families were refused whatever they asked for."""
    shown = {"counted": refusals_counted(request.actor), "whole": families_refused(request.actor)}
    return render(request, "casework/refusals.html", {**shown, "back": reverse("referrals")})
