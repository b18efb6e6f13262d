"""Forms of casework: what may be entered, in the words of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.meanwhile import EditForm
from panoh.access.models import Agency, District, Staff
from panoh.access.queries import districts, staff_of
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Family, Programme, Visit

DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
PARTS = ("year", "month", "day")
PRECISIONS = (
    ("day", _("the day is known")),
    ("month", _("only year and month are known")),
    ("year", _("only the year is known")),
    ("about", _("about this year")),
    ("unknown", _("not known")),
)


CHOOSE = _("Choose…")
MOST_LETTERS = 20_000
NEAR_DAYS = 7


def choices_of(words: str, *, empty: Any = "") -> list[tuple[str, Any]]:
    """Return code and label of each entry of a list of words, after an empty one if its words are given."""
    return ([("", empty)] if empty else []) + catalogue().choices(words)


def services() -> list[tuple[Any, Any]]:
    """Return the services under their kinds."""
    words = catalogue()
    kinds: dict[str, list[tuple[str, str]]] = {entry.code: [] for entry in words.assistance_kinds}
    for service in words.services:
        kinds[service.kind].append((service.code, service.label))
    under = [(words.label("assistance_kinds", kind), entries) for kind, entries in kinds.items() if entries]
    return [("", CHOOSE), *under]


class Words(forms.CharField):
    """A longer text, up to 20,000 letters."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **kwargs)
        self.widget.attrs.pop("maxlength", None)  # the browser would cut what is pasted, and say nothing


@dataclass(frozen=True)
class Fieldset:
    """Fields of a form that stand together under a heading."""

    heading: Any
    names: tuple[str, ...]


def _able(actor: Actor, family: Family) -> QuerySet[Staff]:
    """Return the colleagues who can open the family's file, so that what they are given is not lost to sight."""
    return Staff.objects.filter(pk__in=[staff.pk for staff in staff_of(actor) if Actor.of(staff).reaches(family)])


class Day(forms.DateField):
    """A civil day, chosen with the browser's own calendar; where there is none, written with the day first."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DAY_FORMATS)
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Write the day first, then month and year, such as 31.12.2026.")


class LongSelect(forms.Select):
    """A choice among hundreds, written in one go: a template per option takes most of a page's time."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the element."""
        chosen = str(value if value is not None else "")
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, " selected" if str(code) == chosen else "", label) for code, label in self.choices),
        )
        return format_html("<select{}>{}</select>", flatatt({"name": name, **self.attrs, **(attrs or {})}), options)


class FamiliesFilter(forms.Form):
    """Filters of the list of families."""

    stage = forms.TypedChoiceField(label=_("Stage"), required=False, coerce=int, empty_value=None)
    district = forms.TypedChoiceField(
        label=_("District"), required=False, coerce=int, empty_value=None, widget=LongSelect
    )
    worker = forms.TypedChoiceField(
        label=_("Lead worker"), required=False, coerce=int, empty_value=None, widget=LongSelect
    )
    need = forms.ChoiceField(label=_("Open need"), required=False)
    code = forms.CharField(label=_("Code"), required=False, max_length=12)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("all"))]
        self.fields["stage"].choices = everything + [(stage.number, stage.label) for stage in catalogue().stages]  # type: ignore[attr-defined]
        self.fields["district"].choices = everything + [(place.pk, str(place)) for place in districts()]  # type: ignore[attr-defined]
        workers = staff_of(actor).values_list("pk", "display_name")
        self.fields["worker"].choices = [*everything, (0, _("not assigned")), *workers]  # type: ignore[attr-defined]
        self.fields["need"].choices = everything + choices_of("domains")  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """Return the code as codes are written."""
        return str(self.cleaned_data["code"]).strip().upper()


class AssignForm(EditForm):
    """Who leads the work with a family."""

    worker = forms.ModelChoiceField(label=_("Lead worker"), queryset=Staff.objects.none())

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = staff_of(actor)  # type: ignore[attr-defined]
        self.keep_choosable(self.initial)


class DistrictForm(EditForm):
    """Where a family lives."""

    district = forms.ModelChoiceField(label=_("District where the family lives"), queryset=District.objects.all())


class CloseForm(forms.Form):
    """Why and how a case closes."""

    reason = forms.ChoiceField(
        label=_("Why the case closes"),
        choices=lambda: [
            ("", CHOOSE),
            *((one.code, one.label) for one in catalogue().closing_reasons if one.by_hand),
        ],
    )
    circumstance = forms.ChoiceField(
        label=_("How the person lives now"), choices=lambda: choices_of("closing_circumstances", empty=CHOOSE)
    )
    note = Words(
        label=_("Closing note"),
        help_text=_("What was reached, and whom the family can call."),
    )


