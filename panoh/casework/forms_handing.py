"""Forms of hand-overs abroad, and of questions whether somebody is known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.entrances import Actor
from panoh.access.fields import OPEN, FieldClass
from panoh.casework.catalogue import catalogue
from panoh.casework.forms import CHOOSE, Words
from panoh.casework.models import HandOverAbroad
from panoh.casework.queries.handing import partners_abroad


class _PartnerForm(forms.Form):
    """Which partner abroad."""

    partner = forms.ChoiceField(label=_("Instance abroad"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.code, f"{one.name} ({one.country})" if one.country else one.name) for one in partners_abroad()]
        self.fields["partner"].choices = [("", CHOOSE), *known]  # type: ignore[attr-defined]


class HandOverForm(_PartnerForm):
    """To whom a family's file goes, what of it, what for and on which basis."""

    classes = forms.TypedMultipleChoiceField(
        label=_("What of the file"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("No more than the other side needs. Notes sealed to a profession never leave."),
    )  # fmt: skip
    purpose = forms.ChoiceField(label=_("What for"))
    basis = forms.TypedChoiceField(
        label=_("Basis"), coerce=int, choices=HandOverAbroad.Basis.choices, widget=forms.RadioSelect
    )
    because = Words(
        label=_("Who agreed and when, or which law"), rows=3, help_text=_("It goes along with the file.")
    )  # fmt: skip

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classes"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label) for kind in OPEN if kind in actor.role.classes and kind != FieldClass.FILE
        ]
        self.fields["purpose"].choices = [("", CHOOSE), *catalogue().choices("purposes")]  # type: ignore[attr-defined]


class HandedFileForm(forms.Form):
    """A file that came from abroad, or the receipt of one that went."""

    file = forms.FileField(label=_("File"))


class QuestionForm(_PartnerForm):
    """Whom another country asks about."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As they wrote it, in any script."))
    birth_year = forms.IntegerField(label=_("Birth year"), required=False, min_value=1900, max_value=2200)


class QuestionAnswerForm(forms.Form):
    """Yes or no."""

    is_known = forms.TypedChoiceField(
        label=_("Do we know this person?"),
        choices=(("1", _("yes")), ("0", _("no"))),
        coerce=lambda word: word == "1",
        widget=forms.RadioSelect,
        help_text=_("Nothing else is answered: not where, not how, not by whom."),
    )
