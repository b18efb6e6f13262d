"""What an entry of the data files is: a service, a domain, a stage, a reason."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field

from panoh.access.fields import FieldClass

CLOSED_NUMBER = 80

# The conditions of `guards.py`; a test holds the two together, since guards need the tables and this file does not.
GuardName = Literal[
    "home_district_known", "kin_or_unaccompanied_recorded", "lead_agency_named", "lead_worker_named",
    "medical_check_recorded", "nationality_recorded", "needs_assessed", "no_step_open", "no_urgent_need_open",
    "plan_complete", "reception_recorded", "seen_within_90_days",
]  # fmt: skip

# What a service counts as, and the class that a grant opens for it.
CLASS_OF_KIND = {
    "legal": FieldClass.LEGAL,
    "social": FieldClass.CARE,
    "material": FieldClass.MATERIAL,
    "psychosocial": FieldClass.PSYCHOSOCIAL,
    "health": FieldClass.HEALTH,
    "education": FieldClass.EDUCATION,
    "livelihood": FieldClass.MATERIAL,
}


class Entry(BaseModel):
    """One word to choose: its code is kept for good, its label is shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=32)
    raw_label: str = Field(alias="label", min_length=1)

    @property
    def label(self) -> str:
        """Return the label in the reader's language."""
        return gettext(self.raw_label)


class Service(Entry):
    """Something that can be given to a family; the code is its group and its number: LEG-01."""

    code: str = Field(pattern=r"^[A-Z]{3}-[0-9]{2,3}$", max_length=12)
    kind: str
    raw_provider: str = Field(alias="provider", min_length=1)
    unit: str
    voluntary: bool = False

    @property
    def provider(self) -> str:
        """Return who usually provides it, in the reader's language."""
        return gettext(self.raw_provider)

    @property
    def group(self) -> str:
        """Return the letters of the code: LEG, DOC, SOC, ..."""
        return self.code.split("-")[0]

    @property
    def field_class(self) -> FieldClass:
        """Return what a grant must open for help by this service to be seen."""
        return CLASS_OF_KIND[self.kind]


class Domain(Entry):
    """A domain of life in which a person can need something; what a sensitive one holds is sealed."""

    about: Literal["child", "adult", "family", "receiving_family"]
    raw_class: Literal["health", "psychosocial", "legal", "education", "material", "care"] = Field(alias="class")
    sensitive: bool = False
    raw_area: str = Field(alias="area", min_length=1)
    raw_help: str = Field("", alias="help")

    @property
    def field_class(self) -> FieldClass:
        """Return what a grant must open for needs of this domain to be seen."""
        return FieldClass[self.raw_class.upper()]

    @property
    def area(self) -> str:
        """Return the part of life under which the domain stands on the form, in the reader's language."""
        return gettext(self.raw_area)

    @property
    def help(self) -> str:
        """Return what to ask about, in one sentence in the reader's language."""
        return gettext(self.raw_help) if self.raw_help else ""


class Question(Entry):
    """Something asked in the person's own words that never becomes a need."""

    about: Literal["child", "adult", "family", "receiving_family", "place"]


class Stage(Entry):
    """One step of a case's way: guards must hold to enter it; `entered_by` names the lists that open cases here."""

    number: int = Field(gt=0, le=CLOSED_NUMBER)
    raw_help: str = Field(alias="help", min_length=1)
    next: tuple[str, ...]
    guards: tuple[GuardName, ...] = ()
    entered_by: tuple[Literal["camp", "passenger"], ...] = ()

    @property
    def help(self) -> str:
        """Return what the stage means, in one plain sentence in the reader's language."""
        return gettext(self.raw_help)


class ClosingReason(Entry):
    """Why a case closes; one that is not chosen by hand is set by a step."""

    guards: tuple[GuardName, ...] = ()
    by_hand: bool = True


class Unit(Entry):
    """What help is counted in: its label stands after a number of several, `one` after 1."""

    raw_one: str = Field("", alias="one")


class ConsentPurpose(Entry):
    """What people agree to, in the words that are read to them; from an age on they agree themselves."""

    raw_terms: str = Field(alias="terms", min_length=40)
    own_from: int = Field(16, ge=12, le=18)

    @property
    def terms(self) -> str:
        """Return the words that are read to whoever is asked, in the language in force."""
        return gettext(self.raw_terms)


class EvidenceKind(Entry):
    proves: bool = False


class AssessmentRhythm(Entry):
    """When somebody is assessed: days after the arrival, then months after the last time, by stage."""

    code: Literal["child", "adult", "family"]
    first_days: int = Field(gt=0, le=366)
    every_months: dict[str, int]


class ApprovalRule(Entry):
    """Which step another must agree to: who may, whether it binds everybody or who leads the family, and how many."""

    code: Literal["close", "reopen", "transfer", "determination"]
    permission: str = Field(pattern=r"^[a-z]+[.][a-z-]+$")
    needed: Literal["lead", "always"]
    least: int = Field(1, ge=1, le=9)
    excepted: tuple[str, ...] = Field((), alias="except")


class VisitRhythm(Entry):
    """How often a family is seen in a time after its return, or after the last case was closed."""

    after: Literal["return", "closing"]
    months: int = Field(gt=0, le=240)
    every_days: int = Field(gt=0, le=366)


class LifeEvent(Entry):
    """What comes at an age: on the birthday (month 0), or in a month of that year."""

    age: int = Field(gt=0, le=25)
    month: int = Field(ge=0, le=12)


class LookAgainKind(Entry):
    """What makes us look again, and within how many days."""

    within_days: int = Field(gt=0, le=90)


class MatchFinding(Entry):
    """What a comparison of two records found in one field, and whether it speaks for one person."""

    agrees: Literal["yes", "partly", "no", "open"]


class PlacementKind(Entry):
    """A kind of placement: with whom, what must be there before, when it is looked at again, who agrees to it."""

    home: Literal["kin", "agency", "nobody"]
    needs: tuple[Literal["study", "agreement"], ...] = ()
    review_days: int = Field(gt=0, le=366)
    approval: Literal["placement.approve", "placement.approve-institution"]


class StudyOutcome(Entry):
    """What a home study found, and whether a child can live there."""

    passes: bool = False


class LegalKind(Entry):
    """A document or decision that somebody may need, and the steps on the way to it."""

    steps: tuple[str, ...] = Field(min_length=2)
    gives: str = ""


class LegalStepKind(Entry):
    """A step on the way to a document: after so many days the next is due, unless the way ends with it."""

    days: int | None = Field(None, gt=0, le=366)
    ends: Literal["", "there", "refused"] = ""


class RetentionClass(Entry):
    """How long a file of a kind is kept once it closed; empty reasons and stages stand for any."""

    closing_reasons: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    months: int = Field(gt=0, le=600)
    years_after_18: int | None = Field(None, ge=0, le=60)


class DaysEntry(Entry):
    """Something that is to be done within days."""

    days: int = Field(gt=0, le=366)
