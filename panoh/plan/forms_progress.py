"""Forms by which countries report, and those that choose what is shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.plan.forms import CHOOSE, WordedForm, day, web_address, words
from panoh.plan.models import Body, Milestone, Plan, PlanAction, Status
from panoh.plan.states import state_name


def _source() -> forms.CharField:
    return forms.CharField(
        label=_("Source"), max_length=400, help_text=_("Who says so: an address, a document, or the office.")
    )


class OfCountryForm(forms.Form):
    """For which country something is reported; who speaks for one is not asked."""

    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, action: PlanAction, own: str, *args: Any, all_together: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [own] if own else action.concerns
        none = ("", _("all countries together") if all_together else CHOOSE)
        fields: Any = self.fields
        fields["country"].choices = [*(() if own else (none,)), *((code, state_name(code)) for code in codes)]
        fields["country"].required = not all_together or bool(own)
        if own:
            fields["country"].initial = own
            fields["country"].widget = forms.HiddenInput()


class StatusForm(OfCountryForm):
    """What has become of an action in a country."""

    state = forms.TypedChoiceField(
        label=_("Status"), choices=Status.State.choices, coerce=int, widget=forms.RadioSelect
    )
    on = day(_("As of"), required=True)
    note = words(_("Note"), required=False, help_text=_("What was done, what holds it up. Name nobody who is helped."))
    source = _source()
    evidence_kind = forms.ChoiceField(
        label=_("Kind of evidence"), required=False, choices=[("", _("none")), *Status.Evidence.choices],
        help_text=_("“Done” is shown by evidence."),
    )  # fmt: skip
    evidence = web_address(_("Where the evidence is"))
    evidence_on = day(_("Day of the evidence"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()


class MilestoneForm(WordedForm):
    """A day by which something is due."""

    text = words(_("Milestone"), rows=2, most=600)
    due = day(_("Due"), required=True)
    for_each = forms.BooleanField(label=_("Each country reaches it for itself"), required=False, initial=True)
    field_order = ("text", "language", "due", "for_each")


class ReachedForm(OfCountryForm):
    """That a milestone was reached."""

    on = day(_("Reached on"), required=True)
    source = _source()

    def __init__(self, milestone: Milestone, own: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(milestone.action, own, *args, **kwargs)
        if not milestone.for_each:
            del self.fields["country"]


class FundingForm(OfCountryForm):
    """Money for an action in a year."""

    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    funder = forms.ChoiceField(label=_("Given by"), required=False)
    currency = forms.RegexField(r"^[A-Z]{3}$", label=_("Currency"), max_length=3, help_text=_("Three letters: USD."))
    planned = forms.DecimalField(
        label=_("Planned"), required=False, min_value=0, max_digits=16, decimal_places=2,
        help_text=_("Leave empty what nobody said; it is not 0."),
    )  # fmt: skip
    paid = forms.DecimalField(label=_("Paid"), required=False, min_value=0, max_digits=16, decimal_places=2)
    source = _source()
    field_order = ("year", "funder", "country", "currency", "planned", "paid", "source")

    def __init__(self, action: PlanAction, own: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(action, own, *args, all_together=True, **kwargs)
        offered = [(one.code, str(one.name)) for one in Body.objects.all()]
        self.fields["funder"].choices = [("", _("nobody: this is the budget")), *offered]  # type: ignore[attr-defined]
        self.fields["year"].initial = today().year


# --- what is shown -----------------------------------------------------------------------------------------------


class PlanFilter(forms.Form):
    """What of a plan is shown; its fields offer what the plan has."""

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if "country" in fields:
            fields["country"].choices = [("", _("all")), *((code, state_name(code)) for code in plan.states)]
        if "pillar" in fields:
            fields["pillar"].choices = [("", _("all")), *((one.number, str(one)) for one in plan.pillars.all())]


class CountryFilter(PlanFilter):
    """All countries of a plan, or one."""

    country = forms.ChoiceField(label=_("Country"), required=False)


class PillarFilter(PlanFilter):
    """All pillars of a plan, or one."""

    pillar = forms.TypedChoiceField(label=_("Pillar"), required=False, coerce=int, empty_value=None)


class MatrixFilter(CountryFilter, PillarFilter):
    """What the matrix shows."""

    state = forms.TypedChoiceField(
        label=_("Status"), required=False, coerce=int, empty_value=None,
        choices=[("", _("any")), *Status.State.choices, (0, _("not reported"))],
    )  # fmt: skip
    field_order = ("pillar", "country", "state")


class EditionsFilter(forms.Form):
    """Two editions to compare."""

    older = forms.TypedChoiceField(label=_("From edition"), coerce=int)
    newer = forms.TypedChoiceField(label=_("To edition"), coerce=int)

    def __init__(self, offered: list[tuple[int, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("older", "newer"):
            self.fields[name].choices = offered  # type: ignore[attr-defined]
