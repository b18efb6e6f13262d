"""Forms of reviews, answers, findings and action points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.wordings import Wording
from panoh.plan.forms_indicators import CHOOSE, DAY, language, long_text
from panoh.plan.models import Area, Body, Finding, PlanAction, Question, Review
from panoh.plan.queries.indicators import place_key


def worded(text: str) -> Wording:
    """Return a text in the language the reader writes in."""
    return Wording({language(): text})


class ReviewForm(forms.Form):
    """What a review looks back at."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.TypedChoiceField(label=_("Kind"), choices=Review.Kind.choices, coerce=int)
    starts = forms.DateField(label=_("Looks back from"), widget=DAY)
    ends = forms.DateField(label=_("Until"), widget=DAY)
    answers_due = forms.DateField(label=_("Answers are due"), widget=DAY)

    def clean_title(self) -> Wording:
        """Return the title in the reader's language."""
        return worded(self.cleaned_data["title"])


class QuestionForm(forms.Form):
    """One question to every country."""

    text = long_text(label=_("Question"))

    def clean_text(self) -> Wording:
        """Return the question in the reader's language."""
        return worded(self.cleaned_data["text"])


class AnswersForm(forms.Form):
    """A country's answers to all questions."""

    def __init__(self, questions: Sequence[Question], kept: Mapping[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = {f"answer-{question.number}": question.number for question in questions}
        for question in questions:
            field = long_text(label=str(question), required=False, initial=kept.get(question.number, ""))
            self.fields[f"answer-{question.number}"] = field

    @property
    def texts(self) -> Mapping[int, str]:
        """Return the answers by number of the question; the form is valid."""
        return {number: self.cleaned_data[name] for name, number in self.numbers.items()}


class MeetingForm(forms.Form):
    """When and where the answers were discussed."""

    on = forms.DateField(label=_("Day"), widget=DAY)
    at = forms.CharField(label=_("Place"), max_length=200, required=False)
    event = forms.RegexField(
        label=_("Code of the event"), regex=r"^[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}$", required=False,
        help_text=_("If the meeting is in the exchange, such as E-7K3Q-XM2D."),
    )  # fmt: skip


class FindingForm(forms.Form):
    """What the review found out about an action or an area."""

    about = forms.ChoiceField(label=_("About"))
    kind = forms.TypedChoiceField(label=_("Kind"), choices=Finding.Kind.choices, coerce=int)
    text = long_text(label=_("What was found"))
    evidence = long_text(label=_("What it rests on"), required=False)
    asks_for_change = forms.BooleanField(
        label=_("The plan should be changed"), required=False,
        help_text=_("The finding has a code, which the change cites in the next revision."),
    )  # fmt: skip

    def __init__(self, places: Sequence[PlanAction | Area], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [("", CHOOSE), *((place_key(place), str(place)[:120]) for place in places)]  # type: ignore[attr-defined]

    def clean_text(self) -> Wording:
        """Return the finding in the reader's language."""
        return worded(self.cleaned_data["text"])


class PointForm(forms.Form):
    """Who does what until when."""

    text = long_text(label=_("What is to be done"))
    body = forms.ModelChoiceField(label=_("Who does it"), queryset=Body.objects.all(), to_field_name="code")
    country = forms.ChoiceField(
        label=_("Country"), required=False, help_text=_("Whose focal point reports on it. Empty: that of the body.")
    )
    due = forms.DateField(label=_("Due"), widget=DAY)
    finding = forms.ModelChoiceField(
        label=_("Because of"), queryset=Finding.objects.none(), to_field_name="code", required=False
    )

    def __init__(self, review: Review, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "–"), *((state, state) for state in review.plan.states)]  # type: ignore[attr-defined]
        self.fields["finding"].queryset = review.findings.all()  # type: ignore[attr-defined]

    def clean_text(self) -> Wording:
        """Return the text in the reader's language."""
        return worded(self.cleaned_data["text"])


class DoneForm(forms.Form):
    """What was done about an action point."""

    taken = long_text(label=_("What was done"))
    evidence = forms.CharField(
        label=_("Evidence"), max_length=400, help_text=_("A document with its date, or an address. Name no person.")
    )
