"""Pages: Today, Families, Family, Person, and the steps taken from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.access.clock import today
from panoh.access.entrances import Request, ask, page, see
from panoh.access.refusals import Refusal
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
    NameForm,
    NoteForm,
    OutcomeForm,
    PersonForm,
    RelationForm,
    StepForm,
    TaskForm,
    VerifyForm,
    VisitForm,
)
from panoh.casework.forms_people import MoveForm
from panoh.casework.models import Case, Family, Need, Person, PlanItem

BOTH: Any = ("GET", "POST")


@page("", name="today", needs="today.see")
def today_page(request: Request) -> HttpResponse:
    """Show what is late, due, and waiting for others; with ?show= one of them in full, 50 a page."""
    headings = {"late": _("Late"), "due": _("Due in the next seven days"), "waiting": _("Waiting for others")}
    show = request.GET.get("show", "")
    if show not in headings:
        found = queries.todo(request.actor)
        codes = {item.family_code for item in (*found.late, *found.due, *found.waiting)}
        all_shown = {"todo": found, "day": today(), "names": queries.called(request.actor, codes)}
        return render(request, "casework/today.html", {**all_shown, "has_figures": request.actor.role.scope != "own"})
    number = _page_number(request)
    part = queries.part_of(request.actor, show, page=number, size=queries.families.PAGE_ROWS)
    page = Paginator(range(part.count), queries.families.PAGE_ROWS).get_page(number)
    names = queries.called(request.actor, {item.family_code for item in part.items})
    shown = {"names": names, "heading": headings[show], "items": part.items, "page": page, "day": today()}
    return render(request, "casework/today_part.html", shown)


def _page_number(request: Request) -> int:
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
    shown = queries.families_page(request.actor, page=_page_number(request), **chosen)
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
    shown = {"family": found, "file": queries.family_file(request.actor, found), "may": request.actor.role.permissions}
    return render(request, "casework/family.html", shown)


@page("people/<str:code>/", name="person", needs="person.see")
def person(request: Request, code: str) -> HttpResponse:
    """Show the file of a person."""
    found = queries.person_for(request.actor, code)
    if found.code != code:
        return see(request, "person", found.code, said=_("%(code)s goes on in this file.") % {"code": code})
    return render(request, "casework/person.html", {"person": found, "file": queries.person_file(request.actor, found)})


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
    form = VisitForm(planned, request.POST or None, initial={"planned": asked} if asked else None)
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

    form = TaskForm(request.actor, found, request.POST or None)
    return _ask(request, found, form, then, title=_("Set a task"), submit=_("Set task"))


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
        evidence = form.cleaned_data["evidence"]
        actions.verify_relationship(request.actor, found, relationship=relation, evidence=evidence)
        return _back(request, found, _("The relationship is verified."))

    names = dict(_people(request, found, cases=False))
    said = (relation.subject.code, catalogue().label("relationship_kinds", relation.kind), relation.other.code)
    says = " ".join(names.get(word, word) for word in said)
    form = VerifyForm(request.POST or None)
    return _ask(request, found, form, then, title=_("Verify a relationship"), submit=_("Verify"), says=says)


# --- a case ------------------------------------------------------------------------------------------------------


def _of_case(request: Request, code: str) -> tuple[Case, Family]:
    case = queries.case_for(request.actor, code)
    return case, case.family


@page("cases/<str:code>/stage/", name="case-move", needs="case.move", methods=BOTH)
def move_case(request: Request, code: str) -> HttpResponse:
    """Bring a case to its next stage, alone or with others of the family, or open a closed one again."""
    case, found = _of_case(request, code)
    now = catalogue().stage_numbered(case.stage)
    along = _at_stage(request, case) if case.is_open else []
    labels = dict(along)

    def then(form: MoveForm) -> HttpResponse:
        to, on = form.cleaned_data["to"], form.cleaned_data["on"]
        label = catalogue().stage(to).label
        if not case.is_open:
            actions.reopen_case(request.actor, case, to=to, on=on)
            return _back(request, found, _("The case is now at “%(stage)s”.") % {"stage": label})
        chosen = form.cleaned_data.get("people") or [case.code]
        if chosen == [case.code]:
            actions.move_case(request.actor, case, to=to, on=on)
            return _back(request, found, _("The case is now at “%(stage)s”.") % {"stage": label})
        cases = [queries.case_for(request.actor, one) for one in chosen]
        went, stay = actions.move_family(request.actor, found, cases=cases, to=to, on=on)
        if not went:
            for one, why in stay:
                form.add_error(None, f"{labels[one.code]}: {why}")
            return render(request, "form.html", {"form": form, **words}, status=409)
        return _went(request, found, label, went, stay)

    everybody = [one for one, _name in along] if "all" in request.GET else [case.code]
    form = MoveForm(now, along, request.POST or None, initial={"people": everybody})
    title = _("Next stage") if case.is_open else _("Open the case again")
    back = reverse("family", args=[found.code])
    words: dict[str, Any] = {
        "title": title, "submit": title, "about": _about(request, case), "cancel": back, "back": back,
        "back_label": _("Family %(code)s") % {"code": found.code},
    }  # fmt: skip
    return ask(request, form, then, **words)


def _at_stage(request: Request, case: Case) -> list[tuple[str, str]]:
    """Return the open cases of the family at the stage of this one: its code, and the member's name."""
    members = queries.family_file(request.actor, case.family).members
    open_cases = [(member.case, member.name) for member in members if member.case and member.case.is_open]
    return [(one.code, name) for one, name in open_cases if one.stage == case.stage]


def _went(
    request: Request, family: Family, label: str, went: list[Case], stay: list[tuple[Case, Refusal]]
) -> HttpResponse:
    said = ngettext("%(n)s person is now at “%(stage)s”.", "%(n)s people are now at “%(stage)s”.", len(went))
    for one, why in stay:
        messages.warning(request, _("%(person)s stays: %(why)s") % {"person": one.person.code, "why": why})
    return _back(request, family, said % {"n": len(went), "stage": label})


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
        about=_about(request, case),
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

    says = _("Begin with what goes well. Say for each part of life whether help is needed, and how soon.")
    known = {need.domain: need for need in case.needs.filter(state=Need.State.OPEN).order_by("-urgency")}
    return _ask(
        request,
        found,
        AssessmentForm(about, request.POST or None, known=known),
        then,
        about=_about(request, case),
        body="casework/assess_fields.html",
        wide=True,
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
        StepForm(request.actor, need.case.family, request.POST or None),
        then,
        about=_about(request, need.case),
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
        about=_about(request, step.need.case),
        says=_step_in_words(step),
        title=_("How did the step end?"),
        submit=_("Record outcome"),
    )


def _step_in_words(step: PlanItem) -> str:
    words = catalogue()
    return f"{words.label('domains', step.need.domain)}: {words.label('services', step.service)}"


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
