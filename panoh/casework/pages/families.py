"""Pages: Today, Families, Family, Person, and the steps taken from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from panoh.access.clock import today
from panoh.access.entrances import Request, ask, page, see
from panoh.casework import actions, queries
from panoh.casework.catalogue import catalogue
from panoh.casework.forms import (
    AssignForm,
    AssistanceForm,
    DistrictForm,
    FamiliesFilter,
    NoteForm,
    RelationForm,
    TaskForm,
    VerifyForm,
    VisitForm,
)
from panoh.casework.forms_identity import (
    AddressForm,
    BirthForm,
    BirthParts,
    ContactForm,
    DocumentForm,
    FactForm,
    NameForm,
    PersonForm,
)
from panoh.casework.models import Case, Family, Person

BOTH: Any = ("GET", "POST")


@page("", name="today", needs="today.see")
def today_page(request: Request) -> HttpResponse:
    """Show what is late, due, and waiting for others; with ?show= one of them in full, 50 a page."""
    headings = {"late": _("Late"), "due": _("Due in the next seven days"), "waiting": _("Waiting for others")}
    show = request.GET.get("show", "")
    if show not in headings:
        found = queries.todo(request.actor)
        codes = {item.family_code for item in (*found.late, *found.due, *found.waiting)}
        all_shown = {
            "todo": found, "day": today(), "names": queries.called(request.actor, codes),
            "notices": queries.unseen_notices(request.actor), "stands_in": queries.stands_in_for(request.actor),
        }  # fmt: skip
        return render(request, "casework/today.html", {**all_shown, "has_figures": request.actor.role.scope != "own"})
    number = page_number(request)
    part = queries.part_of(request.actor, show, page=number, size=queries.families.PAGE_ROWS)
    page = Paginator(range(part.count), queries.families.PAGE_ROWS).get_page(number)
    names = queries.called(request.actor, {item.family_code for item in part.items})
    shown = {"names": names, "heading": headings[show], "items": part.items, "page": page, "day": today()}
    return render(request, "casework/today_part.html", shown)


def page_number(request: Request) -> int:
    """Return which page of a list an address asks for; the first if it says nothing that is a number."""
    number = request.GET.get("page", "1")
    return max(1, int(number)) if number.isdecimal() and len(number) < 6 else 1


@page("figures/", name="figures", needs="today.see")
def figures(request: Request) -> HttpResponse:
    """Show what the families in reach need, in figures; htmx asks for the charts alone."""
    is_part = request.headers.get("HX-Request") == "true"
    shown = {"figures": queries.figures(request.actor)}
    return render(request, "casework/figures_part.html" if is_part else "casework/figures.html", shown)


@page("families/", name="families", needs="family.see")
def families(request: Request) -> HttpResponse:
    """Show the families in reach, 50 a page, filtered."""
    form = FamiliesFilter(request.actor, request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    shown = queries.families_page(request.actor, page=page_number(request), **chosen)
    return render(
        request,
        "casework/families.html",
        {
            "form": form,
            "page": shown,
            "filters": _filters(request, form, chosen),
            "may": request.actor.role.permissions,
        },
    )


def _filters(request: Request, form: FamiliesFilter, chosen: dict[str, Any]) -> list[dict[str, str]]:
    """Return each filter that is on: its label, what was chosen, and the address without it."""
    told = []
    for name, value in chosen.items():
        if value in ("", None):
            continue
        words = dict(getattr(form.fields[name], "choices", ()))
        left = request.GET.copy()
        left.pop(name, None)
        left.pop("page", None)
        label, value_label = str(form.fields[name].label), str(words.get(value, value))
        told.append({"label": label, "value": value_label, "url": f"?{left.urlencode()}"})
    return told


@page("families/<str:code>/", name="family", needs="family.see")
def family(request: Request, code: str) -> HttpResponse:
    """Show the file of a family."""
    found = queries.family_for(request.actor, code)
    may = request.actor.role.permissions
    file = queries.family_file(request.actor, found)
    leads = request.actor.leads(found.pk)
    shown = {
        "family": found,
        "file": file,
        "may": may,
        "may_share": "grant.give" in may and leads,
        "may_protect": "family.protect" in may and leads,
    }
    return render(request, "casework/family.html", shown)


@page("people/<str:code>/", name="person", needs="person.see")
def person(request: Request, code: str) -> HttpResponse:
    """Show the file of a person."""
    found = queries.person_for(request.actor, code)
    if found.code != code:
        return see(request, "person", found.code, said=_("%(code)s goes on in this file.") % {"code": code})
    shown = {"person": found, "file": queries.person_file(request.actor, found), "may": request.actor.role.permissions}
    return render(request, "casework/person.html", shown)


def _back(request: Request, family: Family, said: str) -> HttpResponse:
    return see(request, "family", family.code, said=said)


def _ask(
    request: Request, family: Family, form: forms.BaseForm, then: Callable[[Any], HttpResponse], **words: Any
) -> HttpResponse:
    address = reverse("family", args=[family.code])
    if "about" not in words:
        words["about"] = queries.about_family(request.actor, family)
    back = {"back": address, "back_label": _("Family %(code)s") % {"code": family.code}}
    return ask(request, form, then, cancel=address, **back, **words)


def _about(request: Request, case: Case) -> queries.About:
    return queries.about_person(request.actor, case.person, case.family, case)


def _people(request: Request, family: Family, *, cases: bool) -> list[tuple[str, str]]:
    members = queries.family_file(request.actor, family).members
    if cases:
        return [(member.case.code, member.name) for member in members if member.case and member.case.is_open]
    return [(member.person.code, member.name) for member in members]


@page("families/<str:code>/worker/", name="family-assign", needs="case.assign", methods=BOTH)
def assign(request: Request, code: str) -> HttpResponse:
    """Name the lead worker."""
    found = queries.family_for(request.actor, code)

    def then(form: AssignForm) -> HttpResponse:
        actions.assign_family(request.actor, found, **form.cleaned_data)
        return _back(request, found, _("%(name)s leads the work now.") % {"name": form.cleaned_data["worker"]})

    form = AssignForm(request.actor, request.POST or None, initial={"worker": found.worker})
    return _ask(request, found, form, then, title=_("Lead worker"), submit=_("Assign"))


@page("families/<str:code>/district/", name="family-district", needs="family.edit", methods=BOTH)
def settle_district(request: Request, code: str) -> HttpResponse:
    """Record where the family lives."""
    found = queries.family_for(request.actor, code)

    def then(form: DistrictForm) -> HttpResponse:
        actions.settle_district(request.actor, found, **form.cleaned_data)
        return _back(request, found, _("The district is recorded."))

    form = DistrictForm(request.POST or None, initial={"district": found.district})
    return _ask(request, found, form, then, title=_("District"), submit=_("Record"))


@page("families/<str:code>/assistance/new/", name="assistance-new", needs="assistance.give", methods=BOTH)
def give_assistance(request: Request, code: str) -> HttpResponse:
    """Record help that was given."""
    found = queries.family_for(request.actor, code)

    def then(form: AssistanceForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        case = queries.case_for(request.actor, given.pop("case"))
        actions.give_assistance(request.actor, case, **given)
        return see(request, "assistance", code, said=_("The assistance is recorded."))

    form = AssistanceForm(_people(request, found, cases=True), request.POST or None)
    return _ask(request, found, form, then, title=_("Record assistance"), submit=_("Record assistance"))


@page("families/<str:code>/visits/new/", name="visit-new", needs="visit.record", methods=BOTH)
def make_visit(request: Request, code: str) -> HttpResponse:
    """Record a visit, and plan the next."""
    found = queries.family_for(request.actor, code)
    planned = queries.planned_visits(found)

    def then(form: VisitForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        next_on, visit = given.pop("next_on"), given.pop("planned")
        with transaction.atomic():
            actions.make_visit(request.actor, found, visit=planned.get(visit), **given)
            if next_on:
                actions.plan_visit(request.actor, found, kind=given["kind"], on=next_on)
        return _back(request, found, _("The visit is recorded."))

    asked = request.GET.get("visit", "")
    form = VisitForm(planned, request.POST or None, initial={"planned": asked} if asked else None)
    return _ask(request, found, form, then, title=_("Record a visit"), submit=_("Record visit"))


@page("families/<str:code>/notes/new/", name="note-new", needs="note.write", methods=BOTH)
def write_note(request: Request, code: str) -> HttpResponse:
    """Add a note."""
    found = queries.family_for(request.actor, code)

    def then(form: NoteForm) -> HttpResponse:
        actions.write_note(request.actor, found, **form.cleaned_data)
        return _back(request, found, _("The note is added."))

    form = NoteForm(request.actor, request.POST or None)
    return _ask(request, found, form, then, title=_("Add a note"), submit=_("Add note"))


@page("families/<str:code>/tasks/new/", name="task-new", needs="task.write", methods=BOTH)
def set_task(request: Request, code: str) -> HttpResponse:
    """Set a task."""
    found = queries.family_for(request.actor, code)

    def then(form: TaskForm) -> HttpResponse:
        actions.set_task(request.actor, found, **form.cleaned_data)
        return _back(request, found, _("The task is set."))

    form = TaskForm(request.actor, found, request.POST or None)
    return _ask(request, found, form, then, title=_("Set a task"), submit=_("Set task"))


@page("families/<str:code>/relationships/new/", name="relationship-new", needs="relationship.state", methods=BOTH)
def state_relationship(request: Request, code: str) -> HttpResponse:
    """Record how two members are related."""
    found = queries.family_for(request.actor, code)

    def then(form: RelationForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        subject, other = (queries.person_for(request.actor, given.pop(name)) for name in ("subject", "other"))
        actions.state_relationship(request.actor, subject, other=other, **given)
        return _back(request, found, _("The relationship is recorded."))

    form = RelationForm(_people(request, found, cases=False), request.POST or None)
    return _ask(
        request,
        found,
        form,
        then,
        title=_("Record a relationship"),
        submit=_("Record relationship"),
        body="casework/relation_fields.html",
    )


@page(
    "families/<str:code>/relationships/<int:number>/verify/",
    name="relationship-verify",
    needs="relationship.verify",
    methods=BOTH,
)
def verify_relationship(request: Request, code: str, number: int) -> HttpResponse:
    """Verify a relationship by evidence."""
    found = queries.family_for(request.actor, code)
    relation = queries.relationship_for(found, number)

    def then(form: Any) -> HttpResponse:
        actions.verify_relationship(request.actor, found, relationship=relation, **form.cleaned_data)
        return _back(request, found, _("The relationship is verified."))

    names = dict(_people(request, found, cases=False))
    said = (relation.subject.code, catalogue().label("relationship_kinds", relation.kind), relation.other.code)
    says = " ".join(names.get(word, word) for word in said)
    form = VerifyForm(request.POST or None, initial={"evidence": relation.evidence})
    return _ask(request, found, form, then, title=_("Verify a relationship"), submit=_("Verify"), says=says)


# --- a person ----------------------------------------------------------------------------------------------------


@page("people/<str:code>/correct/", name="person-correct", needs="person.edit", methods=BOTH)
def correct_person(request: Request, code: str) -> HttpResponse:
    """Correct sex, nationality, and whether a child is alone."""
    found = queries.person_for(request.actor, code)

    def then(form: PersonForm) -> HttpResponse:
        actions.correct_person(request.actor, found, **form.cleaned_data)
        return see(request, "person", found.code, said=_("The person's data are corrected."))

    initial = {"sex": found.sex, "nationality": found.nationality, "is_alone": found.is_alone}
    form = PersonForm(request.POST or None, initial=initial)
    return _ask_of_person(request, found, form, then, title=_("Correct"), submit=_("Correct"))


@page("people/<str:code>/birth/", name="person-birth", needs="person.edit", methods=BOTH)
def settle_birth(request: Request, code: str) -> HttpResponse:
    """Put a birth date right."""
    found = queries.person_for(request.actor, code)
    known = queries.person_file(request.actor, found).facts.birth

    def then(form: BirthForm) -> HttpResponse:
        told = {name: form.cleaned_data[name] for name in ("source", "seen")}
        actions.settle_birth(request.actor, found, **form.birth(), **told)
        return see(request, "person", code, said=_("The birth date is recorded."))

    says = _("The list says “%(written)s”.") % {"written": known.written} if known.written else ""
    form = BirthForm(request.POST or None, initial={name: getattr(known, name) for name in BirthParts.base_fields})
    return _ask_of_person(request, found, form, then, title=_("Birth date"), submit=_("Record"), says=says)


def _ask_of_person(
    request: Request, person: Person, form: forms.BaseForm, then: Callable[[Any], HttpResponse], **words: Any
) -> HttpResponse:
    return ask(request, form, then, cancel=reverse("person", args=[person.code]), under=person.code, **words)


def _add_fact(request: Request, code: str, form: FactForm, title: str) -> HttpResponse:
    found = queries.person_for(request.actor, code)

    def then(form: FactForm) -> HttpResponse:
        actions.add_fact(request.actor, found, fact=form.fact())
        return see(request, "person", code, said=_("It is added to the person's file."))

    return _ask_of_person(request, found, form, then, title=title, submit=_("Add"))


@page("people/<str:code>/names/new/", name="name-new", needs="person.edit", methods=BOTH)
def add_name(request: Request, code: str) -> HttpResponse:
    """Add one more name of a person."""
    return _add_fact(request, code, NameForm(request.POST or None), _("Add a name"))


@page("people/<str:code>/documents/new/", name="document-new", needs="person.edit", methods=BOTH)
def add_document(request: Request, code: str) -> HttpResponse:
    """Add a document that was seen."""
    return _add_fact(request, code, DocumentForm(request.POST or None), _("Add a document"))


@page("people/<str:code>/contacts/new/", name="contact-new", needs="person.edit", methods=BOTH)
def add_contact(request: Request, code: str) -> HttpResponse:
    """Add a way to reach a person."""
    return _add_fact(request, code, ContactForm(request.POST or None), _("Add a contact"))


@page("people/<str:code>/addresses/new/", name="address-new", needs="person.edit", methods=BOTH)
def add_address(request: Request, code: str) -> HttpResponse:
    """Add a place where a person lives or comes from."""
    return _add_fact(request, code, AddressForm(request.POST or None), _("Add an address"))
