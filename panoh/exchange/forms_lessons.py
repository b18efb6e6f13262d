"""Forms of lessons."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.entrances import Actor
from panoh.exchange.countries import country_name, country_names
from panoh.exchange.forms import Country, InLanguage, Worded, numbers
from panoh.exchange.models import MOST_TAGS, TEXTS, Event, Lesson, LessonReview
from panoh.exchange.queries import Filters, events
from panoh.plan.queries import bodies, country_of


class LessonFilter(forms.Form):
    """What a list of lessons is narrowed to."""

    q = forms.CharField(label=_("Words, in any language"), max_length=200, required=False)
    kind = forms.TypedChoiceField(label=_("Kind"), required=False, **numbers(Lesson.Kind, empty=_("all")))
    country = Country(none=_("all"), required=False)
    tag = forms.CharField(label=_("Tag"), max_length=40, required=False)
    state = forms.TypedChoiceField(label=_("State"), required=False, **numbers(Lesson.State, empty=_("all")))

    def filters(self) -> Filters:
        """Return the filters; those that are no choice narrow nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        return Filters(given.get("kind"), given.get("country", ""), given.get("tag", ""), given.get("state"))


class LessonForm(InLanguage):
    """A lesson in the language it is written in."""

    kind = forms.TypedChoiceField(label=_("Kind"), **numbers(Lesson.Kind))
    title = Worded(label=_("Title"), help_text=_("Name no person who was helped, here or below."))
    context = Worded(label=_("Context"), rows=3, required=False)
    tried = Worded(label=_("What was tried"), rows=4)
    outcome = Worded(label=_("What worked or failed"), rows=4)
    for_whom = Worded(label=_("For whom"), rows=2, required=False)
    evidence = Worded(label=_("Evidence"), rows=3, required=False)
    strength = forms.TypedChoiceField(label=_("Strength of the evidence"), **numbers(Lesson.Strength))
    conditions = Worded(label=_("Conditions for doing the same elsewhere"), rows=3, required=False)
    cost = Worded(label=_("Cost"), rows=2, required=False)
    contact = forms.CharField(
        label=_("Contact office"), max_length=200, required=False, help_text=_("An office and its address, no person.")
    )
    tags = forms.CharField(
        label=_("Tags"), max_length=400, required=False, help_text=_("Parted by commas, such as: documents, school.")
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    body = forms.ModelChoiceField(label=_("Body"), queryset=bodies().none(), required=False, empty_label=_("none"))
    event = forms.ModelChoiceField(
        label=_("Told at"), queryset=Event.objects.none(), required=False, empty_label=_("no event")
    )
    secrecy = forms.TypedChoiceField(
        label=_("Who may read it"),
        initial=Lesson.Secrecy.REGION,
        help_text=_("For the country only: nobody else reads it, editors of the exchange neither."),
        **numbers(Lesson.Secrecy),
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = country_of(actor)
        choices = country_names().items() if actor.may("lesson.publish") else [(own, country_name(own))] if own else []
        self.fields["country"].choices = [("", _("none")), *choices]  # type: ignore[attr-defined]
        self.fields["body"].queryset = bodies()  # type: ignore[attr-defined]
        self.fields["event"].queryset = events()  # type: ignore[attr-defined]
        if self.record:
            self.initial["tags"] = ", ".join(self.record.tags)
        else:
            self.initial.setdefault("country", own)

    def clean_tags(self) -> list[str]:
        """Return the tags, each once and in small letters."""
        words = (" ".join(tag.split()).lower()[:40] for tag in re.split(r"[,;\n]", self.cleaned_data["tags"]))
        return list(dict.fromkeys(tag for tag in words if tag))[:MOST_TAGS]

    def clean(self) -> dict[str, Any]:
        """Refuse a lesson for the country only that names no country."""
        if self.cleaned_data.get("secrecy") == Lesson.Secrecy.NATIONAL and not self.cleaned_data.get("country"):
            self.add_error("country", _("A lesson for the country only needs a country."))
        return self.cleaned_data

    def seen(self) -> int:
        """Return the version that was read before it was changed."""
        return int(self.cleaned_data.get("version") or 0)

    def given(self) -> dict[str, Any]:
        """Return the fields of the lesson."""
        fields = super().given()
        fields.pop("version")
        return fields


class TranslationForm(forms.Form):
    """A lesson's texts in one more language, each beside what it says in the first."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, lesson: Lesson, language: str, *args: Any, suggested: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = lesson.version
        for name in TEXTS:
            wording = getattr(lesson, name)
            original = next(iter(wording.values()), "")
            if original or wording.get(language):
                label = Lesson.label_of(name)
                rows = 1 if name == "title" else min(12, 2 + len(original) // 80)
                field = Worded(label=label[:1].upper() + label[1:], rows=rows, required=False)
                field.original = original  # type: ignore[attr-defined]
                self.fields[name] = field
                self.initial[name] = wording.get(language) or suggested.get(name, "")

    def texts(self) -> dict[str, str]:
        """Return the translated texts by field."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}


class ReviewForm(forms.Form):
    """What a peer says of a lesson."""

    verdict = forms.TypedChoiceField(label=_("Your verdict"), widget=forms.RadioSelect, **numbers(LessonReview.Verdict))
    text = forms.CharField(
        label=_("Why, and what to change"), widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}), max_length=20_000,
        required=False,
    )  # fmt: skip
