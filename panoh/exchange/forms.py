"""Fields that the forms of the exchange share: texts in one of several languages, countries, days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.wordings import Wording
from panoh.exchange.countries import country_names
from panoh.exchange.languages import LANGUAGES

MOST_LETTERS = 20_000
NONE = _("none")
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")


class Worded(forms.CharField):
    """A text in the language that the form chooses; `rows` above 1 make it a longer one."""

    def __init__(self, *, rows: int = 1, **kwargs: Any) -> None:
        widget = (
            forms.Textarea(attrs={"rows": rows, "dir": "auto"}) if rows > 1 else forms.TextInput(attrs={"dir": "auto"})
        )
        kwargs.setdefault("max_length", MOST_LETTERS if rows > 1 else 300)
        super().__init__(widget=widget, **kwargs)
        self.widget.attrs.pop("maxlength", None)


class Country(forms.ChoiceField):
    """A state, or none."""

    def __init__(self, *, none: Any = NONE, **kwargs: Any) -> None:
        super().__init__(choices=lambda: [("", none), *country_names().items()], **{"label": _("Country"), **kwargs})


class Day(forms.DateField):
    """A civil day, chosen with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=DAY_FORMATS, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
        )
        self.error_messages["invalid"] = _("Write the day first, then month and year, such as 31.12.2026.")


class Hour(forms.TimeField):
    """A time of the day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class InLanguage(forms.Form):
    """A form whose texts are written in one language; those that are there in other languages stay.

    record: what is changed, if it is not new; its texts and fields fill the form.
    """

    language = forms.ChoiceField(label=_("Language of the texts"), choices=list(LANGUAGES.items()))

    def __init__(self, *args: Any, record: Any = None, language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        self.worded = [name for name, field in self.fields.items() if isinstance(field, Worded)]
        if record is None:
            self.initial.setdefault("language", language or "en")
            return
        first = next(iter(getattr(record, self.worded[0])), "en")
        chosen = language if language in LANGUAGES else first
        self.fields["language"].widget = forms.HiddenInput()
        self.initial["language"] = chosen
        for name in self.fields:
            if name in self.worded:
                self.initial[name] = getattr(record, name).get(chosen, "")
            elif name != "language":
                self.initial[name] = getattr(record, name)
        if chosen != first:  # a translation may be done in parts
            for name in self.worded:
                self.fields[name].required = False

    def given(self) -> dict[str, Any]:
        """Return the fields with each text as a wording."""
        fields = dict(self.cleaned_data)
        language = fields.pop("language")
        for name in self.worded:
            there: Wording = getattr(self.record, name) if self.record else Wording()
            fields[name] = there.worded(language, fields[name])
        return fields


def numbers(choices: Any, *, empty: Any = "") -> dict[str, Any]:
    """Return the arguments of a field that chooses one of numbered choices."""
    return {
        "choices": [("", empty), *choices.choices] if empty else choices.choices,
        "coerce": int,
        "empty_value": None,
    }


class ConfirmForm(forms.Form):
    """Nothing but a yes."""
