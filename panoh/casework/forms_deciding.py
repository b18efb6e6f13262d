"""Forms of decisions: what is asked for, handed over, weighed and talked about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Agency, Staff
from panoh.access.queries import everybody
from panoh.casework.actions.conferences import Invited
from panoh.casework.catalogue import catalogue
from panoh.casework.catalogue_entries import Stage
from panoh.casework.forms import CHOOSE, CloseForm, Day, Words, _able, choices_of
from panoh.casework.models import Conference, Determination, Family, Need, PanelMember

SEATS = 6


class AskToCloseForm(CloseForm):
    """Why and how a case is to close; another agrees."""


class AskToReopenForm(forms.Form):
    """To which stage a closed case is to be opened again, and why."""

    to = forms.ChoiceField(label=_("Stage"))
    why = Words(label=_("Why"))

    def __init__(self, now: Stage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ahead = [catalogue().stage(code) for code in now.next]
        self.fields["to"].choices = [(stage.code, stage.label) for stage in ahead]  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """Why something is declined."""

    why = Words(label=_("Why"), rows=3)


class BecauseForm(forms.Form):
    """Why something is cancelled."""

    because = forms.ChoiceField(label=_("Why"), choices=lambda: choices_of("cancel_reasons", empty=CHOOSE))


class TransferForm(forms.Form):
    """To whom a family is handed over, and what the next worker must know."""

    to_agency = forms.ModelChoiceField(label=_("To which agency"), queryset=Agency.objects.filter(is_active=True))
    to_worker = forms.ModelChoiceField(
        label=_("To which colleague"), queryset=Staff.objects.none(), required=False,
        help_text=_("Left empty, the agency says who takes it over."),
    )  # fmt: skip
    reason = forms.ChoiceField(label=_("Why"), choices=lambda: choices_of("transfer_reasons", empty=CHOOSE))
    notes = Words(
        label=_("What the next worker must know"),
        help_text=_("They read this, and what is open, before the file is theirs. Write no names here."),
    )
    meeting_on = Day(label=_("Talk at the handing over"), required=False)
    legal_basis = forms.ChoiceField(
        label=_("Without consent: the legal basis"),
        required=False,
        choices=lambda: choices_of("legal_bases", empty="–"),
        help_text=_("For another agency: a consent to tell the whole file is found by itself; without one, say why."),
    )
    because = Words(label=_("And the reason"), required=False, rows=2)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_agency"].initial = actor.agency_id
        self.fields["to_worker"].queryset = Staff.objects.filter(is_active=True)  # type: ignore[attr-defined]


# --- best interests ----------------------------------------------------------------------------------------------


class WriteDeterminationForm(forms.Form):
    """What a best-interests procedure says in words."""

    history = Words(label=_("What happened so far"), required=False)
    situation = Words(label=_("How the child lives now, and how safe it is"), required=False)
    family_views = Words(label=_("What the family and others close to the child say"), required=False)
    experts = Words(label=_("What experts say"), required=False)
    recommendation = Words(label=_("The recommendation and why"), required=False)


class DeterminationForm(WriteDeterminationForm):
    """A best-interests procedure that begins."""

    kind = forms.TypedChoiceField(label=_("What is prepared"), coerce=int, choices=Determination.Kind.choices)
    sought = forms.ChoiceField(label=_("Decision sought"), choices=lambda: choices_of("sought_decisions", empty=CHOOSE))
    field_order = ("kind", "sought")


class OptionForm(forms.Form):
    """One option, weighed."""

    kind = forms.ChoiceField(label=_("Option"), choices=lambda: choices_of("arrangements", empty=CHOOSE))
    speaks_for = Words(label=_("What speaks for it"), rows=3)
    speaks_against = Words(label=_("What speaks against it"), rows=3)


class SeatForm(forms.Form):
    """Who sits on the panel."""

    staff = forms.ModelChoiceField(
        label=_("Colleague"), queryset=Staff.objects.none(),
        help_text=_("Whoever can open the file. Open it to others first, if they are to sit on the panel."),
    )  # fmt: skip

    def __init__(self, actor: Actor, family: Family, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [one.pk for one in everybody() if Actor.of(one).may("interest.sit") and Actor.of(one).reaches(family)]
        self.fields["staff"].queryset = Staff.objects.filter(pk__in=able)  # type: ignore[attr-defined]


class SendForm(forms.Form):
    """Which option is recommended."""

    recommended = forms.TypedChoiceField(label=_("Recommended"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, options: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recommended"].choices = options  # type: ignore[attr-defined]


class PanelAnswerForm(forms.Form):
    """What a member of the panel says."""

    is_close = forms.TypedChoiceField(
        label=_("Are you too close to the family to decide?"),
        choices=(("0", _("no")), ("1", _("yes: as kin, as neighbour, in money or in a quarrel"))),
        coerce=lambda word: word == "1",
        widget=forms.RadioSelect,
    )
    opinion = forms.TypedChoiceField(
        label=_("If not, what would you decide?"), coerce=int, empty_value=None, required=False,
        choices=[("", "–"), *PanelMember.Opinion.choices],
    )  # fmt: skip
    words = Words(label=_("Why"), rows=3)


class DecideForm(SendForm):
    """What was decided."""

    decision = forms.TypedChoiceField(label=_("Decision"), coerce=int, choices=Determination.Decision.choices)
    reasons = Words(label=_("Reasons"), help_text=_("The child and the family hear them."))
    look_again_on = Day(label=_("Looked at again by"), required=False)
    field_order = ("decision", "recommended", "reasons", "look_again_on")

    def __init__(self, options: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__([(0, _("none yet")), *options], *args, **kwargs)  # type: ignore[list-item]
        self.fields["recommended"].label = _("Option")
        self.fields["recommended"].initial = 0


class AppealForm(forms.Form):
    """Who asks to look at a decision again, and why."""

    words = Words(label=_("Who asks to look at it again, and why"))


class AppealAnswerForm(forms.Form):
    """What an appeal is answered with."""

    answer = forms.TypedChoiceField(label=_("Answer"), coerce=int, choices=Determination.AppealAnswer.choices)
    reasons = Words(label=_("Reasons"))


# --- conferences -------------------------------------------------------------------------------------------------


def agenda_choices() -> list[tuple[str, str]]:
    """Return the domains that are talked about: of a child, an adult and the family together."""
    return [(one.code, one.label) for one in catalogue().domains if one.about != "receiving_family"]


class ConferenceForm(forms.Form):
    """A case conference that is called."""

    on = Day(label=_("Day"), initial=today)
    why = Words(label=_("Why we sit together"), rows=3)
    domains = forms.MultipleChoiceField(
        label=_("On the agenda"), choices=agenda_choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, actor: Actor, family: Family, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_needs = Need.objects.filter(case__family=family, state=Need.State.OPEN)
        needed = set(open_needs.values_list("domain", flat=True))
        self.fields["domains"].choices = sorted(agenda_choices(), key=lambda one: one[0] not in needed)  # type: ignore[attr-defined]
        self.fields["domains"].initial = sorted(needed)
        able = _able(actor, family)
        roles = [("", "–"), *catalogue().choices("participant_roles")]
        agencies = Agency.objects.filter(is_active=True)
        for number in range(1, SEATS + 1):
            seat = (
                ("role", forms.ChoiceField(label=_("Takes part as"), choices=roles, required=number == 1)),
                ("staff", forms.ModelChoiceField(label=_("Colleague"), queryset=able, required=False)),
                ("agency", forms.ModelChoiceField(label=_("Agency"), queryset=agencies, required=False)),
            )
            for name, field in seat:
                field.widget.attrs |= {"aria-label": f"{field.label} ({number})", "class": "form-select"}
                self.fields[f"{name}{number}"] = field

    def head(self) -> list[BoundField]:
        """Return the fields above those who take part."""
        return [self[name] for name in self.base_fields]

    def seats(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        """Return a line of fields for each who takes part."""
        return [(self[f"role{n}"], self[f"staff{n}"], self[f"agency{n}"]) for n in range(1, SEATS + 1)]

    def invited(self) -> list[Invited]:
        """Return who is to take part."""
        given = self.cleaned_data
        return [
            Invited(given[f"role{n}"], given[f"staff{n}"], given[f"agency{n}"])
            for n in range(1, SEATS + 1)
            if given[f"role{n}"]
        ]


class PointForm(forms.Form):
    """What was said of a point, and what was decided."""

    talk = Words(label=_("What was said"))
    decision = Words(label=_("What was decided"), required=False, rows=3)
    owner = forms.ModelChoiceField(label=_("Who sees to it"), queryset=Staff.objects.none(), required=False)
    due = Day(label=_("By when"), required=False)

    def __init__(self, actor: Actor, conference: Conference, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = _able(actor, conference.family)  # type: ignore[attr-defined]


class DissentForm(forms.Form):
    """In which words somebody saw it otherwise."""

    words = Words(label=_("Saw it otherwise"), rows=3)
