"""Forms of a person's rights and of complaints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panoh.access.models import Staff
from panoh.access.queries import everybody
from panoh.casework.catalogue import catalogue
from panoh.casework.forms import CHOOSE, LongSelect, Words, choices_of
from panoh.casework.models import Complaint
from panoh.casework.queries.complaints import who_can_look_into

ABOUT_OFFICER = _("It is about the data-protection officer: let a coordinator read it instead")


class AskerForm(forms.Form):
    """Who asks, and how the worker made sure of it."""

    asker = forms.ChoiceField(label=_("Who asks"))
    asker_check = forms.ChoiceField(label=_("How you made sure"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asker"].choices = choices_of("askers", empty=CHOOSE)  # type: ignore[attr-defined]
        self.fields["asker_check"].choices = choices_of("asker_checks")  # type: ignore[attr-defined]


class RightsRequestForm(AskerForm):
    """What somebody asks about a file."""

    right = forms.ChoiceField(label=_("What is asked"), widget=forms.RadioSelect)
    words = Words(label=_("In their words"), required=False)
    field_order = ("right", "words", "asker", "asker_check")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["right"].choices = choices_of("rights")  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """How something that was asked ended, in words."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    words = Words(label=_("Answer"), help_text=_("Words that the person understands; if not done as asked, why."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = choices_of("right_outcomes")  # type: ignore[attr-defined]


class PutRightForm(forms.Form):
    """Which fact is wrong, what is right, and why."""

    what = forms.ChoiceField(label=_("What is wrong"), widget=LongSelect)
    now = forms.CharField(label=_("What is right"), max_length=200)
    why = Words(label=_("Why, and what says so"), rows=3)

    def __init__(self, facts: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [("", CHOOSE), *facts]  # type: ignore[attr-defined]

    @property
    def change(self) -> dict[str, Any]:
        """Return what the step takes."""
        fact, was = self.cleaned_data["what"].split(":", 1)
        return {"fact": int(fact), "was": was, "now": self.cleaned_data["now"], "why": self.cleaned_data["why"]}


class _NamedForm(forms.Form):
    """Colleagues whom a complaint is about."""

    named = forms.MultipleChoiceField(
        label=_("Colleagues it is about"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They cannot read it, nor see that it is there; name a supervisor too, if it is about them."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(one.pk), f"{one.display_name}, {one.agency}") for one in everybody()]
        self.fields["named"].choices = people  # type: ignore[attr-defined]

    def clean_named(self) -> list[Staff]:
        """Return the colleagues."""
        return list(Staff.objects.filter(pk__in=map(int, self.cleaned_data["named"])))


class ComplaintForm(_NamedForm):
    """A complaint that a worker takes down."""

    words = Words(label=_("The complaint, in their words"), rows=6)
    about = forms.CharField(
        label=_("Code of the person"), required=False, max_length=12,
        help_text=_("If they want to be known. The complaint does not show in the file."),
    )  # fmt: skip
    about_officer = forms.BooleanField(label=ABOUT_OFFICER, required=False)
    field_order = ("words", "named", "about", "about_officer")

    def clean_about(self) -> str:
        """Return the code as codes are written."""
        return str(self.cleaned_data["about"]).strip().upper()


class ShareOutForm(_NamedForm):
    """Whom a complaint is about, and who looks into it."""

    handler = forms.ChoiceField(label=_("Who looks into it"), required=False, widget=LongSelect)

    def __init__(self, complaint: Complaint, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [(one.pk, f"{one.display_name}, {one.agency}") for one in who_can_look_into(complaint)]
        self.fields["handler"].choices = [("", _("who reads it first")), *able]  # type: ignore[attr-defined]

    def clean_handler(self) -> Staff | None:
        """Return the colleague, if one was chosen."""
        chosen = self.cleaned_data["handler"]
        return Staff.objects.get(pk=int(chosen)) if chosen else None


class ReplyForm(forms.Form):
    """The answer to a complaint."""

    words = Words(label=_("Answer"), help_text=_("What was found, and what follows from it."))


class CodeForm(forms.Form):
    """The code of a receipt, at the open door."""

    code = forms.CharField(
        label=_("Code on the paper"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"})
    )


class ReadForm(CodeForm):
    """Which answer is to be read with a code."""

    number = forms.CharField(
        label=_("Number you were given"), max_length=12, help_text=_("It begins with CP or RR, such as CP-7K3Q-XM2D."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "read_%s", **kwargs})
        self.fields["code"].widget = forms.HiddenInput()


class AskForm(CodeForm):
    """What is asked with a code."""

    what = forms.ChoiceField(label=_("What do you ask?"), widget=forms.RadioSelect)
    words = Words(label=_("In your words"), help_text=_("Write how we can reach you, if you want an answer by phone."))
    about_officer = forms.BooleanField(label=ABOUT_OFFICER, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = forms.HiddenInput()
        asked = [*catalogue().choices("rights"), ("complaint", _("To complain about something or somebody"))]
        self.fields["what"].choices = asked  # type: ignore[attr-defined]
