"""Pages: proposals, their parts, the positions on them, and their adoption into the plan."""

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
from panoh.exchange.countries import country_name
from panoh.exchange.forms import ConfirmForm
from panoh.exchange.forms_proposals import (
    AdoptForm,
    MergeForm,
    PartForm,
    PositionForm,
    ProposalFilter,
    ProposalForm,
)
from panoh.exchange.models import Proposal
from panoh.exchange.pages.naming import named
from panoh.exchange.queries import (
    event_for,
    lesson_for,
    matrix_states,
    proposal_for,
    proposal_shown,
    proposals,
    stances,
)
from panoh.exchange.templatetags.exchange import stance_badges
from panoh.plan.queries import plan_for, plans_in_force

BOTH: Any = ("GET", "POST")
POST: Any = ("POST",)
A_PAGE = 25


@page("exchange/proposals/", name="proposals", needs="exchange.see")
def all_proposals(request: Request) -> HttpResponse:
    """List proposals, the newest first."""
    form = ProposalFilter(request.GET)
    part = Paginator(proposals(form.filters()), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "exchange/proposals.html", {"page": part, "form": form})


@page("exchange/proposals/matrix/", name="proposal-matrix", needs="exchange.see")
def matrix(request: Request) -> HttpResponse:
    """Show where each country stands on each proposal."""
    form = ProposalFilter(request.GET)
    part = Paginator(proposals(form.filters()), A_PAGE).get_page(request.GET.get("page"))
    states = {code: country_name(code) for code in matrix_states()}
    taken, badges = stances([one.pk for one in part.object_list]), stance_badges()
    rows = [
        (one, [(name, badges.get(taken.get((one.pk, code), 0))) for code, name in states.items()])
        for one in part.object_list
    ]
    shown = {"page": part, "form": form, "states": list(states.values()), "rows": rows}
    return render(request, "exchange/matrix.html", shown)


@page("exchange/proposals/new/", name="proposal-new", needs="proposal.write", methods=BOTH)
def new_proposal(request: Request) -> HttpResponse:
    """Write a proposal, from a lesson or an event if one is named."""
    lesson, event = named(request, "lesson", lesson_for), named(request, "event", event_for)

    def then(form: ProposalForm) -> HttpResponse:
        made = actions.add_proposal(request.actor, lesson=lesson, **form.given())
        return see(request, "proposal", made.code, said=_("The draft is saved."))

    back = {"back": reverse("proposals"), "back_label": _("Proposals"), "cancel": reverse("proposals")}
    form = ProposalForm(request.actor, request.POST or None, initial={"event": event and event.pk})
    under = _("From the lesson: %(title)s") % {"title": lesson.title} if lesson else ""
    return ask(request, form, then, title=_("New proposal"), submit=_("Save the draft"), under=under, **back)


@page("exchange/proposals/merge/", name="proposal-merge", needs="proposal.consolidate", methods=BOTH)
def merge(request: Request) -> HttpResponse:
    """Merge proposals into one in which it can be read who asked for what."""

    def then(form: MergeForm) -> HttpResponse:
        given = form.given()
        merged = [proposal_for(code) for code in given.pop("codes")]
        made = actions.consolidate_proposals(request.actor, merged, **given)
        return see(request, "proposal", made.code, said=_("Merged. Word each part now."))

    back = {"back": reverse("proposals"), "back_label": _("Proposals"), "cancel": reverse("proposals")}
    form = MergeForm(request.POST or None, initial={"codes": request.GET.get("codes", "")[:300]})
    return ask(request, form, then, title=_("Merge proposals"), submit=_("Merge"), **back)


@page("exchange/proposals/<str:code>/", name="proposal", needs="exchange.see")
def one_proposal(request: Request, code: str) -> HttpResponse:
    """Show a proposal with its way from lesson to edition, its parts and where everybody stands."""
    shown = proposal_shown(request.actor, proposal_for(code))
    plans = plans_in_force() if request.actor.may("proposal.adopt") else ()
    return render(request, "exchange/proposal.html", {"shown": shown, "proposal": shown.proposal, "plans": plans})


@page("exchange/proposals/<str:code>/edit/", name="proposal-edit", needs="proposal.write", methods=BOTH)
def edit(request: Request, code: str) -> HttpResponse:
    """Reword a draft, or word it in another language."""
    found = proposal_for(code)

    def then(form: ProposalForm) -> HttpResponse:
        actions.edit_proposal(request.actor, found, **form.given())
        return see(request, "proposal", code, said=_("The proposal is changed."))

    language = request.GET.get("language", "")[:2]
    form = ProposalForm(request.actor, request.POST or None, record=found, language=language)
    return ask(
        request, form, then, template="exchange/worded_form.html", title=_("Change the proposal"), **_back(found)
    )


