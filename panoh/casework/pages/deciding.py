"""Pages: what waits for somebody's word, steps that another agrees to, and families that are handed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.forms_deciding import AskToCloseForm, AskToReopenForm, TransferForm, WhyForm
from panoh.casework.models import Approval, Case, Transfer
from panoh.casework.pages.families import BOTH
from panoh.casework.queries.deciding import (
    approval_for,
    approval_shown,
    decisions,
    decisions_of,
    transfer_for,
    transfer_shown,
)

POST: Any = ("POST",)


@page("decisions/", name="decisions", needs="today.see")
def waiting(request: Request) -> HttpResponse:
    """Show what waits for the reader's word, and what the reader asked for."""
    return render(request, "casework/decisions.html", {"waiting": decisions(request.actor)})


@page("families/<str:code>/decisions/", name="family-decisions", needs="family.see")
def of_family(request: Request, code: str) -> HttpResponse:
    """Show what was or is to be decided about a family."""
    found = queries.family_for(request.actor, code)
    file = queries.family_file(request.actor, found)
    shown = {
        "family": found,
        "about": queries.About(name=file.name, code=found.code),
        "decided": decisions_of(request.actor, found),
        "children": [one for one in file.members if one.case and one.case.is_open and queries.is_child(one.person)],
        "may": request.actor.role.permissions,
        "leads": request.actor.leads(found.pk),
    }
    return render(request, "casework/family_decisions.html", shown)


# --- steps that another agrees to --------------------------------------------------------------------------------


def _ask_of_case(
    request: Request, case: Case, form: forms.Form, step: Callable[..., Any], **words: Any
) -> HttpResponse:
    address = reverse("family", args=[case.family.code])

    def then(filled: forms.Form) -> HttpResponse:
        made = step(request.actor, case, **filled.cleaned_data)
        return see(request, "approval", made.code, said=_("Asked. Another agrees, or says why not."))

    about = queries.about_person(request.actor, case.person, case.family, case)
    back = {"cancel": address, "back": address, "back_label": case.family.code}
    return ask(request, form, then, about=about, submit=_("Ask for it"), **back, **words)


@page("cases/<str:code>/close/ask/", name="approval-close", needs="approval.ask", methods=BOTH)
def ask_to_close(request: Request, code: str) -> HttpResponse:
    """Ask another to close a case."""
    case = queries.case_for(request.actor, code)
    says = _("A colleague who may close cases reads this and agrees, or says why not.")
    form = AskToCloseForm(request.POST or None)
    return _ask_of_case(request, case, form, actions.ask_to_close, title=_("Ask to close the case"), says=says)


@page("cases/<str:code>/reopen/ask/", name="approval-reopen", needs="approval.ask", methods=BOTH)
def ask_to_reopen(request: Request, code: str) -> HttpResponse:
    """Ask another to open a closed case again."""
    case = queries.case_for(request.actor, code)
    form = AskToReopenForm(catalogue().stage_numbered(case.stage), request.POST or None)
    return _ask_of_case(request, case, form, actions.ask_to_reopen, title=_("Ask to open the case again"))


@page("approvals/<str:code>/", name="approval", needs="approval.ask")
def approval(request: Request, code: str) -> HttpResponse:
    """Show a step that was asked for."""
    found = approval_for(request.actor, code)
    about = queries.about_person(request.actor, found.case.person, found.case.family, found.case)
    shown = {"shown": approval_shown(request.actor, found), "asked": found, "about": about}
    return render(request, "casework/approval.html", shown)


@page("approvals/<str:code>/agree/", name="approval-agree", needs="approval.decide", methods=POST)
def agree(request: Request, code: str) -> HttpResponse:
    """Agree to a step, which takes it."""
    found = approval_for(request.actor, code)
    actions.agree_to_step(request.actor, found)
    return see(request, "family", found.case.family.code, said=_("Agreed and done."))


@page("approvals/<str:code>/decline/", name="approval-decline", needs="approval.decide", methods=BOTH)
def decline(request: Request, code: str) -> HttpResponse:
    """Decline a step that was asked for."""
    found, words = approval_for(request.actor, code), {"title": _("Decline %(code)s") % {"code": code}}
    return _why(request, found, actions.decline_step, "approval", _("Declined."), submit=_("Decline"), **words)


