"""Forms of lists and reception."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panoh.access.clock import today
from panoh.access.meanwhile import EditForm
from panoh.access.models import Agency
from panoh.access.queries import agencies
from panoh.casework.catalogue import catalogue
from panoh.casework.forms import Day
from panoh.casework.forms_identity import BirthParts
from panoh.casework.models import ArrivalList, ArrivalRow, Person
from panoh.casework.queries.reception import PersonReceived
from panoh.casework.reading.refusals import FileTooLarge

MEGABYTE = 1024 * 1024
SEXES = (("", gettext_lazy("not said")), ("female", gettext_lazy("female")), ("male", gettext_lazy("male")))


class ImportForm(forms.Form):
    """A sender's file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("The list as it was sent: .xlsx, .ods or .csv. It is kept sealed."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt"}),
    )
    sender = forms.CharField(
        label=gettext_lazy("Sender"),
        max_length=120,
        help_text=gettext_lazy("The body that sent it. What columns mean is remembered for each sender."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of list"),
        required=False,
        choices=[("", gettext_lazy("find out from the file")), *ArrivalList.Kind.choices],
    )

    # The file comes last: what stands before it is kept when a file that is too large stops on its way.
    field_order = ("sender", "kind", "file")

    def __init__(self, *args: Any, too_large: int = 0, **kwargs: Any) -> None:
        """too_large: the bytes of an upload that was stopped at the limit, else 0."""
        super().__init__(*args, **kwargs)
        if too_large:
            sizes = {"megabytes": -(-too_large // MEGABYTE), "most": settings.FILE_UPLOAD_MAX_BYTES // MEGABYTE}
            self.fields["file"].error_messages["required"] = str(FileTooLarge(**sizes))


class MendForm(EditForm, BirthParts):
    """What a row says of a person, as it should have been read."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=SEXES, required=False)
    kinship = forms.ChoiceField(label=gettext_lazy("Place in the family"), required=False)
    family_number = forms.CharField(
        label=gettext_lazy("Family number"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Rows with the same number become one family."),
    )
    field_order = ("name", "sex", *BirthParts.base_fields, "kinship", "family_number")

    def __init__(self, facts: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        """facts: what was understood of the row, to begin with."""
        birth = facts["birth"]
        shown = {key: facts[key] for key in ("name", "sex", "kinship", "family_number")}
        begin = {**shown, **{key: birth[key] for key in ("precision", "year", "month", "day")}}
        super().__init__(*args, **{"initial": begin, **kwargs})
        kinships: Any = self.fields["kinship"]
        kinships.choices = [("", _("not said")), *catalogue().choices("kinships")]
        self.fields["name"].widget.attrs["dir"] = "auto"
        if birth["written"]:
            self.fields["precision"].help_text = _("The list says “%(written)s”.") % {"written": birth["written"]}

    def facts(self) -> dict[str, Any]:
        """Return the facts to replace."""
        given = self.cleaned_data
        return {
            **{key: given[key].strip() for key in ("name", "sex", "kinship", "family_number")},
            "birth": self.birth(),
        }


class DecisionForm(forms.Form):
    """What becomes of a row."""

    decision = forms.TypedChoiceField(coerce=int, choices=ArrivalRow.Decision.choices[1:])
    other = forms.IntegerField(required=False)
    reason = forms.CharField(required=False, max_length=32)


class PeopleForm(forms.Form):
    """A form that leaves some people of a group out."""

    people_field: ClassVar[str] = "except_for"

    def __init__(self, people: Sequence[tuple[Person, str, str]], *args: Any, **kwargs: Any) -> None:
        """people: everybody of the group, with the name to show and the code of the family, family by family."""
        super().__init__(*args, **kwargs)
        self.group = people
        field: Any = self.fields[self.people_field]
        field.choices = [(person.code, name or person.code) for person, name, _family in people]

    def others(self) -> list[BoundField]:
        """Return the fields beside the people."""
        return [self[name] for name in self.fields if name != self.people_field]

    def chosen(self) -> BoundField:
        """Return the field of the people."""
        return self[self.people_field]

    def homes(self) -> list[tuple[str, list[tuple[Person, str, bool]]]]:
        """Return the people family by family, each with whether it is ticked."""
        ticked = {str(value) for value in self.chosen().value() or ()}
        families: dict[str, list[tuple[Person, str, bool]]] = {}
        for person, name, family in self.group:
            families.setdefault(family, []).append((person, name, person.code in ticked))
        return list(families.items())


class StartForm(PeopleForm):
    """Where and when a group is received, and who did not come."""

    people_field = "absent"

    place = forms.ChoiceField(label=gettext_lazy("Reception centre"))
    on = Day(label=gettext_lazy("Day of arrival"), initial=today)
    absent = forms.MultipleChoiceField(
        label=gettext_lazy("Did not arrive"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick only those who did not come. Everybody else is received."),
    )

    def __init__(self, people: Sequence[tuple[Person, str, str]], *args: Any, **kwargs: Any) -> None:
        """people: everybody on the list."""
        super().__init__(people, *args, **kwargs)
        self.places = {place.code: place for place in agencies(kind=Agency.Kind.RECEPTION_CENTRE)}
        places: Any = self.fields["place"]
        places.choices = [(code, place.name) for code, place in self.places.items()]

    def clean_place(self) -> Agency:
        """Return the chosen agency itself."""
        return self.places[self.cleaned_data["place"]]


class LateForm(PeopleForm):
    """Who of the absent came later."""

    people_field = "people"

    on = Day(label=gettext_lazy("Day of arrival"), initial=today)
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Arrived later"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick whoever arrived.")},
    )


class MedicalForm(PeopleForm):
    """The medical check of a whole group."""

    on = Day(label=gettext_lazy("Day of the check"), initial=today)
    except_for = forms.MultipleChoiceField(
        label=gettext_lazy("Everybody except"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Those not checked yet. Tick whoever was not seen by the clinic."),
    )


class PapersForm(PeopleForm):
    """The papers that a whole group lacks."""

    missing = forms.MultipleChoiceField(
        label=gettext_lazy("Missing papers"), widget=forms.CheckboxSelectMultiple, required=False
    )
    except_for = forms.MultipleChoiceField(
        label=gettext_lazy("Everybody except"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick those of whom this is not so; what is recorded of them stays."),
    )

    def __init__(self, people: Sequence[tuple[Person, str, str]], *args: Any, **kwargs: Any) -> None:
        """people: everybody present."""
        super().__init__(people, *args, **kwargs)
        papers: Any = self.fields["missing"]
        papers.choices = catalogue().choices("missing_documents")


class RoomsForm(EditForm):
    """The rooms of all families of a reception; a box for each, named by the family's code."""

    def __init__(self, rooms: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        """rooms: family code and the room it has now."""
        super().__init__(*args, initial=dict(rooms), **kwargs)
        for code in rooms:
            label = _("Room of family %(code)s") % {"code": code}
            self.fields[code] = forms.CharField(label=label, max_length=16, required=False)

    def changed(self) -> dict[str, str]:
        """Return family code and room of those that were sent with another one than the sender saw."""
        given = {code: room for code, room in self.cleaned_data.items() if code in self.data and code != "seen"}
        seen = self.cleaned_data["seen"].values
        return {code: room for code, room in given.items() if room != seen.get(code, "")}


def shown(people: Sequence[PersonReceived]) -> list[tuple[Person, str, str]]:
    """Return persons with their names and the code of their family, for a form."""
    return [(received.person, received.name, received.entry.family.code) for received in people]
