"""Forms of assessments, and of plans that are agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.meanwhile import EditForm
from panoh.access.models import Staff
from panoh.access.queries import staff_of
from panoh.casework.actions.assessing import Words as SaidOf
from panoh.casework.catalogue import catalogue
from panoh.casework.catalogue_entries import Domain
from panoh.casework.forms import CHOOSE, Day, Words, choices_of
from panoh.casework.models import Need

GONE_THROUGH_DAYS = 90

LEVELS = (("", _("none")), ("3", _("can be planned")), ("2", _("soon")), ("1", _("urgent")))


@dataclass(frozen=True)
class Asked:
    """One domain of life on the form of an assessment: how soon help is needed, what goes well, what is needed."""

    bound: BoundField
    goes_well: BoundField
    wanted: BoundField
    domain: Domain
    open_since: date | None


class AssessmentForm(EditForm):
    """How a person is doing: per domain no need, a need that can be planned, soon, or urgent."""

    lead = "need_"

    on = Day(label=_("Day of the talk"), initial=today)
    own_view = Words(
        label=_("The person's own view"), required=False, rows=3, help_text=_("In the person's own words.")
    )
    not_asked_because = forms.ChoiceField(
        label=_("If the view was not asked, why"),
        required=False,
        choices=lambda: choices_of("not_asked_reasons", empty="–"),
    )

    def __init__(self, about: str, *args: Any, known: Mapping[str, Need] | None = None, **kwargs: Any) -> None:
        """known: the open needs by domain; one of these stays until it is settled, so "none" is not offered for it."""
        self.known = known or {}
        super().__init__(*args, initial={f"need_{code}": need.urgency for code, need in self.known.items()}, **kwargs)
        self.domains = [domain for domain in catalogue().domains if domain.about == about]
        self.questions = [one for one in catalogue().questions if one.about == about and one.code != "own_view"]
        for question in self.questions:
            self.fields[f"answer_{question.code}"] = Words(label=question.label, required=False, rows=2)
        for domain in self.domains:
            need = self.known.get(domain.code)
            self.fields[f"need_{domain.code}"] = forms.ChoiceField(
                label=domain.label,
                choices=LEVELS[1:] if need else LEVELS,
                required=False,
                initial="",
                widget=forms.RadioSelect,
            )
            for lead, label in (("goes_well", _("What goes well")), ("wanted", _("What is needed"))):
                self.fields[f"{lead}_{domain.code}"] = Words(label=label, required=False, rows=2)

    def head(self) -> list[BoundField]:
        """Return the fields above the domains."""
        asked = [self[name] for name in self.base_fields if name != "seen"]
        return asked + [self[f"answer_{question.code}"] for question in self.questions]

    def areas(self) -> list[tuple[str, list[Asked]]]:
        """Return the domains under the parts of life they belong to."""
        under: dict[str, list[Asked]] = {}
        for domain in self.domains:
            need = self.known.get(domain.code)
            need_of, goes_well, wanted = (self[f"{lead}_{domain.code}"] for lead in ("need", "goes_well", "wanted"))
            asked = Asked(need_of, goes_well, wanted, domain, need.recorded_on if need else None)
            under.setdefault(domain.area, []).append(asked)
        return list(under.items())

    def found(self) -> dict[str, int]:
        """Return the domains with a need, and its urgency."""
        given = self.cleaned_data.items()
        return {name.removeprefix("need_"): int(value) for name, value in given if name.startswith("need_") and value}

    def words(self) -> dict[str, SaidOf]:
        """Return what was said of each domain."""
        return {
            domain.code: {
                "strengths": self.cleaned_data[f"goes_well_{domain.code}"],
                "needs": self.cleaned_data[f"wanted_{domain.code}"],
            }
            for domain in self.domains
        }

    def answers(self) -> dict[str, str]:
        """Return what was answered to the questions of this kind."""
        return {question.code: self.cleaned_data[f"answer_{question.code}"] for question in self.questions}


class PlanForm(forms.Form):
    """The next version of a plan."""

    goal = Words(label=_("What we want to reach together"), required=False, rows=3)
    review_on = Day(label=_("Gone through again by"), initial=lambda: today() + timedelta(GONE_THROUGH_DAYS))


class PrintForm(forms.Form):
    """In which language a plan is printed."""

    language = forms.ChoiceField(label=_("Language"), choices=lambda: choices_of("spoken_languages"))


class SignForm(forms.Form):
    """Who agrees to a version of a plan."""

    person = forms.ChoiceField(label=_("Who signs"), required=False)
    signer = forms.CharField(
        label=_("Or the name of somebody who has no file"), required=False, max_length=200, help_text=_("It is sealed.")
    )
    signing = forms.ChoiceField(label=_("As what"), choices=lambda: choices_of("signings", empty=CHOOSE))
    on = Day(label=_("Signed on"), initial=today)
    language = forms.ChoiceField(
        label=_("In which language it was gone through"), choices=lambda: choices_of("spoken_languages", empty=CHOOSE)
    )
    read_by = forms.ModelChoiceField(
        label=_("Read out by"), queryset=Staff.objects.none(), required=False,
        help_text=_("Leave it empty if they read it themselves."),
    )  # fmt: skip
    reserve = Words(label=_("What they do not agree with"), required=False, rows=3)

    def __init__(self, actor: Actor, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("somebody who has no file")), *people]  # type: ignore[attr-defined]
        self.fields["read_by"].queryset = staff_of(actor)  # type: ignore[attr-defined]
