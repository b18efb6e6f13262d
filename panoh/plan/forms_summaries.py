"""Forms of summaries."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from panoh.plan.forms_indicators import DAY


class SummaryForm(forms.Form):
    """Which years are summed up, and in which language."""

    title = forms.CharField(label=_("Title"), max_length=200)
    starts = forms.DateField(label=_("From"), widget=DAY)
    ends = forms.DateField(label=_("Until"), widget=DAY)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class SectionForm(forms.Form):
    """The text of a section."""

    text = forms.CharField(
        label=_("Text"), required=False, max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
        help_text=_("Empty lines part paragraphs; “## ” begins a heading, “- ” a list, “|” a row of a table."),
    )  # fmt: skip