@page("approvals/<str:code>/take-back/", name="approval-take-back", needs="approval.ask", methods=POST)
def take_back(request: Request, code: str) -> HttpResponse:
    """Take back what one asked for."""
    actions.take_back_step(request.actor, approval_for(request.actor, code))
    return see(request, "approval", code, said=_("Taken back."))


def _why(
    request: Request, found: Approval | Transfer, step: Callable[..., Any], where: str, said: str, **words: Any
) -> HttpResponse:
    def then(form: WhyForm) -> HttpResponse:
        step(request.actor, found, **form.cleaned_data)
        return see(request, where, found.code, said=said)

    address = reverse(where, args=[found.code])
    form = WhyForm(request.POST or None)
    return ask(request, form, then, cancel=address, back=address, back_label=found.code, **words)


# --- families that are handed over -------------------------------------------------------------------------------


@page("families/<str:code>/transfer/", name="transfer-new", needs="transfer.ask", methods=BOTH)
def offer(request: Request, code: str) -> HttpResponse:
    """Offer a family to another worker or agency."""
    found = queries.family_for(request.actor, code)
    address = reverse("family", args=[code])

    def then(form: TransferForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        basis = actions.Basis(legal_basis=given.pop("legal_basis"), reason=given.pop("because"))
        made = actions.ask_transfer(request.actor, found, basis=basis, **given)
        return see(request, "transfer", made.code, said=_("Offered. The file stays yours until it is taken over."))

    says = _("Tasks, steps and visits that are open go along. To another agency a colleague agrees first.")
    form = TransferForm(request.actor, request.POST or None)
    return ask(
        request, form, then, title=_("Hand the family over"), submit=_("Offer the family"), says=says, cancel=address,
        back=address, back_label=code, about=queries.about_family(request.actor, found),
    )  # fmt: skip


@page("transfers/<str:code>/", name="transfer", needs="transfer.answer")
def transfer(request: Request, code: str) -> HttpResponse:
    """Show a hand-over, to both sides."""
    found = transfer_for(request.actor, code)
    return render(request, "casework/transfer.html", {"shown": transfer_shown(request.actor, found), "transfer": found})


@page("transfers/<str:code>/agree/", name="transfer-agree", needs="transfer.approve", methods=POST)
def agree_to_transfer(request: Request, code: str) -> HttpResponse:
    """Agree that a family is offered to another agency."""
    actions.agree_to_transfer(request.actor, transfer_for(request.actor, code))
    return see(request, "transfer", code, said=_("Agreed. The other agency sees the offer now."))


@page("transfers/<str:code>/refuse/", name="transfer-refuse", needs="transfer.approve", methods=BOTH)
def refuse_transfer(request: Request, code: str) -> HttpResponse:
    """Do not agree to a hand-over."""
    found, words = transfer_for(request.actor, code), {"title": _("Do not agree to %(code)s") % {"code": code}}
    said, submit = _("Not agreed to. The family stays where it is."), _("Do not agree")
    return _why(request, found, actions.refuse_transfer, "transfer", said, submit=submit, **words)


@page("transfers/<str:code>/take-over/", name="transfer-take", needs="transfer.answer", methods=POST)
def take_over(request: Request, code: str) -> HttpResponse:
    """Take a family over."""
    family = actions.take_over(request.actor, transfer_for(request.actor, code))
    return see(request, "family", family.code, said=_("You lead the work with this family now."))


@page("transfers/<str:code>/decline/", name="transfer-decline", needs="transfer.answer", methods=BOTH)
def decline_transfer(request: Request, code: str) -> HttpResponse:
    """Decline a family that is offered."""
    found, words = transfer_for(request.actor, code), {"title": _("Decline %(code)s") % {"code": code}}
    said = _("Declined. The family stays where it is.")
    return _why(request, found, actions.decline_transfer, "transfer", said, submit=_("Decline"), **words)


@page("transfers/<str:code>/take-back/", name="transfer-take-back", needs="transfer.ask", methods=POST)
def take_back_transfer(request: Request, code: str) -> HttpResponse:
    """Take back the offer of a family."""
    actions.take_back_transfer(request.actor, transfer_for(request.actor, code))
    return see(request, "transfer", code, said=_("Taken back. The family stays where it is."))
