"""Forms of the directory, of consents, referrals, refusals and interviews."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import OPEN, FieldClass
from panoh.access.models import Agency, District
from panoh.casework.actions import Answer, Told
from panoh.casework.actions.referrals import USUAL_DAYS
from panoh.casework.catalogue import catalogue
from panoh.casework.forms import CHOOSE, Day, LongSelect, Words, choices_of, services
from panoh.casework.models import Consent, Interview, Offer, Person, ServiceRefusal, Via

TOLD = tuple(kind for kind in OPEN if kind != FieldClass.FILE)
USUAL_CONSENT_DAYS = 365


class DirectoryFilter(forms.Form):
    """What is looked for in the directory."""

    service = forms.ChoiceField(label=_("Service"), required=False, choices=lambda: [("", _("all")), *services()[1:]])
    district = forms.ModelChoiceField(
        label=_("District"), queryset=District.objects.all(), required=False, empty_label=_("all"), widget=LongSelect
    )
    has_place = forms.BooleanField(label=_("With a free place"), required=False)


class ToldForm(forms.Form):
    """What an agency says of its offer."""

    via = forms.TypedChoiceField(label=_("How it is asked"), coerce=int, choices=Via.choices)
    from_age = forms.IntegerField(label=_("From age"), required=False, min_value=0, max_value=120)
    to_age = forms.IntegerField(label=_("To age"), required=False, min_value=0, max_value=120)
    places_free = forms.IntegerField(
        label=_("Places free"), required=False, min_value=0, max_value=9999, help_text=_("Empty: they are not counted.")
    )
    reached = forms.CharField(
        label=_("How to reach it safely"), required=False, max_length=200,
        help_text=_("A number or a way that gives nobody away, such as whom to ask for."),
    )  # fmt: skip
    opening = forms.CharField(label=_("Open"), required=False, max_length=120)
    fee = forms.CharField(label=_("Fee"), required=False, max_length=120)

    @property
    def told(self) -> Told:
        """Return what was entered of the offer."""
        names = ("via", "from_age", "to_age", "places_free", "reached", "opening", "fee")
        return Told(**{name: self.cleaned_data[name] for name in names})


class OfferForm(ToldForm):
    """Enter what an agency offers."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.filter(is_active=True))
    service = forms.ChoiceField(label=_("Service"), choices=services)
    district = forms.ModelChoiceField(
        label=_("District"), queryset=District.objects.all(), required=False, empty_label=_("everywhere"),
        widget=LongSelect,
    )  # fmt: skip
    field_order = ("agency", "service", "district")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if actor.role.scope not in {"all", "region"}:
            self.fields["agency"].queryset = Agency.objects.filter(pk=actor.agency_id or 0)  # type: ignore[attr-defined]
            self.fields["agency"].initial = actor.agency_id