class StepForm(forms.Form):
    """One step of the plan."""

    service = forms.ChoiceField(label=_("Service"), choices=services)
    provider = forms.ModelChoiceField(
        label=_("Who provides it"), queryset=Agency.objects.filter(is_active=True), required=False
    )
    responsible = forms.ModelChoiceField(label=_("Who sees to it"), queryset=Staff.objects.none(), required=False)
    due = Day(
        label=_("By when"),
        required=False,
        help_text=_("An urgent need is covered only by a step with an owner and a date."),
    )

    def __init__(self, actor: Actor, family: Family, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = _able(actor, family)  # type: ignore[attr-defined]
        self.fields["responsible"].initial = actor.staff_id


class StepChangeForm(EditForm, StepForm):
    """A step of the plan that is put right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep_choosable(self.initial)


class OutcomeForm(forms.Form):
    """How a step ended."""

    outcome = forms.ChoiceField(label=_("How it ended"), choices=lambda: choices_of("step_outcomes", empty=CHOOSE))
    on = Day(label=_("On"), initial=today)


class AssistanceForm(forms.Form):
    """Help that was given."""

    case = forms.ChoiceField(label=_("To whom"))
    service = forms.ChoiceField(label=_("What"), choices=services)
    quantity = forms.DecimalField(label=_("How much"), max_digits=12, decimal_places=2)
    unit = forms.ChoiceField(label=_("Unit"), choices=lambda: choices_of("units", empty=CHOOSE))
    currency = forms.ChoiceField(
        label=_("Currency, for money"), required=False, choices=lambda: choices_of("currencies", empty="–")
    )
    on = Day(label=_("Given on"), initial=today)
    agency = forms.ModelChoiceField(label=_("Given by"), queryset=Agency.objects.filter(is_active=True), required=False)
    programme = forms.ModelChoiceField(
        label=_("Out of which programme"), queryset=Programme.objects.none(), required=False, to_field_name="code",
        empty_label="–",
    )  # fmt: skip
    although = forms.ChoiceField(
        label=_("If another agency gave the same: why again"), required=False,
        choices=lambda: choices_of("twice_reasons", empty="–"),
    )  # fmt: skip

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_now = Programme.objects.filter(ended_on=None, since__lte=today(), until__gte=today()).order_by("name")
        self.fields["programme"].queryset = open_now  # type: ignore[attr-defined]
        self.fields["case"].choices = people if len(people) == 1 else [("", CHOOSE), *people]  # type: ignore[attr-defined]


class VisitForm(forms.Form):
    """A visit that was made, planned before or not."""

    planned = forms.ChoiceField(label=_("Which visit"), required=False)
    kind = forms.ChoiceField(label=_("Kind of visit"), choices=lambda: choices_of("visit_kinds"), initial="follow_up")
    on = Day(label=_("Day"), initial=today)
    report = Words(label=_("How the family is doing"), required=False)
    next_on = Day(label=_("Next visit"), required=False)

    def __init__(self, planned: Mapping[str, Visit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = catalogue()
        choices = [
            (number, f"{words.label('visit_kinds', visit.kind)}, {date_format(visit.planned_on or today())}")
            for number, visit in planned.items()
        ]
        no_choice = ("", _("none of these: it was not planned"))
        self.fields["planned"].choices = [no_choice, *choices]  # type: ignore[attr-defined]
        self.fields["planned"].initial = near(planned)
        if not choices:
            del self.fields["planned"]

    def clean(self) -> dict[str, Any]:
        """Return what was entered; without a planned visit there is none to choose."""
        return {"planned": "", **self.cleaned_data}


def near(planned: Mapping[str, Visit]) -> str:
    """Return the number of the visit that a visit of today most likely is: planned within a week; else none."""
    week = timedelta(NEAR_DAYS)
    days = {number: abs((visit.planned_on or today()) - today()) for number, visit in planned.items()}
    return min((number for number in days if days[number] <= week), key=lambda number: days[number], default="")


class NoteForm(forms.Form):
    """A note in a family's file."""

    text = Words(label=_("Note"), rows=5, help_text=_("Sealed; it is added to, never changed."))
    for_profession = forms.BooleanField(label=_("Only my profession reads it"), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if actor.role.seals is None:
            del self.fields["for_profession"]
        else:
            whose = _("Whoever else may open the file does not see that there is one: %(notes)s.")
            self.fields["for_profession"].help_text = whose % {"notes": actor.role.seals.label}


class TaskForm(forms.Form):
    """Something to do by a day."""

    kind = forms.ChoiceField(label=_("What to do"), choices=lambda: choices_of("task_kinds", empty=CHOOSE))
    due = Day(label=_("By when"))
    words = forms.CharField(label=_("In a few words"), required=False, max_length=200)
    owner = forms.ModelChoiceField(label=_("Who does it"), queryset=Staff.objects.none(), required=False)

    def __init__(self, actor: Actor, family: Family, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = _able(actor, family)  # type: ignore[attr-defined]


class RelationForm(EditForm):
    """How two people of a family are related: a sentence of three words, and what says so."""

    subject = forms.ChoiceField(label=_("Who"))
    kind = forms.ChoiceField(label=_("is what to"), choices=lambda: choices_of("relationship_kinds", empty=CHOOSE))
    other = forms.ChoiceField(label=_("whom"))
    evidence = forms.ChoiceField(label=_("What says so"), choices=lambda: choices_of("evidence_kinds"))

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("subject", "other"):
            self.fields[name].choices = [("", CHOOSE), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check that it is said of two people."""
        given = self.cleaned_data
        if given.get("subject") and given.get("subject") == given.get("other"):
            self.add_error("other", _("Choose another person: nobody is related to themselves."))
        return given


class VerifyForm(EditForm):
    """What proves a relationship."""

    evidence = forms.ChoiceField(label=_("What proves it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proving = [(kind.code, kind.label) for kind in catalogue().evidence_kinds if kind.proves]
        self.fields["evidence"].choices = proving  # type: ignore[attr-defined]
