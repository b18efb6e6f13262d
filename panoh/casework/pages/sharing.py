"""Pages: open a file to somebody, close it again, and keep something from somebody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_sharing import GrantForm, ReasonForm, WithholdForm
from panoh.casework.models import Family

BOTH: Any = ("GET", "POST")


def _words(request: Request, family: Family, **words: Any) -> dict[str, Any]:
    address = reverse("family", args=[family.code])
    back = {"back": address, "back_label": _("Family %(code)s") % {"code": family.code}}
    return {"cancel": address, "about": queries.about_family(request.actor, family), **back, **words}


@page("families/<str:code>/grants/new/", name="grant-new", needs="grant.give", methods=BOTH)
def give_grant(request: Request, code: str) -> HttpResponse:
    """Open a file to somebody who helps."""
    found = queries.family_for(request.actor, code)

    def then(form: GrantForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        whom = given.pop("whom")
        basis = actions.Basis(legal_basis=given.pop("legal_basis"), reason=given.pop("reason"))
        actions.give_grant(request.actor, found, to=whom, basis=basis, **given)
        return see(request, "family", found.code, said=_("The file is open to %(name)s.") % {"name": whom})

    words = _words(request, found, title=_("Let somebody see this file"), submit=_("Open the file to them"))
    return ask(request, GrantForm(request.actor, request.POST or None), then, **words)


@page("grants/<str:code>/end/", name="grant-end", needs="grant.give", methods=BOTH)
def end_grant(request: Request, code: str) -> HttpResponse:
    """Close a file again to whom it was opened."""
    grant = queries.grant_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        actions.end_grant(request.actor, grant)
        return see(request, "family", grant.family.code, said=_("The file is closed to them."))

    whom = {"name": grant.staff or grant.agency}
    words = _words(request, grant.family, title=_("Close the file to %(name)s?") % whom, submit=_("Close the file"))
    says = _("From the next click on, %(name)s does not see it any more.") % whom
    return ask(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        then,
        template="confirm.html",
        says=says,
        **words,
    )


@page("families/<str:code>/withheld/new/", name="withhold-new", needs="grant.give", methods=BOTH)
def withhold(request: Request, code: str) -> HttpResponse:
    """Keep something of a file from somebody."""
    found = queries.family_for(request.actor, code)

    def then(form: WithholdForm) -> HttpResponse:
        actions.withhold(request.actor, found, **form.cleaned_data)
        return see(request, "family", found.code, said=_("It is kept from %(whom)s.") % form.cleaned_data)

    words = _words(request, found, title=_("Keep something from somebody"), submit=_("Keep it from them"))
    return ask(request, WithholdForm(request.actor, request.POST or None), then, **words)


@page("withheld/<str:code>/end/", name="withhold-end", needs="grant.give", methods=BOTH)
def stop_withholding(request: Request, code: str) -> HttpResponse:
    """Take an entry off the withhold list."""
    entry = queries.withhold_for(request.actor, code)

    def then(form: forms.Form) -> HttpResponse:
        actions.stop_withholding(request.actor, entry)
        return see(request, "family", entry.family.code, said=_("It is not kept from them any more."))

    whom = {"name": entry.staff or entry.agency}
    words = _words(
        request, entry.family, title=_("Keep it from %(name)s no more?") % whom, submit=_("Take it off the list")
    )
    says = _("%(name)s sees what role and grants open again. Do this only when the family agrees.") % whom
    return ask(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        then,
        template="confirm.html",
        says=says,
        **words,
    )


@page("families/<str:code>/protect/", name="family-protect", needs="family.protect", methods=BOTH)
def protect_family(request: Request, code: str) -> HttpResponse:
    """Let nobody see a file who only looks after the region."""
    found = queries.family_for(request.actor, code)

    def then(form: ReasonForm) -> HttpResponse:
        actions.protect_family(request.actor, found, **form.cleaned_data)
        return see(request, "family", found.code, said=_("The file is protected."))

    still, gone = queries.readers_if(found, Family.Sensitivity.PROTECTED)
    will = [
        *(_("No longer sees it: %(who)s.") % {"who": one.who} for one in gone),
        *(_("Still sees it: %(who)s.") % {"who": one.who} for one in still),
        _("In an emergency it can still be opened for four hours, which is told at once and reviewed."),
    ]
    words = {
        "title": _("Protect the file of family %(code)s?") % {"code": code},
        "submit": _("Protect this file"),
        "will": will,
    }
    says = _("Regional coordinators can no longer open a protected file.")
    return _confirm(request, found, ReasonForm(request.POST or None), then, says=says, **words)


@page("families/<str:code>/protect/end/", name="family-protect-end", needs="family.protect", methods=BOTH)
def end_protection(request: Request, code: str) -> HttpResponse:
    """Let a file be seen from the region again."""
    found = queries.family_for(request.actor, code)

    def then(form: ReasonForm) -> HttpResponse:
        actions.end_protection(request.actor, found, **form.cleaned_data)
        return see(request, "family", found.code, said=_("The file is not protected any more."))

    _all, again = queries.readers_if(found, Family.Sensitivity.ORDINARY)
    will = [_("Sees it again: %(who)s.") % {"who": one.who} for one in again]
    words = {
        "title": _("End the protection of family %(code)s?") % {"code": code},
        "submit": _("End the protection"),
        "will": will,
    }
    says = _("Do this only when nobody there is a danger to the family any more.")
    return _confirm(request, found, ReasonForm(request.POST or None), then, says=says, **words)


def _confirm(
    request: Request, family: Family, form: ReasonForm, then: Callable[[ReasonForm], HttpResponse], **words: Any
) -> HttpResponse:
    return ask(request, form, then, template="confirm.html", **_words(request, family, **words))