class ConsentForm(forms.Form):
    """What somebody said when asked, and how they were asked."""

    answer = forms.ChoiceField(
        label=_("What they said"), choices=(("yes", _("yes")), ("no", _("no"))), widget=forms.RadioSelect
    )
    purpose = forms.ChoiceField(label=_("What for"), choices=lambda: choices_of("consent_purposes"))
    kinds = forms.TypedMultipleChoiceField(
        label=_("To all of these"), required=False, coerce=int, choices=Agency.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    agencies = forms.MultipleChoiceField(
        label=_("To these agencies"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Those of the service directory."),
    )  # fmt: skip
    classes = forms.TypedMultipleChoiceField(
        label=_("What may be told"), coerce=int, choices=[(kind.value, kind.label) for kind in TOLD],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    until = Day(label=_("Until"), required=False, help_text=_("Three years at most; then it is asked anew."))
    guardian = forms.ChoiceField(
        label=_("Said by"),
        required=False,
        help_text=_("For a child a guardian speaks, and the child is asked as well."),
    )
    evidence = forms.ChoiceField(
        label=_("What shows the guardianship"), required=False, choices=lambda: choices_of("evidence_kinds", empty="–")
    )
    assent = forms.TypedChoiceField(
        label=_("The child"), required=False, coerce=int, empty_value=None, choices=[("", "–"), *Consent.Assent.choices]
    )
    not_asked_because = forms.ChoiceField(
        label=_("If the child was not asked, why"), required=False,
        choices=lambda: choices_of("assent_reasons", empty="–"),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=lambda: choices_of("spoken_languages", empty=CHOOSE))
    is_interpreted = forms.BooleanField(label=_("With an interpreter"), required=False)
    on = Day(label=_("Said on"), initial=today)

    def __init__(self, people: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """people: who lives with the person, by code, as guardians to choose."""
        super().__init__(*args, **kwargs)
        self.fields["guardian"].choices = [("", _("the person")), *people]  # type: ignore[attr-defined]
        offering = Agency.objects.filter(pk__in=Offer.objects.filter(ended_on=None).values("agency"), is_active=True)
        self.fields["agencies"].choices = [(one.code, one.name) for one in offering]  # type: ignore[attr-defined]
        self.fields["until"].initial = today() + timedelta(USUAL_CONSENT_DAYS)

    def said(self) -> Answer:
        """Return what was entered, ready for the step."""
        given = self.cleaned_data
        guardian = Person.objects.get(code=given["guardian"]) if given["guardian"] else None
        names = ("kinds", "classes", "language", "evidence", "assent", "not_asked_because", "is_interpreted", "on")
        return Answer(
            agencies=list(Agency.objects.filter(code__in=given["agencies"])), guardian=guardian,
            until=given["until"] if given["answer"] == "yes" else None, **{name: given[name] for name in names},
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse a consent without an end."""
        given = super().clean() or {}
        if given.get("answer") == "yes" and not given.get("until"):
            self.add_error("until", _("Say until when it holds."))
        return given


class ServiceForm(forms.Form):
    """Which service is asked for."""

    service = forms.ChoiceField(label=_("Service"), choices=services)


class ReferralForm(forms.Form):
    """Whom to ask, what of the file they see, and on what it is told."""

    offer = forms.ChoiceField(label=_("Whom to ask"), widget=forms.RadioSelect)
    classes = forms.TypedMultipleChoiceField(
        label=_("What of the file opens to whoever takes it"), required=False, coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    words = Words(
        label=_("What they should know"), required=False, rows=3,
        help_text=_("Read by whoever takes it, and by nobody else. Nothing of where somebody was."),
    )  # fmt: skip
    answer_by = Day(label=_("Answer by"))
    consent = forms.ChoiceField(label=_("Consent"), required=False)
    legal_basis = forms.ChoiceField(
        label=_("Without consent: the legal basis"),
        required=False,
        choices=lambda: choices_of("legal_bases", empty="–"),
    )
    reason = Words(label=_("And the reason"), required=False, rows=2)

    def __init__(
        self,
        actor: Actor,
        service: str,
        offers: Iterable[Offer],
        consents: Iterable[Consent],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        own = catalogue().service(service).field_class
        self.fields["offer"].choices = [(offer.code, in_words(offer)) for offer in offers]  # type: ignore[attr-defined]
        self.fields["classes"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label) for kind in TOLD if kind in actor.role.classes and kind != own
        ]
        self.fields["classes"].help_text = _now("“%(what)s” goes with this service. No more than it takes.") % {
            "what": own.label
        }
        newest = [("", _("the newest that covers it")), *((one.code, _consent_in_words(one)) for one in consents)]
        self.fields["consent"].choices = newest  # type: ignore[attr-defined]
        self.fields["answer_by"].initial = today() + timedelta(USUAL_DAYS)


def in_words(offer: Offer) -> str:
    """Return an entry of the directory as one line to choose."""
    where = offer.district.label if offer.district else _now("everywhere")
    if offer.places_free is None:
        places = _now("places not counted")
    else:
        places = _now("places free: %(n)s") % {"n": offer.places_free}
    return f"{offer.agency} · {where} · {places} · {offer.get_via_display()}"


def _consent_in_words(consent: Consent) -> str:
    return f"{consent.code}, {catalogue().label('consent_purposes', consent.purpose)}"


class AcceptForm(forms.Form):
    """Take a referral."""

    due = Day(label=_("Appointment, or done by"))
    words = Words(label=_("For whoever asked"), required=False, rows=2)


class DeclineForm(forms.Form):
    """Why a service is not given."""

    because = forms.ChoiceField(label=_("Why"), choices=lambda: choices_of("refusal_reasons", empty=CHOOSE))
    basis = Words(label=_("Legal basis, and more about the reason"), required=False, rows=3)


class FeedbackForm(forms.Form):
    """How it went."""

    feedback = Words(label=_("What was done, and what comes next"), rows=3)


class TakeBackForm(forms.Form):
    """Why a referral is taken back."""

    because = forms.ChoiceField(label=_("Why"), choices=lambda: choices_of("taking_back_reasons", empty=CHOOSE))


class SlipForm(forms.Form):
    """What goes onto the paper."""

    is_named = forms.BooleanField(
        label=_("Write the name on it"), required=False, help_text=_("Only where the consent says so.")
    )


class RefusalForm(DeclineForm):
    """A service that an office refused."""

    case = forms.ChoiceField(label=_("To whom"))
    service = forms.ChoiceField(label=_("Service"), choices=services)
    agency = forms.ModelChoiceField(label=_("Refused by"), queryset=Agency.objects.filter(is_active=True))
    on = Day(label=_("Refused on"), initial=today)
    field_order = ("case", "service", "agency", "on")

    def __init__(self, people: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = people if len(people) == 1 else [("", CHOOSE), *people]  # type: ignore[attr-defined]


class AppealForm(forms.Form):
    """Why the refusal is not right."""

    words = Words(label=_("Why the refusal is not right"), rows=3)


class AppealAnswerForm(forms.Form):
    """What came of an appeal."""

    answer = forms.TypedChoiceField(
        label=_("Answer"), coerce=int, choices=ServiceRefusal.Answer.choices, widget=forms.RadioSelect
    )
    words = Words(label=_("In words"), required=False, rows=2)


class InterviewForm(forms.Form):
    """Who asked about what, and where the answer stands."""

    topic = forms.ChoiceField(label=_("About"), choices=lambda: choices_of("domains", empty=CHOOSE))
    on = Day(label=_("On"), initial=today)
    agency = forms.ModelChoiceField(
        label=_("Asked by"), queryset=Agency.objects.filter(is_active=True), required=False,
        empty_label=_("your agency"),
    )  # fmt: skip
    stands = forms.TypedChoiceField(
        label=_("Where the answer stands"), coerce=int, choices=[("", CHOOSE), *Interview.Stands.choices]
    )
    again_because = forms.ChoiceField(
        label=_("If it was asked before: why again"), required=False,
        choices=lambda: choices_of("again_reasons", empty="–"),
    )  # fmt: skip


class CodeForm(forms.Form):
    """The code of a slip, as somebody without an account types it."""

    code = forms.CharField(
        label=_("Code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )


class OutsideForm(forms.Form):
    """The answer of somebody without an account."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("Your answer"), widget=forms.RadioSelect,
        choices=(("accept", _("We take it")), ("done", _("It is done")), ("decline", _("We cannot help"))),
    )  # fmt: skip
    due = Day(label=_("If you take it: appointment"), required=False)
    because = forms.ChoiceField(
        label=_("If you cannot help: why"), required=False, choices=lambda: choices_of("refusal_reasons", empty="–")
    )
    words = forms.CharField(
        label=_("A few words"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def clean(self) -> dict[str, Any]:
        """Ask why, of whoever cannot help."""
        given = super().clean() or {}
        if given.get("answer") == "decline" and not given.get("because"):
            self.add_error("because", _("Choose why you cannot help."))
        return given
