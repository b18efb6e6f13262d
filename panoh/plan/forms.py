"""Forms that write a plan and its next edition."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.wordings import Wording
from panoh.plan.actions import Wanted
from panoh.plan.models import ActionBody, Area, Body, Plan, PlanAction
from panoh.plan.states import state_name

CHOOSE = _("Choose…")
# Languages of the countries and of the United Nations, by their own names.
LANGUAGES = (
    ("en", "English"), ("ru", "Русский"), ("kk", "Қазақша"), ("ky", "Кыргызча"), ("tg", "Тоҷикӣ"),
    ("tk", "Türkmençe"), ("uz", "Oʻzbekcha"), ("ar", "العربية"), ("es", "Español"), ("fr", "Français"), ("zh", "中文"),
)  # fmt: skip
STATE_CODE = r"^[A-Z]{2}$"


def day(label: Any, *, required: bool = False, **kwargs: Any) -> forms.DateField:
    """Return a field for a day."""
    box = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=box, **kwargs)


def words(label: Any, *, rows: int = 3, most: int = 4000, **kwargs: Any) -> forms.CharField:
    """Return a field for a longer text."""
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **kwargs
    )


def web_address(label: Any, **kwargs: Any) -> forms.URLField:
    """Return a field for an address on the web."""
    return forms.URLField(label=label, required=False, max_length=400, assume_scheme="https", **kwargs)


class WordedForm(forms.Form):
    """A text in one language at a time; what it says in the others stays as it is."""

    language = forms.ChoiceField(
        label=_("Language of the text"), choices=LANGUAGES, initial="en",
        help_text=_("Save it once in each language; the texts in the others stay."),
    )  # fmt: skip

    def __init__(self, *args: Any, was: Wording | None = None, **kwargs: Any) -> None:
        self.was = was or Wording()
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = self.was.language or "en"

    def worded(self, name: str) -> Wording:
        """Return the text with what was entered in it."""
        return self.was.worded(self.cleaned_data["language"], self.cleaned_data[name].strip())


class PlanForm(WordedForm):
    """Begin a plan."""

    code = forms.SlugField(
        label=_("Code"), max_length=24, help_text=_("A short word that stands in addresses, such as jpoa.")
    )
    title = words(_("Title"), rows=2, most=300)
    states = forms.CharField(
        label=_("Countries"), max_length=600, help_text=_("Their two letters, one after the other: KZ KG TJ TM UZ.")
    )
    starts, ends = day(_("From")), day(_("Until"))
    source = web_address(_("Where it is published"))
    field_order = ("title", "language", "code", "states", "starts", "ends", "source")

    def clean_states(self) -> list[str]:
        """Return the codes, each once."""
        codes = list(dict.fromkeys(self.cleaned_data["states"].replace(",", " ").upper().split()))
        if wrong := [code for code in codes if not (len(code) == 2 and code.isascii() and code.isalpha())]:
            raise forms.ValidationError(_("A country is two letters, such as KZ; this is not: %s") % wrong[0])
        return codes


class PillarForm(WordedForm):
    """Add a pillar."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=49)
    title = words(_("Title"), rows=2, most=600)
    field_order = ("number", "title", "language")


class AreaForm(WordedForm):
    """Add a priority area."""

    pillar = forms.TypedChoiceField(label=_("Pillar"), coerce=int)
    code = forms.RegexField(r"^[\w.-]+$", label=_("Number"), max_length=12, help_text=_("Such as 1.1."))
    title = words(_("Title"), rows=2, most=600)
    field_order = ("pillar", "code", "title", "language")

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pillar"].choices = [("", CHOOSE), *((one.number, str(one)) for one in plan.pillars.all())]  # type: ignore[attr-defined]


