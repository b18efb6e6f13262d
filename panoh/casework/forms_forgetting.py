"""The form that forgets a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.casework.catalogue import catalogue


class ForgetForm(forms.Form):
    """Why a person is forgotten, and the code typed again so that it is the right one."""

    reason = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)
    confirmed = forms.CharField(label=_("Code of the person, typed"), max_length=12, strip=True)

    def __init__(self, code: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = catalogue().choices("forgetting_reasons")  # type: ignore[attr-defined]
        self.fields["confirmed"].help_text = _("Type %(code)s.") % {"code": code}
        self.fields["confirmed"].widget.attrs |= {"autocomplete": "off", "dir": "ltr"}