@page("exchange/proposals/<str:code>/circulate/", name="proposal-circulate", needs="proposal.write", methods=BOTH)
def circulate(request: Request, code: str) -> HttpResponse:
    """Confirm and let every country read a draft."""
    return _confirm(
        request, code, actions.circulate_proposal, title=_("Circulate the proposal?"), submit=_("Circulate"),
        says=_("Every country reads it and takes a position. Its words stay as they are."),
    )  # fmt: skip


@page("exchange/proposals/<str:code>/withdraw/", name="proposal-withdraw", needs="proposal.write", methods=BOTH)
def withdraw(request: Request, code: str) -> HttpResponse:
    """Confirm and withdraw a proposal."""
    return _confirm(
        request, code, actions.withdraw_proposal, title=_("Withdraw the proposal?"), submit=_("Withdraw"), danger=True,
        says=_("No position is taken on it any more. It stays to be read."),
    )  # fmt: skip


@page("exchange/proposals/<str:code>/reject/", name="proposal-reject", needs="proposal.adopt", methods=BOTH)
def reject(request: Request, code: str) -> HttpResponse:
    """Confirm and record that a proposal was not adopted."""
    return _confirm(
        request, code, actions.reject_proposal, title=_("Record that it was not adopted?"),
        submit=_("It was not adopted"), danger=True,
        says=_("No position is taken on it any more. It stays to be read."),
    )  # fmt: skip


@page("exchange/proposals/<str:code>/positions/new/", name="position-new", needs="position.take", methods=BOTH)
def take_position(request: Request, code: str) -> HttpResponse:
    """Record where a country or a body stands."""
    found = proposal_for(code)

    def then(form: PositionForm) -> HttpResponse:
        actions.take_position(request.actor, found, **form.cleaned_data)
        return see(request, "proposal", code, said=_("The position is recorded."))

    says = _("Support for this proposal says nothing of any other. What was said before stays to be read.")
    form = PositionForm(request.actor, request.POST or None)
    more = {"title": _("Take a position"), "submit": _("Record the position"), "says": says, **_back(found)}
    return ask(request, form, then, **more)


@page("exchange/proposals/<str:code>/parts/<int:number>/", name="proposal-part", needs="proposal.consolidate",
      methods=BOTH)  # fmt: skip
def part(request: Request, code: str, number: int) -> HttpResponse:
    """Say what became of a part that somebody asked for."""
    found = proposal_for(code)
    one = found.parts.select_related("asked_by", "proposal").filter(number=number).first()
    if one is None:
        raise NotThere

    def then(form: PartForm) -> HttpResponse:
        actions.word_part(request.actor, one, **form.given())
        return see(request, "proposal", code, said=_("The part is worded."))

    form = PartForm(request.POST or None, record=one, language=request.GET.get("language", "")[:2])
    title = _("Part %(number)s") % {"number": number}
    under = _("Asked for by %(code)s: %(text)s") % {"code": one.asked_by.code, "text": one.asked}
    return ask(request, form, then, template="exchange/worded_form.html", title=title, under=under, **_back(found))


@page("exchange/proposals/<str:code>/adopt/<slug:plan>/", name="proposal-adopt", needs="proposal.adopt", methods=BOTH)
def adopt(request: Request, code: str, plan: str) -> HttpResponse:
    """Put what a proposal asks for into the next edition of a plan."""
    found, into = proposal_for(code), plan_for(plan)

    def then(form: AdoptForm) -> HttpResponse:
        actions.adopt_proposal(request.actor, found, into, **form.wanted())
        return see(request, "proposal", code, said=_("Adopted: the change stands in the revision of the plan."))

    form = AdoptForm(into, request.POST or None, initial={"text": str(found.text), "language": found.text.language})
    says = _("The change goes into the revision that is being prepared, or begins one.")
    more = {"title": _("Adopt into %(plan)s") % {"plan": into.title}, "submit": _("Adopt"), "says": says}
    return ask(request, form, then, **more, **_back(found))


def _confirm(request: Request, code: str, step: Any, **words: Any) -> HttpResponse:
    found = proposal_for(code)

    def then(form: Any) -> HttpResponse:
        step(request.actor, found)
        return see(request, "proposal", code, said=_("Done."))

    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return ask(request, form, then, template="confirm.html", cancel=reverse("proposal", args=[code]), **words)


def _back(found: Proposal) -> dict[str, Any]:
    url = reverse("proposal", args=[found.code])
    return {"back": url, "back_label": str(found.title), "cancel": url}
