"""Forms of the reports that are read in: a report, and each kind of item as somebody corrects it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import Refusal
from panoh.exchange.actions.entering import Who, moderator_of, who_of
from panoh.exchange.models import Event, Position, Report, ReportItem, Statement
from panoh.exchange.queries.events import events
from panoh.exchange.queries.reports import BODY_LABELS
from panoh.exchange.reading import kind_of, state_names, text_of
from panoh.plan.queries import bodies

CHOOSE = _("none")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _named(choices: Any) -> list[tuple[str, Any]]:
    """Return choices by the name of each, as items keep them, instead of by its number."""
    return [(one.name.casefold(), one.label) for one in choices]


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class ReportForm(forms.Form):
    """A report: its text, pasted or in a file."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Empty: the first line of the text.")
    )
    source = forms.URLField(label=_("Where it is published"), max_length=400, required=False, assume_scheme="https")
    event = forms.ModelChoiceField(
        label=_("Event"), queryset=events().none(), required=False, empty_label=_("it is found in the text"),
        to_field_name="code",
    )  # fmt: skip
    text = forms.CharField(label=_("Text"), required=False, strip=False, widget=_area(10))
    file = forms.FileField(
        label=_("or file"), required=False, help_text=_("PDF with text in it, .docx, or text. The file is not kept."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt,.md"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = events()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take the text out of the file, where one was sent."""
        given: dict[str, Any] = super().clean() or {}
        file, text = given.pop("file", None), given.get("text", "")
        if bool(file) == bool(text.strip()):
            raise forms.ValidationError(_("Paste the text, or choose a file: one of both."))
        if not file:
            return {**given, "kind": Report.Kind.PASTED}
        content = file.read()
        try:
            return {**given, "text": text_of(content), "kind": kind_of(content)}
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class ItemForm(forms.Form):
    """What an item should say; what is sent is kept in the item's data by the names of the fields."""

    def __init__(self, item: ReportItem, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {**item.data, **kwargs.get("initial", {})}
        kwargs.setdefault("auto_id", f"id_{item.number}_%s")
        super().__init__(*args, **kwargs)

    def told(self) -> dict[str, Any]:
        """Return what was corrected as an item keeps it."""
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else "" if value is None else value
            for name, value in self.cleaned_data.items()
        }


class EventItemForm(ItemForm):
    """An event."""

    title = forms.CharField(label=_("Title"), max_length=400, widget=_area(2))
    kind = forms.ChoiceField(label=_("Kind"), choices=_named(Event.Kind))
    mode = forms.ChoiceField(label=_("How people meet"), choices=_named(Event.Mode))
    state = forms.ChoiceField(label=_("State"), choices=_named(Event.State))
    starts = forms.DateField(label=_("Day"), required=False, widget=DAY)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    words = forms.CharField(label=_("Moderator"), max_length=200, required=False)

    def __init__(self, item: ReportItem, *args: Any, **kwargs: Any) -> None:
        super().__init__(item, *args, initial={"words": moderator_of(item)}, **kwargs)


class BodyItemForm(ItemForm):
    """A body, or the one of those registered that it is."""

    same_as = forms.ChoiceField(label=_("It is registered as"), required=False)
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(BODY_LABELS.items()))
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, item: ReportItem, *args: Any, **kwargs: Any) -> None:
        super().__init__(item, *args, **kwargs)
        self._names = {body.code: str(body) for body in bodies()}
        self.fields["same_as"].choices = [("", CHOOSE), *self._names.items()]  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", CHOOSE), *state_names()]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return the body that was meant."""
        told = super().told()
        same = told.pop("same_as")
        return {**told, "code": same, "name": self._names[same], "is_listed": True} if same else told


class PersonItemForm(ItemForm):
    """An official as the report names them."""

    name = forms.CharField(label=_("Name"), max_length=100)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)


class WhoItemForm(ItemForm):
    """What somebody said, proposed or thinks, and who that was."""

    words = forms.CharField(
        label=_("Who"), max_length=200, required=False, help_text=_("Empty: nobody is named.")
    )  # fmt: skip
    body = forms.ChoiceField(label=_("For which body"), required=False)
    country = forms.ChoiceField(label=_("For which country"), required=False)

    def __init__(self, item: ReportItem, *args: Any, **kwargs: Any) -> None:
        try:
            who = who_of(item)
        except Refusal:
            who = Who("")
        initial = {"words": who.words, "country": who.country, "body": who.body.code if who.body else ""}
        super().__init__(item, *args, initial=initial, **kwargs)
        self.fields["body"].choices = [("", CHOOSE), *((one.code, str(one)) for one in bodies())]  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", CHOOSE), *state_names()]  # type: ignore[attr-defined]


class StatementItemForm(WhoItemForm):
    """A statement."""

    act = forms.ChoiceField(label=_("What kind"), choices=Statement.Act.choices)
    text = forms.CharField(label=_("What was said"), max_length=4000, widget=_area())
    field_order = ("act", "text")


class ProposalItemForm(WhoItemForm):
    """A proposal."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(label=_("Proposal"), max_length=4000, widget=_area())
    field_order = ("title", "text")


class PositionItemForm(WhoItemForm):
    """A position on a proposal of the same report."""

    to = forms.ChoiceField(label=_("Proposal"))
    stance = forms.ChoiceField(label=_("Position"), choices=_named(Position.Stance))
    taken_on = forms.DateField(label=_("On"), required=False, widget=DAY, help_text=_("Empty: the day of the event."))
    field_order = ("to", "stance", "taken_on")

    def __init__(self, item: ReportItem, *args: Any, **kwargs: Any) -> None:
        super().__init__(item, *args, **kwargs)
        proposals = item.report.items.filter(kind=ReportItem.Kind.PROPOSAL)
        self.fields["to"].choices = [(one.ref, one.data["title"]) for one in proposals]  # type: ignore[attr-defined]


class NumberItemForm(ItemForm):
    """A number and what it counts."""

    value = forms.IntegerField(label=_("Number"))
    what = forms.CharField(label=_("Of what"), max_length=200)
    qualifier = forms.CharField(label=_("How it is said"), max_length=40, help_text=_("exact, more than, about …"))


_FORMS: dict[int, type[ItemForm]] = {
    1: EventItemForm, 2: BodyItemForm, 3: PersonItemForm, 4: StatementItemForm, 5: ProposalItemForm,
    6: PositionItemForm, 7: NumberItemForm,
}  # fmt: skip


def item_form(item: ReportItem, given: Any = None) -> ItemForm:
    """Return the form by which an item of its kind is corrected."""
    return _FORMS[item.kind](item, given)
