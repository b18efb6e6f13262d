"""Pages: a family that parts, or joins another again; where somebody is who is not with the family."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.forms_journeys import RejoinForm, SplitForm, WhereaboutsForm
from panoh.casework.pages.care import members_called

BOTH: Any = ("GET", "POST")


@page("families/<str:code>/split/", name="family-split", needs="family.create", methods=BOTH)
def split(request: Request, code: str) -> HttpResponse:
    """Let some people go on as a family of their own."""
    found = queries.family_for(request.actor, code)

    def then(form: SplitForm) -> HttpResponse:
        parted = actions.split_family(request.actor, found, **form.cleaned_data)
        return see(request, "family", parted.code, said=_("This is their own family now; the history stays in both."))

    address = reverse("family", args=[code])
    return ask(
        request, SplitForm(members_called(request, found), request.POST or None), then, cancel=address, back=address,
        back_label=_("Family %(code)s") % {"code": code}, title=_("Part the family"), submit=_("Part"),
        about=queries.about_family(request.actor, found),
        says=_("They go on as a family of their own, with the same agency and worker. Open cases move along."),
    )  # fmt: skip


@page("families/<str:code>/rejoin/", name="family-rejoin", needs="family.edit", methods=BOTH)
def rejoin(request: Request, code: str) -> HttpResponse:
    """Let people join another family again."""
    found = queries.family_for(request.actor, code)

    def then(form: RejoinForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        to = queries.family_for(request.actor, given.pop("to"))
        actions.rejoin_family(request.actor, found, to=to, **given)
        return see(request, "family", to.code, said=_("They live in this family now; the history stays in both."))

    address = reverse("family", args=[code])
    return ask(
        request, RejoinForm(members_called(request, found), request.POST or None), then, cancel=address, back=address,
        back_label=_("Family %(code)s") % {"code": code}, title=_("Join another family"), submit=_("Join"),
        about=queries.about_family(request.actor, found),
    )  # fmt: skip


@page("people/<str:code>/whereabouts/", name="whereabouts", needs="person.edit", methods=BOTH)
def whereabouts(request: Request, code: str) -> HttpResponse:
    """Say where somebody is from a day on."""
    found = queries.person_for(request.actor, code)

    def then(form: WhereaboutsForm) -> HttpResponse:
        actions.say_whereabouts(request.actor, found, **form.cleaned_data)
        return see(request, "person", found.code, said=_("It is recorded where the person is."))

    address = reverse("person", args=[found.code])
    return ask(
        request, WhereaboutsForm(request.POST or None), then, cancel=address, back=address, back_label=found.code,
        title=_("Where the person is"), submit=_("Record"),
        about=queries.about_person(request.actor, found, found.home),
        says=_("Say where, in neutral words; why somebody is there is not kept."),
    )  # fmt: skip
