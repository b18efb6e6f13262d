"""Forms of events and of what belongs to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.exchange.forms import Country, Day, Hour, InLanguage, Worded, numbers
from panoh.exchange.models import Event, EventBody, Output, Participation, Statement
from panoh.exchange.queries import events
from panoh.plan.queries import bodies


class EventForm(InLanguage):
    """An event."""

    title = Worded(label=_("Title"))
    kind = forms.TypedChoiceField(label=_("Kind"), **numbers(Event.Kind))
    mode = forms.TypedChoiceField(label=_("How people meet"), **numbers(Event.Mode))
    state = forms.TypedChoiceField(label=_("State"), initial=Event.State.PLANNED, **numbers(Event.State))
    rules = forms.TypedChoiceField(
        label=_("Rules"),
        help_text=_("When it is not on record, who said what is not kept; names that stand there are erased."),
        **numbers(Event.Rules),
    )
    starts = Day(label=_("From"), required=False)
    ends = Day(label=_("Until"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    meeting_link = forms.URLField(
        label=_("Link to the meeting room"), max_length=400, required=False, assume_scheme="https"
    )
    beside = forms.ModelChoiceField(
        label=_("Held beside"), queryset=Event.objects.none(), required=False, empty_label=_("no other event")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = events()
        self.fields["beside"].queryset = others.exclude(pk=self.record.pk) if self.record else others  # type: ignore[attr-defined]


class BodyForm(forms.Form):
    """A body's part in an event."""

    body = forms.ModelChoiceField(label=_("Body"), queryset=bodies().none())
    part = forms.TypedChoiceField(label=_("Part"), **numbers(EventBody.Part))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies()  # type: ignore[attr-defined]


class SessionForm(InLanguage):
    """A session of the programme."""

    title = Worded(label=_("Title"))
    agenda = Worded(label=_("What it is about"), rows=3, required=False)
    day = Day(label=_("Day"), required=False)
    starts = Hour(label=_("From"), required=False)
    ends = Hour(label=_("Until"), required=False)
    chair = forms.CharField(
        label=_("Chair"), max_length=200, required=False, help_text=_("The office is enough: “Ministry of Education”.")
    )


class ParticipationForm(forms.Form):
    """How many took part, from where, and who says so."""

    country = Country(none=_("no single country"), required=False)
    body = forms.CharField(label=_("Agency"), max_length=200, required=False)
    headcount = forms.IntegerField(
        label=_("How many"), min_value=0, max_value=1_000_000, required=False, help_text=_("Empty: not reported.")
    )
    qualifier = forms.TypedChoiceField(label=_("Counted"), **numbers(Participation.Qualifier))
    source = forms.CharField(
        label=_("Source"), max_length=400, help_text=_("A document or an address: who says this number.")
    )


class RegistrationForm(forms.Form):
    """An official who is expected."""

    name = forms.CharField(label=_("Name as on the badge"), max_length=200)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    body = forms.CharField(label=_("Agency"), max_length=200, required=False)
    country = Country(none=_("no single country"), required=False)


class OutputForm(InLanguage):
    """A paper or recording by its link."""

    kind = forms.TypedChoiceField(label=_("Kind"), **numbers(Output.Kind))
    title = Worded(label=_("Title"))
    link = forms.URLField(label=_("Link"), max_length=400, assume_scheme="https")

    def given(self) -> dict[str, Any]:
        """Return the fields; the paper is in the language of its title."""
        return {**super().given(), "language": self.cleaned_data["language"]}


class DecisionForm(InLanguage):
    """What was decided."""

    text = Worded(label=_("Decision"), rows=3)
    addressed_to = forms.CharField(label=_("For whom"), max_length=200, required=False)
    due = Day(label=_("Until"), required=False)


class StatementForm(forms.Form):
    """What somebody said."""

    text = forms.CharField(label=_("What was said"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
    act = forms.ChoiceField(label=_("What kind"), choices=Statement.Act.choices)
    speaker = forms.CharField(
        label=_("Who said it"), max_length=200, required=False, help_text=_("Leave empty if nobody is named.")
    )
    body = forms.ModelChoiceField(
        label=_("For which body"), queryset=bodies().none(), required=False, empty_label=_("none")
    )
    country = Country(label=_("For which country"), required=False)
    quote = forms.CharField(
        label=_("In the words of the report"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        required=False,
    )

    def __init__(self, *args: Any, closed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies()  # type: ignore[attr-defined]
        if closed:
            for name in ("speaker", "body", "country", "quote"):
                del self.fields[name]


FORMS: dict[str, type[forms.Form]] = {
    "bodies": BodyForm, "sessions": SessionForm, "participants": ParticipationForm,
    "registrations": RegistrationForm, "outputs": OutputForm, "decisions": DecisionForm, "statements": StatementForm,
}  # fmt: skip
