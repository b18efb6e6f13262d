"""Pages: editions of a plan, how they differ, and the one that is being prepared."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.plan import actions
from panoh.plan.forms import AdoptForm, AskedForm, ChangeForm
from panoh.plan.forms_progress import EditionsFilter
from panoh.plan.models import Plan, Revision
from panoh.plan.pages.tree import BOTH
from panoh.plan.queries import action_for, change_for, comparison, editions, open_revision, plan_for

POST: Any = ("POST",)
REVISION = "joint-plan/<slug:code>/revision/"
ACTION = "joint-plan/<slug:code>/actions/<str:action>/"


def _under(plan: Plan) -> dict[str, str]:
    url = reverse("revision", args=[plan.code])
    return {"back": url, "back_label": _("The next edition"), "cancel": url}


@page("joint-plan/<slug:code>/editions/", name="plan-editions", needs="joint.see")
def all_editions(request: Request, code: str) -> HttpResponse:
    """Show the editions of a plan, and how two of them differ."""
    plan = plan_for(code)
    found = editions(plan)
    counting = [one for one in found if one.state != Revision.State.ABANDONED]
    offered = [(one.edition, f"{one.edition}, {one.get_state_display()}") for one in counting]
    usual = {"older": offered[1][0], "newer": offered[0][0]} if len(offered) > 1 else {}
    form = EditionsFilter(offered, request.GET if "older" in request.GET else usual or None)
    chosen = form.cleaned_data if form.is_valid() else usual
    shown = comparison(plan, **chosen) if chosen and chosen["older"] < chosen["newer"] else None
    told = {"plan": plan, "editions": found, "form": form, "shown": shown, "chosen": chosen, "here": "plan-editions"}
    return render(request, "plan/editions.html", told)


@page(REVISION + "begin/", name="revision-begin", needs="joint.edit", methods=POST)
def begin(request: Request, code: str) -> HttpResponse:
    """Begin to prepare the next edition."""
    actions.begin_revision(request.actor, plan_for(code))
    return see(request, "revision", code, said=_("The next edition is being prepared. Add its changes."))


@page(REVISION, name="revision", needs="joint.see")
def revision(request: Request, code: str) -> HttpResponse:
    """Show the edition that is being prepared: its changes, and how it will differ from the one in force."""
    plan = plan_for(code)
    found = open_revision(plan)
    told = {"plan": plan, "revision": found, "shown": comparison(plan, plan.edition, found.edition)}
    return render(request, "plan/revision.html", {**told, "here": "plan-editions"})


@page(REVISION + "add/", name="change-add", needs="joint.edit", methods=BOTH)
def add(request: Request, code: str) -> HttpResponse:
    """Propose an action that the plan does not have."""
    plan = plan_for(code)

    def then(form: ChangeForm) -> HttpResponse:
        asked = {name: form.cleaned_data[name] for name in ("asked_for_in", "because")}
        actions.propose_change(request.actor, open_revision(plan), to=form.wanted, **asked)
        return see(request, "revision", code, said=_("The next edition adds this action."))

    form = ChangeForm(plan, request.POST or None)
    return ask(request, form, then, title=_("Propose a new action"), submit=_("Propose"), **_under(plan))


@page(ACTION + "reword/", name="change-reword", needs="joint.edit", methods=BOTH)
def reword(request: Request, code: str, action: str) -> HttpResponse:
    """Propose another wording, place, time or other countries for an action."""
    plan, of = plan_for(code), action_for(code, action)

    def then(form: ChangeForm) -> HttpResponse:
        asked = {name: form.cleaned_data[name] for name in ("asked_for_in", "because")}
        actions.propose_change(request.actor, open_revision(plan), of=of, to=form.wanted, **asked)
        return see(request, "revision", code, said=_("The next edition changes action %(n)s.") % {"n": of.code})

    form, title = ChangeForm(plan, request.POST or None, of=of), _("Propose a change of action %(n)s") % {"n": of.code}
    return ask(request, form, then, title=title, submit=_("Propose"), **_under(plan))


@page(ACTION + "drop/", name="change-drop", needs="joint.edit", methods=BOTH)
def drop(request: Request, code: str, action: str) -> HttpResponse:
    """Propose that the next edition has an action no more."""
    plan, of = plan_for(code), action_for(code, action)

    def then(form: AskedForm) -> HttpResponse:
        actions.propose_change(request.actor, open_revision(plan), of=of, **form.cleaned_data)
        return see(request, "revision", code, said=_("The next edition drops action %(n)s.") % {"n": of.code})

    title = _("Propose to drop action %(n)s") % {"n": of.code}
    words = {"title": title, "says": str(of.text), "submit": _("Propose to drop it")}
    form = AskedForm(request.POST if request.method == "POST" else None)  # nothing in it must be filled in
    return ask(request, form, then, **words, **_under(plan))


@page(REVISION + "changes/<int:change>/take-out/", name="change-take-out", needs="joint.edit", methods=POST)
def take_out(request: Request, code: str, change: int) -> HttpResponse:
    """Take a change out of the edition that is being prepared."""
    actions.take_out_change(request.actor, change_for(open_revision(plan_for(code)), change))
    return see(request, "revision", code, said=_("This change is taken out."))


@page(REVISION + "adopt/", name="revision-adopt", needs="joint.edit", methods=BOTH)
def adopt(request: Request, code: str) -> HttpResponse:
    """Put the next edition in force."""
    plan = plan_for(code)
    found = open_revision(plan)
    shown = comparison(plan, plan.edition, found.edition)

    def then(form: AdoptForm) -> HttpResponse:
        actions.adopt_revision(request.actor, found, **form.cleaned_data)
        return see(request, "plan", code, said=_("Edition %(n)s is in force.") % {"n": found.edition})

    counted = {"a": len(shown.added), "b": len(shown.changed), "c": len(shown.dropped)}
    will = [
        _("Actions added: %(a)s; changed: %(b)s; dropped: %(c)s.") % counted,
        _("This wording then stays; what was reported on the actions stays with them."),
    ]
    says = _("Put edition %(n)s of %(plan)s in force?") % {"n": found.edition, "plan": plan.title}
    return ask(
        request, AdoptForm(request.POST or None), then, template="confirm.html", title=_("Adopt the next edition"),
        says=says, will=will, submit=_("Put the edition in force"), **_under(plan),
    )  # fmt: skip


@page(REVISION + "give-up/", name="revision-give-up", needs="joint.edit", methods=BOTH)
def give_up(request: Request, code: str) -> HttpResponse:
    """Give the edition up that is being prepared."""
    plan = plan_for(code)
    found = open_revision(plan)
    if request.method == "POST":
        actions.abandon_revision(request.actor, found)
        return see(request, "plan-editions", code, said=_("The revision is given up. The plan stays as it is."))
    told = {
        "title": _("Give the revision up"), "submit": _("Give the revision up"), "danger": True,
        "says": _("Give edition %(n)s up?") % {"n": found.edition},
        "will": [_("The plan stays as it is. The changes stay to be read, and nobody can adopt them.")],
    }  # fmt: skip
    return render(request, "confirm.html", {**told, **_under(plan)})
