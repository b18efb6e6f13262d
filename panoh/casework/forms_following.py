"""Forms of follow-up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.models import Staff
from panoh.casework.forms import CHOOSE, Day, Words, choices_of


class LookAgainForm(forms.Form):
    """What makes us look again."""

    kind = forms.ChoiceField(label=_("What happened"), choices=lambda: choices_of("look_agains", empty=CHOOSE))
    noticed_on = Day(label=_("Noticed on"), initial=today)
    case = forms.ChoiceField(label=_("About whom"), required=False)
    words = Words(label=_("In words"), required=False)

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [("", _("the whole family")), *people]  # type: ignore[attr-defined]


class FadeOutForm(forms.Form):
    """The day after which nobody needs the file."""

    ends_on = Day(label=_("Help ends on"))
    agreed_with = forms.ChoiceField(label=_("Agreed with"))
    words = Words(label=_("What was agreed, and whom the family can call later"), required=False)

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_with"].choices = [("", CHOOSE), *people]  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """Whose visits of which day."""

    on = Day(label=_("Day"), initial=today)
    worker = forms.ModelChoiceField(label=_("Whose visits"), queryset=Staff.objects.none(), required=False)

    def __init__(self, people: list[Staff], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = Staff.objects.filter(pk__in=[one.pk for one in people])  # type: ignore[attr-defined]
