"""Forms that open a file to somebody, and that keep it from somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import OPEN, FieldClass
from panoh.access.models import Agency, Staff
from panoh.access.queries import agencies, everybody
from panoh.casework.catalogue import catalogue
from panoh.casework.forms import CHOOSE, Day, LongSelect, Words, choices_of

USUAL_DAYS = 90


class _WhomForm(forms.Form):
    """Somebody: one colleague, or everybody of an agency."""

    whom = forms.ChoiceField(label=_("Who"), widget=LongSelect)
    classes = forms.TypedMultipleChoiceField(
        label=_("What of the file"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [
            (f"s{one.pk}", f"{one.display_name}, {one.agency}") for one in everybody() if one.pk != actor.staff_id
        ]
        teams = [(f"a{one.pk}", _("everybody of %(name)s") % {"name": one}) for one in agencies()]
        self.fields["whom"].choices = [("", CHOOSE), *people, *teams]  # type: ignore[attr-defined]
        self.fields["classes"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label) for kind in OPEN if kind in actor.role.classes and self.offers(kind)
        ]

    def offers(self, kind: FieldClass) -> bool:
        """Tell whether a class can be chosen."""
        return True

    def clean_whom(self) -> Staff | Agency:
        """Return the colleague or agency chosen."""
        chosen = self.cleaned_data["whom"]
        kind: type[Staff] | type[Agency] = Staff if chosen[0] == "s" else Agency
        return kind.objects.get(pk=int(chosen[1:]))


class GrantForm(_WhomForm):
    """Open a file to somebody who helps."""

    purpose = forms.ChoiceField(label=_("What for"))
    until = Day(label=_("Until"), help_text=_("Then it closes by itself; a year at most."))
    changes = forms.BooleanField(label=_("May also add and change what is in it"), required=False)
    legal_basis = forms.ChoiceField(
        label=_("Without consent: the legal basis"),
        required=False,
        choices=lambda: choices_of("legal_bases", empty="–"),
        help_text=_("For another agency: a consent that covers it is found by itself; without one, say why."),
    )
    reason = Words(label=_("And the reason"), required=False, rows=2)
    field_order = ("whom", "purpose", "classes", "until", "changes")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        self.fields["purpose"].choices = [("", CHOOSE), *catalogue().choices("purposes")]  # type: ignore[attr-defined]
        self.fields["until"].initial = today() + timedelta(USUAL_DAYS)
        self.fields["classes"].help_text = _("No more than it takes to help. That there is a file is seen in any case.")

    def offers(self, kind: FieldClass) -> bool:
        """Leave out that there is a file, which goes with each."""
        return kind != FieldClass.FILE


class ReasonForm(forms.Form):
    """Why a file is protected, or not any more."""

    reason = Words(label=_("Why"), rows=3, help_text=_("It stands in the file as a note."))


class WithholdForm(_WhomForm):
    """Keep something of a file from somebody, whatever role they have."""

    because = forms.ChoiceField(label=_("Why"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        self.fields["because"].choices = [("", CHOOSE), *catalogue().choices("withholding_reasons")]  # type: ignore[attr-defined]
        self.fields["classes"].help_text = _("The first hides the whole file from them.")
