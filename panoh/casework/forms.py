"""Forms of casework: what may be entered, in the words of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Agency, District, Staff
from panoh.access.queries import districts, staff_of
from panoh.casework.actions.families import KNOWN_PARTS
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Need, Person, Visit
from panoh.vault.queries import (
    Address,
    Contact,
    ContactKind,
    Document,
    DocumentKind,
    Name,
    NameKind,
    script_of,
)

PARTS = ("year", "month", "day")
PRECISIONS = (
    ("day", _("the day is known")),
    ("month", _("only year and month are known")),
    ("year", _("only the year is known")),
    ("about", _("about this year")),
    ("unknown", _("not known")),
)
OLDEST_YEAR = 1900


def _choices(words: str, *, empty: str = "") -> list[tuple[str, Any]]:
    return ([("", empty)] if empty else []) + [(entry.code, entry.label) for entry in getattr(catalogue(), words)]


class Day(forms.DateField):
    """A civil day, chosen with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


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
        workers = [(staff.pk, str(staff)) for staff in staff_of(actor)]
        self.fields["worker"].choices = [*everything, (0, _("not assigned")), *workers]  # type: ignore[attr-defined]
        self.fields["need"].choices = everything + _choices("domains")  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """Return the code as codes are written."""
        return str(self.cleaned_data["code"]).strip().upper()


class AssignForm(forms.Form):
    """Who leads the work with a family."""

    worker = forms.ModelChoiceField(label=_("Lead worker"), queryset=Staff.objects.none())

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [staff.pk for staff in staff_of(actor)]
        self.fields["worker"].queryset = Staff.objects.filter(pk__in=ids)  # type: ignore[attr-defined]


class DistrictForm(forms.Form):
    """Where a family lives."""

    district = forms.ModelChoiceField(label=_("District where the family lives"), queryset=District.objects.all())


class MoveForm(forms.Form):
    """To which stage a case goes, and since when."""

    to = forms.ChoiceField(label=_("To the stage"))
    on = Day(label=_("Since"), initial=today)

    def __init__(self, stages: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(stage.code, stage.label) for stage in stages]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Why and how a case closes."""

    reason = forms.ChoiceField(
        label=_("Why the case closes"),
        choices=lambda: [(one.code, one.label) for one in catalogue().closing_reasons if one.by_hand],
    )
    circumstance = forms.ChoiceField(
        label=_("How the person lives now"), choices=lambda: _choices("closing_circumstances")
    )
    note = forms.CharField(
        label=_("Closing note"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was reached, and whom the family can call."),
    )


class AssessmentForm(forms.Form):
    """How a person is doing: per domain no need, a need that can be planned, soon, or urgent."""

    on = Day(label=_("Day of the talk"), initial=today)
    own_view = forms.CharField(
        label=_("The person's own view"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the person's own words."),
    )
    not_asked_because = forms.ChoiceField(
        label=_("If the view was not asked, why"),
        required=False,
        choices=lambda: _choices("not_asked_reasons", empty="–"),
    )

    def __init__(self, about: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [("", _("none")), *[(str(value), label) for value, label in Need.Urgency.choices]]
        for domain in catalogue().domains:
            if domain.about in {about, "family"}:
                self.fields[f"need_{domain.code}"] = forms.ChoiceField(
                    label=domain.label, choices=levels, required=False
                )

    def found(self) -> dict[str, int]:
        """Return the domains with a need, and its urgency."""
        given = self.cleaned_data.items()
        return {name.removeprefix("need_"): int(value) for name, value in given if name.startswith("need_") and value}


class StepForm(forms.Form):
    """One step of the plan."""

    service = forms.ChoiceField(label=_("Service"), choices=lambda: _choices("services"))
    provider = forms.ModelChoiceField(
        label=_("Who provides it"), queryset=Agency.objects.filter(is_active=True), required=False
    )
    responsible = forms.ModelChoiceField(label=_("Who sees to it"), queryset=Staff.objects.none(), required=False)
    due = Day(
        label=_("By when"),
        required=False,
        help_text=_("An urgent need is covered only by a step with an owner and a date."),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [staff.pk for staff in staff_of(actor)]
        self.fields["responsible"].queryset = Staff.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
        self.fields["responsible"].initial = actor.staff_id


class OutcomeForm(forms.Form):
    """How a step ended."""

    outcome = forms.ChoiceField(label=_("How it ended"), choices=lambda: _choices("step_outcomes"))
    on = Day(label=_("On"), initial=today)


class AssistanceForm(forms.Form):
    """Help that was given."""

    case = forms.ChoiceField(label=_("To whom"))
    service = forms.ChoiceField(label=_("What"), choices=lambda: _choices("services"))
    quantity = forms.DecimalField(label=_("How much"), max_digits=12, decimal_places=2)
    unit = forms.ChoiceField(label=_("Unit"), choices=lambda: _choices("units"))
    currency = forms.ChoiceField(
        label=_("Currency, for money"), required=False, choices=lambda: _choices("currencies", empty="–")
    )
    on = Day(label=_("Given on"), initial=today)
    agency = forms.ModelChoiceField(label=_("Given by"), queryset=Agency.objects.filter(is_active=True), required=False)

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = people  # type: ignore[attr-defined]


class VisitForm(forms.Form):
    """A visit that was made, planned before or not."""

    planned = forms.ChoiceField(label=_("Which visit"), required=False)
    kind = forms.ChoiceField(label=_("Kind of visit"), choices=lambda: _choices("visit_kinds"), initial="follow_up")
    on = Day(label=_("Day"), initial=today)
    report = forms.CharField(
        label=_("How the family is doing"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    next_on = Day(label=_("Next visit"), required=False)

    def __init__(self, planned: Mapping[str, Visit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = catalogue()
        choices = [
            (number, f"{words.label('visit_kinds', visit.kind)}, {date_format(visit.planned_on or today())}")
            for number, visit in planned.items()
        ]
        self.fields["planned"].choices = [*choices, ("", _("one that was not planned"))]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["planned"]

    def clean(self) -> dict[str, Any]:
        """Return what was entered; without a planned visit there is none to choose."""
        return {"planned": "", **self.cleaned_data}


class NoteForm(forms.Form):
    """A note in a family's file."""

    text = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 5}), help_text=_("Sealed; it is added to, never changed.")
    )


