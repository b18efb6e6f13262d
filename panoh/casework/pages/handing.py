"""Pages: hand-overs of families abroad and from there, and questions whether somebody is known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_handing import HandedFileForm, HandOverForm, QuestionAnswerForm, QuestionForm
from panoh.casework.queries.handing import (
    hand_over_for,
    hand_over_shown,
    hand_overs,
    question_for,
    question_shown,
    questions,
)

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)


def _sure(request: Request) -> forms.Form:
    return forms.Form(request.POST if request.method == "POST" else None)


def _download(file: actions.Fetched) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type="application/octet-stream", headers=headers)


def _back() -> dict[str, Any]:
    return {"back": reverse("hand-overs"), "back_label": _("Hand-overs abroad"), "cancel": reverse("hand-overs")}


@page("hand-overs/", name="hand-overs", needs="handover.see")
def listed(request: Request) -> HttpResponse:
    """Show the hand-overs of families within reach, both ways."""
    return render(request, "casework/hand_overs.html", {"hand_overs": hand_overs(request.actor)})


@page("families/<str:code>/hand-over/", name="hand-over-new", needs="handover.propose", methods=BOTH)
def propose(request: Request, code: str) -> HttpResponse:
    """Propose that a family's file goes abroad."""
    found = queries.family_for(request.actor, code)

    def then(form: HandOverForm) -> HttpResponse:
        made = actions.propose_hand_over(request.actor, found, **form.cleaned_data)
        return see(request, "hand-over", made.code, said=_("Proposed. A coordinator looks at it."))

    address = reverse("family", args=[code])
    says = _("One family at a time. The file is signed by us, and locked so that the other side alone opens it.")
    return ask(
        request, HandOverForm(request.actor, request.POST or None), then, title=_("Hand over abroad"), says=says,
        submit=_("Propose it"), back=address, back_label=code, cancel=address,
    )  # fmt: skip


@page("hand-overs/receive/", name="hand-over-receive", needs="handover.receive", methods=BOTH)
def receive(request: Request) -> HttpResponse:
    """Take in a file that came from abroad, as a draft."""

    def then(form: HandedFileForm) -> HttpResponse:
        made = actions.receive_hand_over(request.actor, content=form.cleaned_data["file"].read())
        return see(request, "hand-over", made.code, said=_("Taken in as a draft. Send the receipt back."))

    form = HandedFileForm(request.POST or None, request.FILES or None)
    return ask(request, form, then, title=_("Take in a file from abroad"), submit=_("Take it in"), **_back())


@page("hand-overs/<str:code>/", name="hand-over", needs="handover.see")
def one(request: Request, code: str) -> HttpResponse:
    """Show one hand-over, and what is to be done next."""
    shown = hand_over_shown(request.actor, hand_over_for(request.actor, code))
    may = request.actor.role.permissions
    return render(request, "casework/hand_over.html", {"shown": shown, "one": shown.hand_over, "may": may})


@page("hand-overs/<str:code>/agree/", name="hand-over-agree", needs="handover.agree", methods=BOTH)
def agree(request: Request, code: str) -> HttpResponse:
    """Agree that the file goes abroad, after a page that says what leaves."""
    found = hand_over_for(request.actor, code)
    shown = hand_over_shown(request.actor, found)

    def then(form: forms.Form) -> HttpResponse:
        actions.agree_hand_over(request.actor, found)
        return see(request, "hand-over", code, said=_("Agreed. Who proposed it makes the file."))

    return ask(
        request, _sure(request), then, template="confirm.html",
        title=_("Let the file of %(family)s go abroad?") % {"family": found.family.code},
        says=_("To %(whom)s: %(what)s.") % {"whom": found.partner, "what": "; ".join(shown.classes)},
        will=[_("For: %(purpose)s.") % {"purpose": shown.purpose}, f"{found.get_basis_display()}: {shown.because}"],
        submit=_("Agree"), cancel=reverse("hand-over", args=[code]),
    )  # fmt: skip


@page("hand-overs/<str:code>/decline/", name="hand-over-decline", needs="handover.agree", methods=BOTH)
def decline(request: Request, code: str) -> HttpResponse:
    """Let nothing leave."""
    found = hand_over_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        actions.decline_hand_over(request.actor, found)
        return see(request, "hand-over", code, said=_("Declined: nothing leaves."))

    return ask(
        request, _sure(request), then, template="confirm.html", title=_("Decline hand-over %(code)s?") % {"code": code},
        says=_("Nothing leaves."), submit=_("Decline"), cancel=reverse("hand-over", args=[code]),
    )  # fmt: skip


