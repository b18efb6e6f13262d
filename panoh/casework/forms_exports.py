"""Forms of an export: what is asked for, and what is decided."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.entrances import Actor
from panoh.access.fields import FieldClass
from panoh.access.models import Agency
from panoh.access.queries import agencies
from panoh.casework.catalogue import catalogue
from panoh.casework.exporting.columns import COLUMNS
from panoh.casework.exporting.limits import MOST_FAMILIES
from panoh.casework.forms import CHOOSE, LongSelect, Words
from panoh.casework.models import Export
from panoh.casework.refusals_requests import TooManyFamilies

MYSELF = "me"


class ExportForm(forms.Form):
    """Ask for a file of a few families."""

    families = forms.CharField(
        label=_("Families"),
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "characters", "spellcheck": "false"}),
        max_length=1000,
        help_text=_("Their codes, such as F-7K3Q-XM2D, one after the other; 25 at most."),
    )
    columns = forms.MultipleChoiceField(
        label=_("What stands on the file"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("No more than it takes. With names or documents, a coordinator decides."),
    )
    purpose = forms.ChoiceField(label=_("What for"))
    recipient = forms.ChoiceField(label=_("For whom"), widget=LongSelect)
    file_format = forms.ChoiceField(label=_("Format"), choices=Export.Format.choices)
    because = Words(label=_("Why it is needed"), help_text=_("Whoever decides reads it. Name nobody."))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = [  # type: ignore[attr-defined]
            (str(FieldClass(kind).label), [(one.code, one.label) for one in COLUMNS.values() if one.kind == kind])
            for kind in sorted({column.kind for column in COLUMNS.values()} & actor.role.classes)
        ]
        self.fields["purpose"].choices = [("", CHOOSE), *catalogue().choices("purposes")]  # type: ignore[attr-defined]
        self.fields["recipient"].choices = [  # type: ignore[attr-defined]
            ("", CHOOSE),
            (MYSELF, _("myself, for a conference on the case")),
            *((agency.code, agency.name) for agency in agencies()),
        ]

    def clean_families(self) -> list[str]:
        """Return the codes, each once."""
        codes = re.split(r"[\s,;]+", self.cleaned_data["families"].upper())
        return list(dict.fromkeys(code for code in codes if code))

    def clean_recipient(self) -> Agency | None:
        """Return the agency, or None for the asker."""
        chosen = self.cleaned_data["recipient"]
        return None if chosen == MYSELF else Agency.objects.get(code=chosen)

    def clean(self) -> dict[str, Any]:
        """Refuse more codes than a file holds before any is looked up."""
        if len(self.cleaned_data.get("families", ())) > MOST_FAMILIES:
            self.add_error("families", str(TooManyFamilies(most=MOST_FAMILIES)))
        return self.cleaned_data


class ExportDecisionForm(forms.Form):
    """Agree to an export, or decline it."""

    decision = forms.ChoiceField(choices=(("approve", _("agree")), ("decline", _("decline"))))
