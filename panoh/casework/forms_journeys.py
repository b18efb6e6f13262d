"""Forms about what was before arrival, and about a family that parts or joins."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.models import Agency
from panoh.casework.actions.journeys import FLIGHT
from panoh.casework.forms import CHOOSE, Day, Words, choices_of
from panoh.casework.forms_care import People, WithForm
from panoh.casework.models import ArrivalList, Hypothesis, KinshipTest, Person


class HypothesisForm(forms.Form):
    """Who somebody may be, as one source says it."""

    source = forms.ChoiceField(label=_("Who says so"), choices=lambda: choices_of("claim_sources", empty=CHOOSE))
    sureness = forms.TypedChoiceField(
        label=_("How sure"), coerce=int, choices=Hypothesis.Sureness.choices, initial=Hypothesis.Sureness.POSSIBLE,
        widget=forms.RadioSelect,
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    birth = forms.CharField(label=_("Birth, as it was said"), required=False, max_length=100)
    kin = forms.CharField(label=_("Mother, father, relatives"), required=False, max_length=300)
    origin = forms.CharField(label=_("Where from"), required=False, max_length=200)
    on = Day(label=_("Said on"), initial=today)


class StandingForm(forms.Form):
    """What becomes of a hypothesis."""

    standing = forms.TypedChoiceField(
        label=_("What it is now"), coerce=int, choices=Hypothesis.Standing.choices, widget=forms.RadioSelect
    )


class KinshipTestForm(forms.Form):
    """The outcome of a kinship test."""

    other = forms.ChoiceField(label=_("Compared with"))
    outcome = forms.TypedChoiceField(
        label=_("Outcome"), coerce=int, choices=KinshipTest.Outcome.choices, widget=forms.RadioSelect,
        help_text=_("The outcome alone. Nothing it was found from is kept here."),
    )  # fmt: skip
    laboratory = forms.ModelChoiceField(label=_("Laboratory"), queryset=Agency.objects.filter(is_active=True))
    on = Day(label=_("On"), initial=today)

    def __init__(self, people: People, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.code: person for person, _name in people}
        choices = [("", CHOOSE), *((person.code, name) for person, name in people)]
        self.fields["other"].choices = choices  # type: ignore[attr-defined]

    def clean_other(self) -> Person:
        """Return the other person."""
        return self.people[self.cleaned_data["other"]]


class FlightForm(forms.Form):
    """On which flight somebody comes."""

    flight = forms.RegexField(
        FLIGHT, label=_("Flight"), error_messages={"invalid": _("Write it as on the ticket, such as HY 772.")}
    )
    on = Day(label=_("Day of the flight"))
    arrival_list = forms.ModelChoiceField(
        label=_("Passenger list"),
        required=False,
        queryset=ArrivalList.objects.none(),
        help_text=_("Once it was read under Arrivals."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = ArrivalList.objects.filter(kind=ArrivalList.Kind.PASSENGER).exclude(state=ArrivalList.State.DISCARDED)
        self.fields["arrival_list"].queryset = lists.order_by("-read_at")  # type: ignore[attr-defined]


class HandOverForm(WithForm):
    """Who received somebody from whom."""

    from_agency = forms.ModelChoiceField(label=_("Handed over by"), queryset=Agency.objects.filter(is_active=True))
    at = forms.DateTimeField(
        label=_("When"),
        required=False,
        help_text=_("Empty: now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    missing = forms.MultipleChoiceField(
        label=_("Missing papers"),
        required=False,
        choices=lambda: choices_of("missing_documents"),
        widget=forms.CheckboxSelectMultiple,
    )
    words = Words(label=_("What else was said"), required=False, rows=3)

    field_order = ("from_agency", "with_person", "with_family", "with_agency", "at", "missing", "words")

    def __init__(self, people: People, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(people)
        for name, label in (
            ("with_person", _("Received by somebody of this family")),
            ("with_family", _("Received by another family")),
            ("with_agency", _("Received by an agency")),
        ):
            self.fields[name].label = label

    def step(self) -> dict[str, Any]:
        """Return what the step takes."""
        told = {name: self.cleaned_data[name] for name in ("from_agency", "at", "missing", "words")}
        return {**told, "to": self.place()}


class SplitForm(forms.Form):
    """Who goes on as a family of their own."""

    people = forms.MultipleChoiceField(label=_("Who"), widget=forms.CheckboxSelectMultiple)
    on = Day(label=_("Since"), initial=today)
    because = forms.ChoiceField(label=_("Why"), choices=lambda: choices_of("family_change_reasons", empty=CHOOSE))
    words = Words(label=_("What else was said"), required=False, rows=3)

    def __init__(self, people: People, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {person.code: person for person, _name in people}
        self.fields["people"].choices = [(person.code, name) for person, name in people]  # type: ignore[attr-defined]

    def clean_people(self) -> list[Person]:
        """Return the people."""
        return [self.by_code[code] for code in self.cleaned_data["people"]]


class RejoinForm(SplitForm):
    """Who joins which family."""

    to = forms.CharField(
        label=_("Which family"), max_length=12, help_text=_("Its code, such as F-7K3Q-XM2D. Whoever leads it can tell.")
    )

    field_order = ("people", "to", "on", "because", "words")

    def clean_to(self) -> str:
        """Return the code as codes are written."""
        return str(self.cleaned_data["to"]).strip().upper()


class WhereaboutsForm(forms.Form):
    """Where somebody is."""

    kind = forms.ChoiceField(label=_("Where"), choices=lambda: choices_of("whereabouts_kinds", empty=CHOOSE))
    since = Day(label=_("Since"), initial=today)
    words = Words(label=_("Which place, and how to write to the person"), required=False, rows=2)