class WantedForm(WordedForm):
    """An action of the plan: its place, wording, time and countries."""

    area = forms.ChoiceField(label=_("Priority area"))
    code = forms.RegexField(
        r"^[\w.-]+$", label=_("Number"), max_length=16, help_text=_("Such as 1.1.1; for a part of it 1.1.1a.")
    )
    parent = forms.ChoiceField(label=_("Part of the action"), required=False)
    text = words(_("Action"))
    starts, ends = day(_("From")), day(_("Until"))
    states = forms.MultipleChoiceField(
        label=_("Countries that report on it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all countries of the plan."),
    )  # fmt: skip
    also = forms.TypedMultipleChoiceField(
        label=_("Also serves the pillars"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("area", "code", "parent", "text", "language", "starts", "ends", "states", "also")

    def __init__(self, plan: Plan, *args: Any, of: PlanAction | None = None, **kwargs: Any) -> None:
        if of is not None:
            now = Wanted.of(of)
            kwargs["initial"] = {
                "area": now.area, "code": now.code, "parent": now.parent, "text": str(now.text), "starts": now.starts,
                "ends": now.ends, "states": list(now.states), "also": list(now.also),
            }  # fmt: skip
        super().__init__(*args, was=of.text if of else None, **kwargs)
        fields: Any = self.fields
        areas = Area.objects.filter(pillar__plan=plan).select_related("pillar")
        fields["area"].choices = [("", CHOOSE), *((one.code, str(one)) for one in areas)]
        whole = plan.actions.filter(until=None).exclude(pk=of.pk if of else 0)
        fields["parent"].choices = [
            ("", _("none: it stands for itself")),
            *((one.code, str(one)[:80]) for one in whole),
        ]
        fields["states"].choices = [(code, state_name(code)) for code in plan.states]
        fields["also"].choices = [(one.number, str(one)) for one in plan.pillars.all()]

    @property
    def wanted(self) -> Wanted:
        """Return the action as it is to be; the form is valid."""
        given = self.cleaned_data
        return Wanted(
            given["area"], given["code"], self.worded("text"), given["parent"], given["starts"], given["ends"],
            tuple(given["states"]), tuple(given["also"]),
        )  # fmt: skip


class DraftActionForm(WantedForm):
    """An action of a draft, and how it is known."""

    grade = forms.ChoiceField(
        label=_("How we know of it"), choices=PlanAction.Grade.choices, initial=PlanAction.Grade.OURS
    )
    source = web_address(_("Source"), help_text=_("Needed for what was found in a public source."))


class AskedForm(forms.Form):
    """Who asked for a change of the plan."""

    asked_for_in = forms.RegexField(
        r"^[\w.-]+$", label=_("Proposal or finding that asks for it"), required=False, max_length=12,
        help_text=_("Its code. Empty: nobody's but ours."),
    )  # fmt: skip
    because = words(_("Why"), required=False)


class ChangeForm(AskedForm, WantedForm):
    """An action as the next edition is to have it, and who asked for it."""


class AdoptForm(forms.Form):
    """When and where an edition was adopted."""

    on = day(_("Adopted on"), required=True)
    at = forms.CharField(label=_("Where it was adopted"), max_length=200, required=False)
    source = web_address(_("Where it is published"))

    def clean_on(self) -> date:
        """Refuse a day to come."""
        on: date = self.cleaned_data["on"]
        if on > today():
            raise forms.ValidationError(_("This day is still to come. Record it once it was adopted."))
        return on


class BodyForm(WordedForm):
    """Register a body that answers for something."""

    code = forms.SlugField(label=_("Code"), max_length=24, help_text=_("A short word, such as unoct."))
    name = words(_("Name"), rows=2, most=300)
    kind = forms.TypedChoiceField(label=_("Kind"), choices=[("", CHOOSE), *Body.Kind.choices], coerce=int)
    country = forms.RegexField(
        STATE_CODE,
        label=_("Country"),
        max_length=2,
        required=False,
        help_text=_("Two letters. Empty: of no one state."),
    )
    contact = forms.CharField(
        label=_("Contact office"), max_length=200, required=False, help_text=_("An office, not a person.")
    )
    field_order = ("name", "language", "code", "kind", "country", "contact")


class PartsForm(forms.Form):
    """Which bodies have which part in an action."""

    lead = forms.ChoiceField(label=_("Leads"), required=False)
    contributors = forms.MultipleChoiceField(label=_("Contribute"), required=False, widget=forms.CheckboxSelectMultiple)
    funders = forms.MultipleChoiceField(label=_("Fund"), required=False, widget=forms.CheckboxSelectMultiple)
    consulted = forms.MultipleChoiceField(label=_("Are consulted"), required=False, widget=forms.CheckboxSelectMultiple)
    PARTS = (
        ("lead", ActionBody.Part.LEAD), ("contributors", ActionBody.Part.CONTRIBUTOR),
        ("funders", ActionBody.Part.FUNDER), ("consulted", ActionBody.Part.CONSULTED),
    )  # fmt: skip

    def __init__(self, action: PlanAction, *args: Any, **kwargs: Any) -> None:
        now = [(one.part, one.body.code) for one in action.bodies.select_related("body")]
        told: dict[str, Any] = {name: [code for has, code in now if has == part] for name, part in self.PARTS}
        told["lead"] = next(iter(told["lead"]), "")
        kwargs["initial"] = told
        super().__init__(*args, **kwargs)
        offered = [(one.code, str(one.name)) for one in Body.objects.all()]
        for name, _part in self.PARTS:
            self.fields[name].choices = [("", _("nobody yet")), *offered] if name == "lead" else offered  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[int, list[str]]:
        """Return the codes of the bodies by their part; the form is valid."""
        given = self.cleaned_data
        return {
            part: [given[name]] if name == "lead" and given[name] else list(given[name]) for name, part in self.PARTS
        }
