"""Forms about where a child lives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.models import Agency
from panoh.casework.actions.placements import View, With
from panoh.casework.forms import CHOOSE, Day, Words, choices_of
from panoh.casework.models import CareDecision, Guardianship, Person

People = Sequence[tuple[Person, str]]


class ViewForm(forms.Form):
    """The child's own view, or why it was not asked."""

    own_view = Words(label=_("What the child says"), required=False, rows=3, help_text=_("In the child's own words."))
    not_asked_because = forms.ChoiceField(
        label=_("If the child was not asked, why"),
        required=False,
        choices=lambda: choices_of("not_asked_reasons", empty="–"),
    )

    def view(self) -> View:
        """Return it as the steps take it."""
        return View(self.cleaned_data["own_view"], self.cleaned_data["not_asked_because"])


class WithForm(forms.Form):
    """With whom a child is: somebody of the family, another family by its code, or an agency."""

    with_person = forms.ChoiceField(
        label=_("With somebody of this family"), required=False, help_text=_("Name one of the three at most.")
    )
    with_family = forms.CharField(
        label=_("With another family"),
        required=False,
        max_length=12,
        help_text=_("Its code, such as F-7K3Q-XM2D. Whoever leads it can tell."),
    )
    with_agency = forms.ModelChoiceField(
        label=_("In an institution"), required=False, queryset=Agency.objects.filter(is_active=True)
    )

    def offer(self, people: People) -> None:
        """Offer the people of a family."""
        self.people = {person.code: person for person, _name in people}
        choices = [("", "–"), *((person.code, name) for person, name in people)]
        self.fields["with_person"].choices = choices  # type: ignore[attr-defined]

    def clean_with_family(self) -> str:
        """Return the code as codes are written."""
        return str(self.cleaned_data["with_family"]).strip().upper()

    def place(self) -> With:
        """Return it as the steps take it."""
        given = self.cleaned_data
        return With(self.people.get(given["with_person"]), given["with_family"], given["with_agency"])


class OfChildForm(WithForm):
    """Which child of the family, and with whom."""

    child = forms.ChoiceField(label=_("Which child"))

    def __init__(self, children: People, people: People, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(people)
        self.children = {person.code: person for person, _name in children}
        choices = [(person.code, name) for person, name in children]
        self.fields["child"].choices = choices if len(choices) == 1 else [("", CHOOSE), *choices]  # type: ignore[attr-defined]


class PlacementForm(OfChildForm, ViewForm):
    """Where a child is to live."""

    kind = forms.ChoiceField(label=_("How it is to live"), choices=lambda: choices_of("placement_kinds", empty=CHOOSE))

    field_order = (
        "child", "kind", "with_person", "with_family", "with_agency", "own_view", "not_asked_because",
    )  # fmt: skip

    def step(self) -> dict[str, Any]:
        """Return what the step takes."""
        given = self.cleaned_data
        child = self.children[given["child"]]
        return {"child": child, "kind": given["kind"], "place": self.place(), "view": self.view()}


class StudyForm(forms.Form):
    """What a home study found."""

    on = Day(label=_("Day of the home study"), initial=today)
    outcome = forms.ChoiceField(
        label=_("What it found"), choices=lambda: choices_of("study_outcomes"), widget=forms.RadioSelect
    )
    words = Words(
        label=_("How it is there"),
        required=False,
        help_text=_("Space, income, who lives there, what they need. Sealed; of the home, never of a person's views."),
    )


class OnForm(forms.Form):
    """The day something happened."""

    on = Day(label=_("On"), initial=today)


class ApartForm(forms.Form):
    """Why brothers and sisters live apart, and when to look again."""

    because = forms.ChoiceField(label=_("Why"), choices=lambda: choices_of("apart_reasons", empty=CHOOSE))
    again_on = Day(label=_("Look again on"), help_text=_("In half a year at the latest. Then it stands on Today."))


class PlacementReviewForm(ViewForm):
    """A look at where a child lives."""

    on = Day(label=_("Day of the look"), initial=today)
    words = Words(label=_("How the child is doing there"), required=False)
    next_on = Day(label=_("Next look"), required=False, help_text=_("Empty: when the rule of this kind says."))

    field_order = ("on", "own_view", "not_asked_because", "words", "next_on")

    def step(self) -> dict[str, Any]:
        """Return what the step takes."""
        return {**{name: self.cleaned_data[name] for name in ("on", "words", "next_on")}, "view": self.view()}


class PlacementEndForm(OnForm):
    """Why a placement ended."""

    because = forms.ChoiceField(label=_("Why"), choices=lambda: choices_of("placement_ends", empty=CHOOSE))


class DropForm(forms.Form):
    """Why a placement is not carried out."""

    because = forms.ChoiceField(label=_("Why"), choices=lambda: choices_of("placement_ends", empty=CHOOSE))


class CareForm(WithForm, ViewForm):
    """Who cares for a child for now."""

    outcome = forms.TypedChoiceField(
        label=_("What was decided"), coerce=int, choices=CareDecision.Outcome.choices, widget=forms.RadioSelect
    )
    words = Words(label=_("What was agreed"), required=False, rows=3)

    field_order = (
        "outcome", "with_person", "with_family", "with_agency", "own_view", "not_asked_because", "words",
    )  # fmt: skip

    def __init__(self, people: People, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(people)

    def step(self) -> dict[str, Any]:
        """Return what the step takes."""
        given = self.cleaned_data
        told = {"outcome": given["outcome"], "words": given["words"]}
        return {**told, "place": self.place(), "view": self.view()}


class GuardianshipForm(OfChildForm):
    """A decision on who acts for a child."""

    form = forms.TypedChoiceField(
        label=_("Form"), coerce=int, choices=Guardianship.Form.choices, widget=forms.RadioSelect,
        help_text=_("By the child's age; in the year it turns 14 either may be right."),
    )  # fmt: skip
    authority = forms.ModelChoiceField(label=_("Decided by"), queryset=Agency.objects.filter(is_active=True))
    number = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    decided_on = Day(label=_("Decided on"), initial=today)
    since = Day(label=_("Since"), required=False, help_text=_("Empty: the day of the decision."))
    until = Day(label=_("Until"), required=False, help_text=_("Empty: until the child is 18."))

    field_order = (
        "child", "form", "with_person", "with_family", "with_agency", "authority", "number", "decided_on", "since",
        "until",
    )  # fmt: skip

    def step(self) -> dict[str, Any]:
        """Return what the step takes."""
        plain = ("form", "authority", "number", "decided_on", "since", "until")
        told = {name: self.cleaned_data[name] for name in plain}
        return {**told, "child": self.children[self.cleaned_data["child"]], "place": self.place()}


class GuardianshipEndForm(OnForm):
    """Why a decision does not hold any more."""

    because = forms.ChoiceField(label=_("Why"), choices=lambda: choices_of("guardianship_ends", empty=CHOOSE))
