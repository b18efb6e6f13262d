"""Pages: what falls due to be destroyed, who proposes and who agrees, and what is held back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions
from panoh.casework.forms_retention import HoldForm, ProposeForm
from panoh.casework.queries.retention import disposal_for, disposal_items, hold_for, retention_page

BOTH: Any = ("GET", "POST")


def _sure(request: Request) -> forms.Form:
    return forms.Form(request.POST if request.method == "POST" else None)


def _back() -> dict[str, Any]:
    return {"back": reverse("retention"), "back_label": _("Retention"), "cancel": reverse("retention")}


@page("retention/", name="retention", needs="retention.see")
def retention(request: Request) -> HttpResponse:
    """Show what falls due when, by code, with the disposals and the holds."""
    return render(request, "casework/retention.html", {"shown": retention_page(request.actor)})


@page("retention/new/", name="retention-new", needs="retention.propose", methods=BOTH)
def propose(request: Request) -> HttpResponse:
    """Choose among those who are due, and propose that what is kept of them is destroyed."""
    due = [one for one in retention_page(request.actor).due if one.can_be_proposed]
    offered = [(one.person, f"{one.person}, {one.family}: {one.class_label}, {date_format(one.due_on)}") for one in due]

    def then(form: ProposeForm) -> HttpResponse:
        made = actions.propose_disposal(request.actor, **form.cleaned_data)
        return see(request, "disposal", made.code, said=_("Proposed. Another colleague looks at it."))

    if not offered and request.method == "GET":
        return see(request, "retention", said=_("Nobody's time has come, or all of it is proposed already."))
    form = ProposeForm(offered, request.POST or None)
    return ask(request, form, then, title=_("Propose a disposal"), submit=_("Propose it"), **_back())


@page("retention/holds/new/", name="hold-new", needs="retention.hold", methods=BOTH)
def hold(request: Request) -> HttpResponse:
    """Hold a file back."""

    def then(form: HoldForm) -> HttpResponse:
        actions.hold_back(request.actor, **form.cleaned_data)
        return see(request, "retention", said=_("The file is held back until you end that."))

    return ask(
        request, HoldForm(request.POST or None), then, title=_("Hold a file back"), submit=_("Hold it back"), **_back()
    )  # fmt: skip


@page("retention/holds/<str:code>/end/", name="hold-end", needs="retention.hold", methods=BOTH)
def end_hold(request: Request, code: str) -> HttpResponse:
    """Let a file's time run again."""
    found = hold_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        actions.end_hold(request.actor, found)
        return see(request, "retention", said=_("The hold has ended."))

    return ask(
        request, _sure(request), then, template="confirm.html",
        title=_("Let the time of %(family)s run again?") % {"family": found.about},
        says=_("Once it is due, it can be proposed to be destroyed."),
        submit=_("End the hold"), cancel=reverse("retention"),
    )  # fmt: skip


@page("retention/<str:code>/", name="disposal", needs="retention.see")
def disposal(request: Request, code: str) -> HttpResponse:
    """Show a disposal: who stands in it, who proposed and who agreed."""
    found = disposal_for(request.actor, code)
    mine = found.proposed_by_id == request.actor.staff_id
    shown = {"disposal": found, "items": disposal_items(found), "is_mine": mine, "may": request.actor.role.permissions}
    return render(request, "casework/disposal.html", shown)


@page("retention/<str:code>/agree/", name="disposal-agree", needs="retention.agree", methods=BOTH)
def agree(request: Request, code: str) -> HttpResponse:
    """Agree that it is destroyed."""
    found = disposal_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        actions.agree_disposal(request.actor, found)
        return see(request, "disposal", code, said=_("Agreed. A coordinator carries it out."))

    return ask(
        request, _sure(request), then, template="confirm.html",
        title=_("Agree to disposal %(code)s?") % {"code": code},
        says=_("What is kept of %(n)s people is destroyed then.") % {"n": found.items.count()},
        will=[_("Whoever is held back, or whose family is being helped again by then, is left out.")],
        submit=_("Agree"), cancel=reverse("disposal", args=[code]),
    )  # fmt: skip


@page("retention/<str:code>/decline/", name="disposal-decline", needs="retention.agree", methods=BOTH)
def decline(request: Request, code: str) -> HttpResponse:
    """Keep it for now."""
    found = disposal_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        actions.decline_disposal(request.actor, found)
        return see(request, "disposal", code, said=_("Declined: nothing is destroyed."))

    return ask(
        request, _sure(request), then, template="confirm.html",
        title=_("Decline disposal %(code)s?") % {"code": code}, says=_("Everything is kept; it can be proposed anew."),
        submit=_("Decline"), cancel=reverse("disposal", args=[code]),
    )  # fmt: skip


@page("retention/<str:code>/destroy/", name="disposal-destroy", needs="person.forget", methods=BOTH)
def destroy(request: Request, code: str) -> HttpResponse:
    """Destroy what was agreed to, after a page that says what that is."""
    found = disposal_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        actions.carry_out(request.actor, found)
        return see(request, "disposal", code, said=_("Destroyed. Each has a certificate."))

    return ask(
        request, _sure(request), then, template="confirm.html",
        title=_("Destroy what is kept of them?"),
        says=_("Disposal %(code)s, %(n)s people. Nobody can bring this back.") % {
            "code": code, "n": found.items.count(),
        },
        will=[
            _("Names, birth dates, documents, contacts and everything written are destroyed with their keys."),
            _("With the last person of a family its notes and reports go, too."),
            _("Counts stay as they are; the history stays under the codes."),
        ],
        submit=_("Destroy for good"), cancel=reverse("disposal", args=[code]), danger=True,
    )  # fmt: skip
