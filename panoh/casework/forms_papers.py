"""Forms about legal identity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.models import Agency
from panoh.casework.actions.papers import MOST_BYTES
from panoh.casework.forms import CHOOSE, Day, Words, choices_of
from panoh.casework.models import PaperHeld, Person
from panoh.casework.refusals_care import PictureTooLarge

MEGABYTES = MOST_BYTES // 1024 // 1024


class LegalFileForm(forms.Form):
    """A paper that somebody needs."""

    person = forms.ChoiceField(label=_("For whom"))
    kind = forms.ChoiceField(label=_("What it is about"), choices=lambda: choices_of("legal_kinds", empty=CHOOSE))
    authority = forms.ModelChoiceField(
        label=_("Office"), required=False, queryset=Agency.objects.filter(is_active=True)
    )
    on = Day(label=_("Begun on"), initial=today)
    by_when = Day(label=_("Next step due"), required=False, help_text=_("Empty: as the rule of the step says."))

    def __init__(self, people: Sequence[tuple[Person, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.code: person for person, _name in people}
        choices = [(person.code, name) for person, name in people]
        self.fields["person"].choices = choices if len(choices) == 1 else [("", CHOOSE), *choices]  # type: ignore[attr-defined]

    def clean_person(self) -> Person:
        """Return the person."""
        return self.people[self.cleaned_data["person"]]


class LegalStepForm(forms.Form):
    """Where a paper stands now."""

    step = forms.ChoiceField(label=_("Where it stands now"))
    on = Day(label=_("On"), initial=today)
    by_when = Day(label=_("Next step due"), required=False, help_text=_("Empty: as the rule of the step says."))
    words = Words(label=_("What was said or answered"), required=False, rows=3)

    def __init__(self, steps: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [("", CHOOSE), *steps]  # type: ignore[attr-defined]


class DocumentFactsForm(forms.Form):
    """What stands on a document."""

    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    issued_on = Day(label=_("Issued on"), required=False)
    valid_until = Day(label=_("Valid until"), required=False)


class HeldForm(forms.Form):
    """Who has the paper itself."""

    holder = forms.TypedChoiceField(
        label=_("Who has the paper"), coerce=int, choices=PaperHeld.Holder.choices, widget=forms.RadioSelect
    )
    agency = forms.ModelChoiceField(
        label=_("Which office or agency"), required=False, queryset=Agency.objects.filter(is_active=True)
    )
    on = Day(label=_("Since"), initial=today)


class PictureForm(forms.Form):
    """A picture of a paper."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or PDF, up to 5 MB. It is sealed; only who reads papers and legal help sees it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        """is_too_large: the upload was stopped on its way."""
        super().__init__(*args, **kwargs)
        if is_too_large:
            self.fields["file"].error_messages["required"] = str(PictureTooLarge(most=MEGABYTES))
