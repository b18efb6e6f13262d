"""The two pages for whoever answers a referral without an account: by a code from a paper, or by a link."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from panoh.access.entrances import Actor
from panoh.access.refusals import Refusal
from panoh.casework import actions
from panoh.casework.forms_referrals import CodeForm, OutsideForm
from panoh.casework.jobs_referrals import answer_outside
from panoh.casework.models import Slip
from panoh.casework.refusals_referrals import CodeNotTaken

PAGE = "outside.html"


@sensitive_post_parameters("code", "words")
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """Take the code of a slip, show what is asked by it, and take the answer."""
    if limited := ratelimit.consume_or_429(request, action="slip"):
        return limited  # type: ignore[no-any-return]  # allauth ships no types
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, {"code_form": form})
    return _answered(request, form.cleaned_data["code"], is_answer="answer" in request.POST)


@never_cache
def answer_by(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is asked by the code in a link."""
    if limited := ratelimit.consume_or_429(request, action="slip"):
        return limited  # type: ignore[no-any-return]  # allauth ships no types
    return _answered(request, code, is_answer=False)


def _answered(request: HttpRequest, code: str, *, is_answer: bool) -> HttpResponse:
    """Answer by a code; a wrong and an absent one get the same page."""
    try:
        slip = actions.try_code(Actor.operator(), code)
        if slip is None:
            raise CodeNotTaken
        return _of_slip(request, slip, code, is_answer=is_answer)
    except CodeNotTaken as refusal:
        return render(request, PAGE, {"code_form": CodeForm(), "refused": str(refusal)}, status=refusal.status)


def _of_slip(request: HttpRequest, slip: Slip, code: str, *, is_answer: bool) -> HttpResponse:
    form, status = OutsideForm(request.POST if is_answer else None, initial={"code": code}), 200
    question = actions.question_of(Actor.operator(), slip)
    if question.is_taken:
        form.fields["answer"].choices = form.fields["answer"].choices[1:]  # type: ignore[attr-defined]
        del form.fields["due"]
    if is_answer:
        status = CodeNotTaken.status
        if form.is_valid():
            try:
                answer_outside(slip, **{name: form.cleaned_data[name] for name in form.cleaned_data if name != "code"})
                return render(request, PAGE, {"is_answered": True})
            except CodeNotTaken:
                raise
            except Refusal as refusal:
                form.add_error(None, str(refusal))
    return render(request, PAGE, {"form": form, "question": question}, status=status)