class TaskForm(forms.Form):
    """Something to do by a day."""

    kind = forms.ChoiceField(label=_("What to do"), choices=lambda: _choices("task_kinds"))
    due = Day(label=_("By when"))
    words = forms.CharField(label=_("In a few words"), required=False, max_length=200)
    owner = forms.ModelChoiceField(label=_("Who does it"), queryset=Staff.objects.none(), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Staff.objects.filter(pk__in=[staff.pk for staff in staff_of(actor)])  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """What casework keeps of a person in the clear."""

    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex.choices)
    nationality = forms.RegexField(
        label=_("Nationality (two letters, such as UZ)"),
        regex=r"^[A-Za-z]{2}$",
        required=False,
        error_messages={"invalid": _("Write the two letters of the country, such as UZ or KG.")},
    )
    is_alone = forms.BooleanField(label=_("A child without a parent or carer"), required=False)


class FactForm(forms.Form):
    """One more fact of a person's identity, with where it comes from."""

    source = forms.CharField(label=_("Where it was read or heard"), max_length=100)
    field_order = ("text", "kind", "number", "value", "safe_when", "source")

    def fact(self) -> Name | Document | Contact | Address:
        """Return the fact."""
        raise NotImplementedError


class NameForm(FactForm):
    """One more name of a person."""

    text = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    kind = forms.ChoiceField(label=_("Kind of name"), choices=NameKind.choices)

    def fact(self) -> Name:
        """Return the name, with its script."""
        return Name(script=script_of(self.cleaned_data["text"]), **self.cleaned_data)


class DocumentForm(FactForm):
    """A document that was seen."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind.choices)
    number = forms.CharField(label=_("Number"), max_length=60)

    def fact(self) -> Document:
        """Return the document."""
        return Document(**self.cleaned_data)


class ContactForm(FactForm):
    """A way to reach somebody."""

    kind = forms.ChoiceField(label=_("Kind of contact"), choices=ContactKind.choices)
    value = forms.CharField(label=_("Number or address"), max_length=100)
    safe_when = forms.CharField(
        label=_("When it is safe to use"),
        max_length=100,
        required=False,
        help_text=_("Who else may answer, and what must not be said."),
    )

    def fact(self) -> Contact:
        """Return the contact."""
        return Contact(**self.cleaned_data)


class AddressForm(FactForm):
    """A place where somebody lives or comes from."""

    text = forms.CharField(label=_("Address"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))

    def fact(self) -> Address:
        """Return the address."""
        return Address(**self.cleaned_data)


class BirthParts(forms.Form):
    """A birth date, as well as it is known."""

    precision = forms.ChoiceField(label=_("How well is the date of birth known?"), choices=PRECISIONS)
    year = forms.IntegerField(label=_("Year of birth"), required=False, min_value=OLDEST_YEAR)
    month = forms.IntegerField(label=_("Month of birth"), required=False, min_value=1, max_value=12)
    day = forms.IntegerField(label=_("Day of birth"), required=False, min_value=1, max_value=31)

    def clean(self) -> dict[str, Any]:
        """Check that the parts of the birth date fit how well it is known."""
        given = self.cleaned_data
        for part in self._known(given.get("precision", "unknown")):
            if given.get(part) is None and part not in self.errors:
                self.add_error(part, _("Fill this in, or say that less is known."))
        if not self.errors and given["precision"] != "unknown":
            self._check_day(self.birth())
        return given

    def _check_day(self, birth: Mapping[str, Any]) -> None:
        try:
            is_ahead = date(birth["year"], birth["month"] or 1, birth["day"] or 1) > today()
        except ValueError:
            self.add_error("day", _("This month has no such day."))
            return
        if is_ahead:
            self.add_error("year", _("This date lies in the future."))

    def birth(self) -> dict[str, Any]:
        """Return the precision, and the parts that belong to it; the others are None."""
        given = self.cleaned_data
        known = self._known(given["precision"])
        return {"precision": given["precision"], **{part: given[part] if part in known else None for part in PARTS}}

    @staticmethod
    def _known(precision: str) -> tuple[str, ...]:
        return PARTS[: KNOWN_PARTS[precision]]


class BirthForm(BirthParts):
    """A birth date that is put right, with what says so."""

    source = forms.CharField(label=_("Where it was read or heard"), max_length=100)


class RelationForm(forms.Form):
    """How two people of a family are related."""

    subject = forms.ChoiceField(label=_("Who"))
    kind = forms.ChoiceField(label=_("is"), choices=lambda: _choices("relationship_kinds"))
    other = forms.ChoiceField(label=_("of whom"))
    evidence = forms.ChoiceField(label=_("What says so"), choices=lambda: _choices("evidence_kinds"))

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("subject", "other"):
            self.fields[name].choices = people  # type: ignore[attr-defined]
