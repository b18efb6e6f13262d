"""What a form says of a field that needs mending, in our words instead of Django's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

CHOOSE_ONE = _("Choose one from the list.")

WORDS: dict[Any, dict[str, Any]] = {
    forms.Field: {"required": _("Fill this in.")},
    forms.IntegerField: {"invalid": _("Write a whole number, such as 12.")},
    forms.DecimalField: {"invalid": _("Write a number, such as 12 or 12.50.")},
    forms.ChoiceField: {"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    forms.MultipleChoiceField: {
        "required": _("Tick at least one."),
        "invalid_choice": _("One of those ticked is no longer on the list. Look through it again."),
        "invalid_list": _("Tick at least one."),
    },
    forms.ModelChoiceField: {"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    forms.FileField: {
        "required": _("Choose a file."),
        "invalid": _("Choose a file."),
        "missing": _("Choose a file."),
        "empty": _("This file is empty. Check that the right file was chosen and that it was saved."),
        "max_length": _("The name of this file is too long. Give it a shorter one and send it again."),
    },
}

LIMITS: dict[Any, Any] = {
    validators.MaxLengthValidator: ngettext_lazy(
        "Write at most %(limit_value)d letter; now there are %(show_value)d.",
        "Write at most %(limit_value)d letters; now there are %(show_value)d.",
        "limit_value",
    ),
    validators.MinLengthValidator: ngettext_lazy(
        "Write at least %(limit_value)d letter; now there are %(show_value)d.",
        "Write at least %(limit_value)d letters; now there are %(show_value)d.",
        "limit_value",
    ),
    validators.MaxValueValidator: _("Write a number up to %(limit_value)s."),
    validators.MinValueValidator: _("Write a number from %(limit_value)s on."),
    validators.ProhibitNullCharactersValidator: _("There is a character in it that no text holds. Write it anew."),
}


def speak_plainly() -> None:
    """Give Django's form fields and limits our words; once, when the application starts."""
    for field, words in WORDS.items():
        field.default_error_messages = {**field.default_error_messages, **words}
    for limit, sentence in LIMITS.items():
        limit.message = sentence