@page("hand-overs/<str:code>/file/", name="hand-over-file", needs="handover.propose", methods=POST)
def send(request: Request, code: str) -> HttpResponse:
    """Hand out the signed and locked file."""
    return _download(actions.send_hand_over(request.actor, hand_over_for(request.actor, code)))


@page("hand-overs/<str:code>/receipt/", name="hand-over-receipt", needs="handover.propose", methods=BOTH)
def receipt(request: Request, code: str) -> HttpResponse:
    """Take the partner's receipt back."""
    found = hand_over_for(request.actor, code)

    def then(form: HandedFileForm) -> HttpResponse:
        actions.take_receipt(request.actor, found, content=form.cleaned_data["file"].read())
        if request.actor.may("case.close"):
            return see(request, "hand-over", code, said=_("They received it. Close the cases now."))
        return see(request, "hand-over", code, said=_("They received it. Your supervisor is told to close the cases."))

    address = reverse("hand-over", args=[code])
    words = {"title": _("Take the receipt"), "submit": _("Take it"), "back": address, "back_label": code}
    form = HandedFileForm(request.POST or None, request.FILES or None)
    return ask(request, form, then, cancel=address, **words)


@page("hand-overs/<str:code>/give-up/", name="hand-over-give-up", needs="handover.propose", methods=BOTH)
def give_up(request: Request, code: str) -> HttpResponse:
    """Give a hand-over up, after a page that says what that leaves."""
    found = hand_over_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        actions.give_up_hand_over(request.actor, found)
        return see(request, "hand-over", code, said=_("Given up. Another hand-over can be proposed."))

    return ask(
        request, _sure(request), then, template="confirm.html", title=_("Give up hand-over %(code)s?") % {"code": code},
        says=_("No receipt is awaited any longer, and the file that was made is not kept here."),
        will=[_("A file that was handed out cannot be fetched back. Ask the other side to destroy it.")],
        submit=_("Give it up"), cancel=reverse("hand-over", args=[code]),
    )  # fmt: skip


@page("hand-overs/<str:code>/stub/", name="hand-over-stub", needs="case.close", methods=BOTH)
def stub(request: Request, code: str) -> HttpResponse:
    """Close the cases as moved abroad."""
    found = hand_over_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        actions.leave_stub(request.actor, found)
        return see(request, "hand-over", code, said=_("Closed as moved abroad; the time of the file runs."))

    return ask(
        request, _sure(request), then, template="confirm.html", title=_("Close the cases of this family?"),
        says=_("They are closed as moved abroad, with the country and the day and nothing else."),
        will=[_("What is kept here is destroyed once its time has come.")],
        submit=_("Close them"), cancel=reverse("hand-over", args=[code]),
    )  # fmt: skip


@page("hand-overs/<str:code>/our-receipt/", name="hand-over-our-receipt", needs="handover.receive", methods=POST)
def our_receipt(request: Request, code: str) -> HttpResponse:
    """Hand out our signed receipt, for the partner."""
    return _download(actions.fetch_receipt(request.actor, hand_over_for(request.actor, code)))


# --- questions ---------------------------------------------------------------------------------------------------


@page("questions/", name="questions", needs="question.answer")
def asked(request: Request) -> HttpResponse:
    """Show what other countries asked."""
    return render(request, "casework/questions.html", {"questions": questions(request.actor)})


@page("questions/new/", name="tracing-question-new", needs="question.answer", methods=BOTH)
def record(request: Request) -> HttpResponse:
    """Record a question of a partner."""

    def then(form: QuestionForm) -> HttpResponse:
        made = actions.record_question(request.actor, **form.cleaned_data)
        return see(request, "question", made.code)

    address = reverse("questions")
    words = {"title": _("Somebody abroad asks"), "submit": _("Record the question"), "back": address}
    return ask(request, QuestionForm(request.POST or None), then, cancel=address, back_label=_("Questions"), **words)


@page("questions/<str:code>/", name="question", needs="question.answer", methods=BOTH)
def question(request: Request, code: str) -> HttpResponse:
    """Show a question and, once asked for, who may be meant; answer it yes or no."""
    found = question_for(request.actor, code)
    shown = question_shown(request.actor, found, search="search" in request.GET)

    def then(form: QuestionAnswerForm) -> HttpResponse:
        actions.answer_question(request.actor, found, **form.cleaned_data)
        return see(request, "questions", said=_("Answered. Whom it was about is not kept any longer."))

    form = QuestionAnswerForm(request.POST or None)
    return ask(
        request, form, then, template="casework/question.html", shown=shown, submit=_("Answer"),
        cancel=reverse("questions"),
    )  # fmt: skip
