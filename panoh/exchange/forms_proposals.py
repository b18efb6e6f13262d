"""Forms of proposals, their parts, positions on them, and their adoption."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.wordings import Wording
from panoh.exchange.countries import country_name, country_names
from panoh.exchange.forms import Country, Day, InLanguage, Worded, numbers
from panoh.exchange.models import Event, Plan, Position, Proposal, ProposalPart
from panoh.exchange.queries import ProposalFilters, events
from panoh.plan.actions import Wanted
from panoh.plan.queries import actions_of, areas_of, bodies, country_of


def own_countries(actor: Actor) -> list[tuple[str, str]]:
    """Return the countries in whose name somebody can write: all for editors, else their own."""
    if actor.may("proposal.consolidate"):
        return list(country_names().items())
    own = country_of(actor)
    return [(own, country_name(own))] if own else []


class ProposalFilter(forms.Form):
    """What a list of proposals is narrowed to."""

    text = forms.CharField(label=_("Words of the title"), max_length=200, required=False)
    state = forms.TypedChoiceField(label=_("State"), required=False, **numbers(Proposal.State, empty=_("all")))
    country = Country(none=_("all"), required=False)

    def filters(self) -> ProposalFilters:
        """Return the filters; those that are no choice narrow nothing."""
        return ProposalFilters(**self.cleaned_data) if self.is_valid() else ProposalFilters()


class ProposalForm(InLanguage):
    """A proposal, in one language."""

    title = Worded(label=_("Title"))
    text = Worded(label=_("Proposal"), rows=6)
    proposer = forms.CharField(label=_("Who proposed it"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    body = forms.ModelChoiceField(label=_("Body"), queryset=bodies().none(), required=False, empty_label=_("none"))
    event = forms.ModelChoiceField(
        label=_("Put forward at"), queryset=Event.objects.none(), required=False, empty_label=_("no event")
    )
    quote = forms.CharField(
        label=_("In the words of the report"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}), required=False
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.record:
            for name in ("country", "body", "event", "quote"):
                del self.fields[name]
            return
        none = [("", _("none"))] if actor.may("proposal.consolidate") or not country_of(actor) else []
        self.fields["country"].choices = [*none, *own_countries(actor)]  # type: ignore[attr-defined]
        self.fields["body"].queryset = bodies()  # type: ignore[attr-defined]
        self.fields["event"].queryset = events()  # type: ignore[attr-defined]


class MergeForm(InLanguage):
    """A consolidated proposal and the codes of those that are merged into it."""

    codes = forms.CharField(
        label=_("Proposals to merge"), max_length=400,
        help_text=_("Their codes, such as R-7K3Q-XM2D, one after the other; two at least."),
    )  # fmt: skip
    title = Worded(label=_("Title"))
    text = Worded(label=_("Proposal"), rows=6, help_text=_("What it asks for on the whole; each part is worded next."))

    def clean_codes(self) -> list[str]:
        """Return the codes, each once."""
        words = re.split(r"[\s,;]+", self.cleaned_data["codes"].upper())
        return list(dict.fromkeys(word for word in words if word))


class PartForm(InLanguage):
    """What became of a part that somebody asked for."""

    outcome = forms.TypedChoiceField(
        label=_("What became of it"), widget=forms.RadioSelect, **numbers(ProposalPart.Outcome)
    )
    text = Worded(label=_("As it stands now"), rows=4, required=False)
    because = forms.CharField(
        label=_("Why"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}), required=False,
        help_text=_("Needed for what is dropped."),
    )  # fmt: skip
    dissent = forms.CharField(
        label=_("Who dissents, and why"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}), required=False
    )


class PositionForm(forms.Form):
    """Where a country or a body stands."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    body = forms.ModelChoiceField(
        label=_("Or body"), queryset=bodies().none(), required=False, empty_label=_("none: the country itself")
    )
    stance = forms.TypedChoiceField(label=_("Position"), widget=forms.RadioSelect, **numbers(Position.Stance))
    statement = forms.CharField(
        label=_("Statement"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), max_length=20_000, required=False
    )
    who = forms.CharField(label=_("Who spoke"), max_length=200, required=False, help_text=_("The office."))
    taken_on = Day(label=_("On"), initial=today)
    source = forms.CharField(label=_("Source"), max_length=400, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [("", _("none"))] if actor.may("proposal.consolidate") or not country_of(actor) else []
        self.fields["country"].choices = [*none, *own_countries(actor)]  # type: ignore[attr-defined]
        self.fields["body"].queryset = bodies()  # type: ignore[attr-defined]


class AdoptForm(InLanguage):
    """The change of the plan that an adopted proposal asks for."""

    change = forms.ChoiceField(
        label=_("What changes in the plan"), widget=forms.RadioSelect, initial="add",
        choices=(("add", _("an action is added")), ("reword", _("an action is worded anew")),
                 ("drop", _("an action is dropped"))),
    )  # fmt: skip
    of = forms.ChoiceField(label=_("Which action"), required=False, help_text=_("For what is reworded or dropped."))
    area = forms.ChoiceField(label=_("Priority area"), required=False)
    code = forms.CharField(label=_("Number of the action"), max_length=16, required=False)
    text = Worded(label=_("Action"), rows=4, required=False)
    because = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}), required=False)

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actions = {action.code: action for action in actions_of(plan)}
        acts = [(code, f"{code} {str(action.text)[:80]}") for code, action in self.actions.items()]
        self.fields["of"].choices = [("", _("none")), *acts]  # type: ignore[attr-defined]
        self.fields["area"].choices = [(area.code, str(area)) for area in areas_of(plan)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a change of no action, and one to nothing."""
        given = self.cleaned_data
        if given.get("change") != "add" and not given.get("of"):
            self.add_error("of", _("Choose the action that changes."))
        if given.get("change") != "drop":
            for name in ("area", "code", "text"):
                if not given.get(name):
                    self.add_error(name, _("Fill this in."))
        return given

    def wanted(self) -> dict[str, Any]:
        """Return the change as the step takes it."""
        given = self.cleaned_data
        old = self.actions.get(given["of"]) if given["change"] != "add" else None
        wording = (old.text if old else Wording()).worded(given["language"], given["text"])
        to = None
        if given["change"] != "drop":
            whole = Wanted.of(old) if old else Wanted(given["area"], given["code"], wording)
            to = replace(whole, area=given["area"], code=given["code"], text=wording)
        return {"of": old, "to": to, "because": given["because"]}
