"""Pages: Today, Families, Family, Person, and the steps taken from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
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
    AddressForm,
    AssessmentForm,
    AssignForm,
    AssistanceForm,
    BirthForm,
    BirthParts,
    CloseForm,
    ContactForm,
    DistrictForm,
    DocumentForm,
    FactForm,
    FamiliesFilter,
    MoveForm,
    NameForm,
    NoteForm,
    OutcomeForm,
    PersonForm,
    RelationForm,
    StepForm,
    TaskForm,
    VisitForm,
)
from panoh.casework.models import Case, Family, Person

BOTH: Any = ("GET", "POST")


@page("", name="today", needs="today.see")
def today_page(request: Request) -> HttpResponse:
    """Show what is late, due, and waiting for others."""
    found = queries.todo(request.actor)
    return render(request, "casework/today.html", {"todo": found, "day": today()})


@page("families/", name="families", needs="family.see")
def families(request: Request) -> HttpResponse:
    """Show the families in reach, 50 a page, filtered."""
    form = FamiliesFilter(request.actor, request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    number = request.GET.get("page", "1")
    page_number = max(1, int(number)) if number.isdecimal() and len(number) < 6 else 1
    shown = queries.families_page(request.actor, page=page_number, **chosen)
    return render(
        request,
        "casework/families.html",
        {"form": form, "page": shown, "is_filtered": any(value not in ("", None) for value in chosen.values())},
    )


@page("families/<str:code>/", name="family", needs="family.see")
def family(request: Request, code: str) -> HttpResponse:
    """Show the file of a family."""
    found = queries.family_for(request.actor, code)
    shown = {"family": found, "file": queries.family_file(request.actor, found), "may": request.actor.role.permissions}
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
    return ask(request, form, then, cancel=reverse("family", args=[family.code]), under=family.code, **words)


def _people(request: Request, family: Family, *, cases: bool) -> list[tuple[str, str]]:
    members = queries.family_file(request.actor, family).members
    if cases:
        return [(member.case.code, member.name) for member in members if member.case]
    return [(member.person.code, member.name) for member in members]


@page("families/<str:code>/worker/", name="family-assign", needs="case.assign", methods=BOTH)
def assign(request: Request, code: str) -> HttpResponse:
    """Name the lead worker."""
    found = queries.family_for(request.actor, code)

    def then(form: AssignForm) -> HttpResponse:
        actions.assign_family(request.actor, found, worker=form.cleaned_data["worker"])
        return _back(request, found, _("%(name)s leads the work now.") % {"name": form.cleaned_data["worker"]})

    form = AssignForm(request.actor, request.POST or None, initial={"worker": found.worker_id})
    return _ask(request, found, form, then, title=_("Lead worker"), submit=_("Assign"))


@page("families/<str:code>/district/", name="family-district", needs="family.edit", methods=BOTH)
def settle_district(request: Request, code: str) -> HttpResponse:
    """Record where the family lives."""
    found = queries.family_for(request.actor, code)

    def then(form: DistrictForm) -> HttpResponse:
        actions.settle_district(request.actor, found, district=form.cleaned_data["district"])
        return _back(request, found, _("The district is recorded."))

    form = DistrictForm(request.POST or None, initial={"district": found.district_id})
    return _ask(request, found, form, then, title=_("District"), submit=_("Record"))


@page("families/<str:code>/assistance/new/", name="assistance-new", needs="assistance.give", methods=BOTH)
def give_assistance(request: Request, code: str) -> HttpResponse:
    """Record help that was given."""
    found = queries.family_for(request.actor, code)

    def then(form: AssistanceForm) -> HttpResponse:
        given = dict(form.cleaned_data)
        case = queries.case_for(request.actor, given.pop("case"))
        actions.give_assistance(request.actor, case, **given)
        return _back(request, found, _("The assistance is recorded."))

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
    form = VisitForm(planned, request.POST or None, initial={"planned": asked or next(iter(planned), "")})
    return _ask(request, found, form, then, title=_("Record a visit"), submit=_("Record visit"))


@page("families/<str:code>/notes/new/", name="note-new", needs="note.write", methods=BOTH)
def write_note(request: Request, code: str) -> HttpResponse:
    """Add a note."""
    found = queries.family_for(request.actor, code)

    def then(form: NoteForm) -> HttpResponse:
        actions.write_note(request.actor, found, text=form.cleaned_data["text"])
        return _back(request, found, _("The note is added."))

    return _ask(request, found, NoteForm(request.POST or None), then, title=_("Add a note"), submit=_("Add note"))


@page("families/<str:code>/tasks/new/", name="task-new", needs="task.write", methods=BOTH)
def set_task(request: Request, code: str) -> HttpResponse:
    """Set a task."""
    found = queries.family_for(request.actor, code)

    def then(form: TaskForm) -> HttpResponse:
        actions.set_task(request.actor, found, **form.cleaned_data)
        return _back(request, found, _("The task is set."))

    return _ask(
        request, found, TaskForm(request.actor, request.POST or None), then, title=_("Set a task"), submit=_("Set task")
    )


@page("families/<str:code>/relationships/new/", name="relationship-new", needs="relationship.state", methods=BOTH)
def state_relationship(request: Request, code: str) -> HttpResponse:
    """Record how two members are related."""
    found = queries.family_for(request.actor, code)

    def then(form: RelationForm) -> HttpResponse:
        given = form.cleaned_data
        subject, other = (queries.person_for(request.actor, given[name]) for name in ("subject", "other"))
        actions.state_relationship(request.actor, subject, kind=given["kind"], other=other, evidence=given["evidence"])
        return _back(request, found, _("The relationship is recorded."))

    form = RelationForm(_people(request, found, cases=False), request.POST or None)
    return _ask(request, found, form, then, title=_("Record a relationship"), submit=_("Record relationship"))


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
        evidence = form.cleaned_data["evidence"]
        actions.verify_relationship(request.actor, found, relationship=relation, evidence=evidence)
        return _back(request, found, _("The relationship is verified."))

    people = [(relation.subject.code, relation.subject.code)]
    form = RelationForm(people, request.POST or None)
    for name in ("subject", "other", "kind"):
        del form.fields[name]
    return _ask(request, found, form, then, title=_("Verify a relationship"), submit=_("Verify"))


# --- a case ------------------------------------------------------------------------------------------------------


def _of_case(request: Request, code: str) -> tuple[Case, Family]:
    case = queries.case_for(request.actor, code)
    return case, case.family


@page("cases/<str:code>/stage/", name="case-move", needs="case.move", methods=BOTH)
def move_case(request: Request, code: str) -> HttpResponse:
    """Bring a case to its next stage, or open a closed one again."""
    case, found = _of_case(request, code)
    stage = catalogue().stage_numbered(case.stage)

    def then(form: MoveForm) -> HttpResponse:
        step = actions.move_case if case.is_open else actions.reopen_case
        moved = step(request.actor, case, **form.cleaned_data)
        label = catalogue().stage_numbered(moved.stage).label
        return _back(request, found, _("The case is now at “%(stage)s”.") % {"stage": label})

    form = MoveForm([catalogue().stage(code) for code in stage.next], request.POST or None)
    title = _("Next stage") if case.is_open else _("Open the case again")
    return _ask(request, found, form, then, title=title, submit=title)


@page("cases/<str:code>/close/", name="case-close", needs="case.close", methods=BOTH)
def close_case(request: Request, code: str) -> HttpResponse:
    """Close a case."""
    case, found = _of_case(request, code)

    def then(form: CloseForm) -> HttpResponse:
        actions.close_case(request.actor, case, **form.cleaned_data)
        return _back(request, found, _("The case is closed. It can be opened again."))

    says = _("Closing ends the reminders of this case. Its history stays, and it can be opened again.")
    return _ask(
        request,
        found,
        CloseForm(request.POST or None),
        then,
        title=_("Close the case"),
        submit=_("Close case"),
        says=says,
    )


@page("cases/<str:code>/assess/", name="case-assess", needs="need.record", methods=BOTH)
def assess(request: Request, code: str) -> HttpResponse:
    """Assess how a person is doing."""
    case, found = _of_case(request, code)
    about = "child" if queries.is_child(case.person) else "adult"

    def then(form: AssessmentForm) -> HttpResponse:
        given = {name: form.cleaned_data[name] for name in ("on", "own_view", "not_asked_because")}
        actions.assess(request.actor, case, found=form.found(), **given)
        return _back(request, found, _("The assessment is kept; each need now waits for a step."))

    says = _("Begin with what goes well. Say for each domain whether help is needed, and how soon.")
    return _ask(
        request,
        found,
        AssessmentForm(about, request.POST or None),
        then,
        title=_("Assess"),
        submit=_("Keep assessment"),
        says=says,
    )


@page("needs/<str:code>/steps/new/", name="step-new", needs="plan.write", methods=BOTH)
def plan_step(request: Request, code: str) -> HttpResponse:
    """Plan a step for a need."""
    need = queries.need_for(request.actor, code)

    def then(form: StepForm) -> HttpResponse:
        actions.plan_step(request.actor, need, **form.cleaned_data)
        return _back(request, need.case.family, _("The step is planned."))

    title = _("Plan a step: %(domain)s") % {"domain": catalogue().label("domains", need.domain)}
    return _ask(
        request,
        need.case.family,
        StepForm(request.actor, request.POST or None),
        then,
        title=title,
        submit=_("Plan step"),
    )


@page("needs/<str:code>/settle/", name="need-settle", needs="need.record", methods=("POST",))
def settle_need(request: Request, code: str) -> HttpResponse:
    """Say that a need is met, or no longer there."""
    need = queries.need_for(request.actor, code)
    actions.settle_need(request.actor, need, met=request.POST.get("met") == "1")
    return _back(request, need.case.family, _("The need is settled."))


@page("steps/<str:code>/outcome/", name="step-outcome", needs="plan.write", methods=BOTH)
def settle_step(request: Request, code: str) -> HttpResponse:
    """Record how a step ended."""
    step = queries.step_for(request.actor, code)
    found = step.need.case.family

    def then(form: OutcomeForm) -> HttpResponse:
        actions.settle_step(request.actor, step, **form.cleaned_data)
        return _back(request, found, _("The outcome is recorded."))

    return _ask(
        request,
        found,
        OutcomeForm(request.POST or None),
        then,
        title=_("How did the step end?"),
        submit=_("Record outcome"),
    )


@page("tasks/<str:code>/done/", name="task-done", needs="task.write", methods=("POST",))
def do_task(request: Request, code: str) -> HttpResponse:
    """Say that a task is done."""
    task = queries.task_for(request.actor, code)
    actions.do_task(request.actor, task)
    return _back(request, task.family, _("The task is done."))


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
        actions.settle_birth(request.actor, found, **form.birth(), source=form.cleaned_data["source"])
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
