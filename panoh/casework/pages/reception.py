"""Pages: reception of the group that a passenger list brought."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panoh.access.entrances import Request, ask, page, see
from panoh.access.meanwhile import ChangedMeanwhile
from panoh.access.refusals import NotThere
from panoh.casework import actions
from panoh.casework.forms_lists import LateForm, MedicalForm, PapersForm, RoomsForm, StartForm, shown
from panoh.casework.models import ArrivalList, Reception
from panoh.casework.queries.reach import list_for
from panoh.casework.queries.reception import (
    ReceptionSheet,
    people_waiting,
    reception_for,
    reception_sheet,
    waiting_for_reception,
)

BOTH: Any = ("GET", "POST")
BODY: dict[str, Any] = {"body": "casework/people_fields.html", "wide": True}
# What the count beside the button calls those who are ticked, and the others.
EXCEPT = BODY | {"ticked": gettext_lazy("not seen"), "unticked": gettext_lazy("seen")}
LATE = BODY | {"ticked": gettext_lazy("arrived"), "unticked": gettext_lazy("still away")}
PAPERS = BODY | {"ticked": gettext_lazy("left as they are"), "unticked": gettext_lazy("recorded")}
ABSENT = BODY | {"ticked": gettext_lazy("did not come"), "unticked": gettext_lazy("received")}


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


@page("arrivals/<str:code>/reception/start/", name="reception-start", needs="reception.run", methods=BOTH)
def start(request: Request, code: str) -> HttpResponse:
    """Receive everybody on a confirmed passenger list, except those who did not come."""
    found = list_for(request.actor, code)
    if found.kind != ArrivalList.Kind.PASSENGER or found.state != ArrivalList.State.CONFIRMED:
        raise NotThere

    def then(form: StartForm) -> HttpResponse:
        actions.receive_list(request.actor, found, **form.cleaned_data)
        return see(request, "reception", code, said=_("The group is received."))

    form = StartForm(people_waiting(request.actor, found), _sent(request))
    says = "" if form.places else _("No agency is a reception centre yet. Register one in Settings first.")
    address = reverse("list", args=[code])
    return ask(
        request, form, then, title=_("Receive the group"), submit=_("Receive them"), says=says, cancel=address,
        back=address, back_label=_("List %(code)s") % {"code": code}, **ABSENT,
    )  # fmt: skip


@page("arrivals/<str:code>/reception/", name="reception", needs="reception.run")
def reception(request: Request, code: str) -> HttpResponse:
    """Show the group in reception, family by family."""
    try:
        found = reception_for(request.actor, code)
    except NotThere:
        return redirect("reception-start", list_for(request.actor, code).code)
    sheet = reception_sheet(request.actor, found)
    return _sheet_page(request, found, sheet, RoomsForm(_rooms(sheet)))


def _sheet_page(
    request: Request, found: Reception, sheet: ReceptionSheet, form: RoomsForm, status: int = 200
) -> HttpResponse:
    families = [(family, form[family.code] if family.is_present else None) for family in sheet.families]
    words = {"reception": found, "list": found.arrival_list, "sheet": sheet, "counts": sheet.counts}
    words["waiting"] = waiting_for_reception(found.arrival_list).count()
    return render(request, "casework/reception.html", {**words, "families": families, "form": form}, status=status)


def _rooms(sheet: ReceptionSheet) -> dict[str, str]:
    return {family.code: family.room for family in sheet.families if family.is_present}


@page("arrivals/<str:code>/reception/rooms/", name="reception-rooms", needs="reception.run", methods=("POST",))
def rooms(request: Request, code: str) -> HttpResponse:
    """Give the families their rooms, all in one form."""
    found = reception_for(request.actor, code)
    sheet = reception_sheet(request.actor, found)
    form = RoomsForm(_rooms(sheet), request.POST)
    if not form.is_valid():
        return _sheet_page(request, found, sheet, form, status=422)
    changed = form.changed()
    try:
        actions.give_rooms(request.actor, found, rooms=changed, seen=form.cleaned_data["seen"])
    except ChangedMeanwhile as refusal:
        form.meet(refusal)
        return _sheet_page(request, found, sheet, form, status=refusal.status)
    said = ngettext("%(n)s family has a changed room.", "%(n)s families have a changed room.", len(changed))
    return see(request, "reception", code, said=said % {"n": len(changed)})


def _ask(
    request: Request, found: Reception, form: Any, then: Callable[[Any], HttpResponse], **words: Any
) -> HttpResponse:
    code = found.arrival_list.code
    address = reverse("reception", args=[code])
    back = {"cancel": address, "back": address, "back_label": _("Reception of list %(code)s") % {"code": code}}
    return ask(request, form, then, **back, **words)


@page("arrivals/<str:code>/reception/medical/", name="reception-medical", needs="reception.run", methods=BOTH)
def medical(request: Request, code: str) -> HttpResponse:
    """Record the medical check of everybody present, except some."""
    found = reception_for(request.actor, code)
    people = reception_sheet(request.actor, found).people
    waiting = [person for person in people if person.entry.is_present and person.entry.medical_check_on is None]

    def then(form: MedicalForm) -> HttpResponse:
        number = actions.check_medically(request.actor, found, **form.cleaned_data)
        said = ngettext(
            "The medical check of %(n)s person is recorded.", "The medical check of %(n)s people is recorded.", number
        )
        return see(request, "reception", code, said=said % {"n": number})

    form = MedicalForm(shown(waiting), _sent(request))
    says = "" if waiting else _("Everybody present was checked already.")
    return _ask(request, found, form, then, title=_("Medical check"), submit=_("Record the check"), says=says, **EXCEPT)


@page("arrivals/<str:code>/reception/late/", name="reception-late", needs="reception.run", methods=BOTH)
def late(request: Request, code: str) -> HttpResponse:
    """Receive people who did not arrive with the group and came later."""
    found = reception_for(request.actor, code)
    absent = [person for person in reception_sheet(request.actor, found).people if not person.entry.is_present]

    def then(form: LateForm) -> HttpResponse:
        number = actions.receive_late(request.actor, found, **form.cleaned_data)
        said = ngettext("%(n)s person is received.", "%(n)s people are received.", number)
        return see(request, "reception", code, said=said % {"n": number})

    form = LateForm(shown(absent), _sent(request))
    says = "" if absent else _("Everybody of this group arrived.")
    return _ask(request, found, form, then, title=_("Arrived later"), submit=_("Receive them"), says=says, **LATE)


@page("arrivals/<str:code>/reception/papers/", name="reception-papers", needs="reception.run", methods=BOTH)
def papers(request: Request, code: str) -> HttpResponse:
    """Record which papers everybody present lacks, except some."""
    found = reception_for(request.actor, code)
    people = [person for person in reception_sheet(request.actor, found).people if person.entry.is_present]

    def then(form: PapersForm) -> HttpResponse:
        number = actions.note_missing_documents(request.actor, found, **form.cleaned_data)
        said = ngettext("Recorded for %(n)s person.", "Recorded for %(n)s people.", number)
        return see(request, "reception", code, said=said % {"n": number})

    form = PapersForm(shown(people), _sent(request))
    says = _(
        "This replaces what was recorded before, for everybody who is not ticked below."
        " No paper ticked: nothing is missing."
    )
    return _ask(request, found, form, then, title=_("Missing papers"), submit=_("Record"), says=says, **PAPERS)
