"""Forms that bring people into families, move them, and put right what was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import District, Staff
from panoh.access.queries import staff_of
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.catalogue_entries import Stage
from panoh.casework.forms import CHOOSE, AssistanceForm, Day, Fieldset, choices_of
from panoh.casework.forms_identity import BirthParts
from panoh.casework.models import Family, Person
from panoh.casework.queries import Match, family_for, known_alike
from panoh.casework.refusals import MayBeKnown
from panoh.vault.queries import BirthDate, Document, DocumentKind, IdentityFacts, Name, NameKind, script_of

BY_HAND = _("entered by hand")


class RegisterForm(BirthParts):
    """A person who is registered by hand: a newborn, or somebody who came without a list."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("As the papers write it, in whatever script. A child without a name yet: “newborn girl”."),
    )
    other_name = forms.CharField(
        label=_("The same name in another spelling or script"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex.choices, widget=forms.RadioSelect)
    kinship = forms.ChoiceField(label=_("In the family as"), required=False)
    nationality = forms.RegexField(
        label=_("Nationality (two letters, such as UZ)"),
        regex=r"^[A-Za-z]{2}$",
        required=False,
        error_messages={"invalid": _("Write the two letters of the country, such as UZ or KG.")},
    )
    document_kind = forms.ChoiceField(label=_("A document that was seen"), required=False)
    document_number = forms.CharField(label=_("Its number"), max_length=60, required=False)
    source = forms.CharField(
        label=_("Where it was read or heard"), max_length=100, help_text=_("Such as: the mother, a birth record.")
    )
    since = Day(label=_("In the family since"), initial=today)
    none_of_these = forms.BooleanField(label=_("None of these is the same person"), required=False)
    stage = forms.ChoiceField(
        label=_("Open a case at"),
        required=False,
        help_text=_("Help, needs and steps are recorded in a person's case. It can be opened later, too."),
    )

    # Those who are registered already and may be the same person, once that was looked up.
    alike: Sequence[Match] = ()

    fieldsets = (
        Fieldset(_("Who it is"), ("name", "other_name", "sex", "kinship", "nationality")),
        Fieldset(_("Birth"), ("precision", "year", "month", "day")),
        Fieldset(_("Papers and source"), ("document_kind", "document_number", "source")),
        Fieldset(_("The work"), ("since", "stage")),
    )

    def __init__(self, *args: Any, may_open: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kinship"].choices = [("", gettext("not said")), *catalogue().choices("kinships")]
        fields["document_kind"].choices = [("", gettext("none")), *DocumentKind.choices]
        fields["stage"].choices = [("", gettext("no case yet")), *first_stages()]
        if not may_open:
            del self.fields["stage"]

    def parts(self) -> list[tuple[Any, list[BoundField]]]:
        """Return the headings and the fields below each."""
        return [(part.heading, [self[name] for name in part.names if name in self.fields]) for part in self.fieldsets]

    def clean(self) -> dict[str, Any]:
        """Check that a document has both its kind and its number."""
        given = super().clean()
        kind, number = given.get("document_kind", ""), given.get("document_number", "")
        if number and not kind:
            self.add_error("document_kind", gettext("Choose which kind of document has this number."))
        if kind and not number and "document_number" not in self.errors:
            self.add_error("document_number", gettext("Write the number of the document, or choose “none”."))
        return given

    def require_unknown(self, actor: Actor) -> None:
        """Look whether somebody alike is registered, unless the writer has looked and says it is none of them.

        Raises:
            MayBeKnown: the form then holds who they are.
        """
        if self.cleaned_data["none_of_these"]:
            return
        self.alike = known_alike(actor, self.facts(), sex=self.cleaned_data["sex"])
        if self.alike:
            raise MayBeKnown(number=len(self.alike))

    def facts(self) -> IdentityFacts:
        """Return what goes to the vault; the script of each name is found out."""
        given = self.cleaned_data
        names = [(given["name"], NameKind.OFFICIAL), (given["other_name"], NameKind.OTHER_SPELLING)]
        papers = [(given["document_kind"], given["document_number"])]
        return IdentityFacts(
            names=tuple(Name(text, kind, script_of(text), given["source"]) for text, kind in names if text),
            birth=BirthDate(**self.birth(), source=given["source"]),
            documents=tuple(Document(kind, number, given["source"]) for kind, number in papers if number),
        )

    def person(self) -> dict[str, Any]:
        """Return what `register_person` takes."""
        given = self.cleaned_data
        kept = {name: given[name] for name in ("sex", "kinship", "nationality", "since")}
        return {"facts": self.facts(), **kept}


class RegisterFamilyForm(RegisterForm):
    """A family that is registered by hand, with its first member."""

    district = forms.ModelChoiceField(
        label=_("District where the family lives"), queryset=District.objects.all(), required=False
    )
    worker = forms.ModelChoiceField(label=_("Lead worker"), queryset=Staff.objects.none(), required=False)

    fieldsets = (*RegisterForm.fieldsets[:3], Fieldset(_("The work"), ("since", "stage", "district", "worker")))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worker: Any = self.fields["worker"]
        worker.queryset = staff_of(actor)
        self.fields["since"].label = _("The file is opened on")


class OpenCaseForm(forms.Form):
    """At which stage a person's case begins."""

    stage = forms.ChoiceField(label=_("First stage"))
    on = Day(label=_("Opened on"), initial=today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage: Any = self.fields["stage"]
        stage.choices = [("", CHOOSE), *first_stages()]


class MovePersonForm(forms.Form):
    """Into which family a person moves."""

    to = forms.CharField(
        label=_("Code of the other family"),
        max_length=12,
        help_text=_("It stands at the top of that family's page, such as F-7K2M-9QTR. Open that family first."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    kinship = forms.ChoiceField(label=_("There as"), required=False)
    on = Day(label=_("Since"), initial=today)

    def __init__(self, actor: Actor, *args: Any, leaves: Family, **kwargs: Any) -> None:
        """leaves: the family that the person lives in now."""
        super().__init__(*args, **kwargs)
        self.actor, self.leaves = actor, leaves
        kinship: Any = self.fields["kinship"]
        kinship.choices = [("", gettext("not said")), *catalogue().choices("kinships")]

    def clean_to(self) -> Family:
        """Return the family itself."""
        code = str(self.cleaned_data["to"]).strip().upper()
        try:
            found = family_for(self.actor, code)
        except NotThere as away:
            raise forms.ValidationError(gettext("No family in your care has this code.")) from away
        if found == self.leaves:
            raise forms.ValidationError(gettext("The person lives in this family already."))
        return found


class CancelForm(forms.Form):
    """Why something that was planned is taken off the plan."""

    because = forms.ChoiceField(label=_("Why"), choices=lambda: choices_of("cancel_reasons"), widget=forms.RadioSelect)


class CorrectionForm(AssistanceForm):
    """Why a record of help is wrong, and what is right instead."""

    because = forms.ChoiceField(
        label=_("What is wrong"), choices=lambda: choices_of("correction_reasons", empty=CHOOSE)
    )
    field_order = ("because", "service", "quantity", "unit", "currency", "on", "agency", "programme")
    NOTHING_GIVEN = frozenset({"twice", "not_given"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__([], *args, **kwargs)
        del self.fields["case"]
        self.fields["because"].help_text = _(
            "“Twice” and “not given” take the record away; the rest below is then not used."
        )

    def instead(self) -> dict[str, Any] | None:
        """Return what is right; None when nothing was given."""
        given = dict(self.cleaned_data)
        return None if given.pop("because") in self.NOTHING_GIVEN else given


def first_stages() -> list[tuple[str, str]]:
    """Return the stages at which a case can begin."""
    return [(stage.code, stage.label) for stage in catalogue().stages[:-1]]


class MoveForm(forms.Form):
    """To which stage a case goes, since when, and who of the family goes along."""

    to = forms.ChoiceField(label=_("To the stage"))
    on = Day(label=_("Since"), initial=today)
    people = forms.MultipleChoiceField(
        label=_("Who goes"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody of the family who is at this stage. Leave out who is not ready yet."),
        error_messages={"required": _("Tick at least one person.")},
    )

    def __init__(self, now: Stage, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """people: case code and label of those at the stage; with one alone there is nothing to choose."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["to"].choices = list(ways(now))
        fields["people"].choices = people
        if len(people) < 2:
            del self.fields["people"]


def ways(now: Stage) -> list[tuple[str, str]]:
    """Return the stages that follow, those ahead first; one that lies behind says so. A closed case only goes back."""
    known = [catalogue().stage(code) for code in now.next]
    ahead = [stage for stage in known if stage.number > now.number]
    back = [stage for stage in known if stage.number < now.number]
    if not ahead:
        return [("", str(CHOOSE)), *((stage.code, stage.label) for stage in back)]
    behind = gettext("%(stage)s (a step back)")
    return [
        *((stage.code, stage.label) for stage in ahead),
        *((stage.code, behind % {"stage": stage.label}) for stage in back),
    ]
