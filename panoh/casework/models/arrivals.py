"""Lists of people as others sent them, row by row; reception of a group; people sought by their relatives."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.casework.models.people import Family, Person


def list_code() -> str:
    """Return a new code of a list."""
    return new_code("L")


def tracing_code() -> str:
    """Return a new code of a tracing request."""
    return new_code("R")


class ArrivalList(models.Model):
    """One file of a sender: read, decided on row by row, then confirmed in one transaction."""

    class Kind(models.TextChoices):
        PASSENGER = "passenger", _("passenger list")
        CAMP = "camp", _("camp list")
        RELATIVES = "relatives", _("applications of relatives")

    class State(models.IntegerChoices):
        DRAFT = 1, _("draft")
        CONFIRMED = 2, _("confirmed")
        DISCARDED = 3, _("discarded")

    code = models.CharField(_("code"), max_length=12, unique=True, default=list_code)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.DRAFT)
    sender = models.CharField(_("sender"), max_length=120)
    papers = models.OneToOneField("vault.DataKey", models.PROTECT, related_name="+")
    header = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, related_name="+")
    file = models.OneToOneField(
        "vault.SealedPart",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The file as it was sent, sealed; gone once the list is no draft any more.",
    )
    file_mark = models.BinaryField(max_length=32)
    read_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(_("read at"), db_default=Now())
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    purged_at = models.DateTimeField(_("cells destroyed at"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("file_mark",), condition=~Q(state=3), name="same_file_only_once"),
            models.CheckConstraint(
                condition=Q(state=2, confirmed_at__isnull=False) | ~Q(state=2), name="list_confirmed_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state=1) | Q(file=None), name="file_kept_of_drafts_only"),
        )
        indexes = (models.Index(fields=("-read_at",), name="lists_newest"),)

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return the desk: a list belongs to no agency or worker until its families do."""
        return Reach(None, None, at_desk=True)

    @property
    def can_be_read_anew(self) -> bool:
        """Tell whether the file is still there to be read with other columns."""
        return self.state == self.State.DRAFT and self.file_id is not None


class ArrivalRow(models.Model):
    """One row of a list; its cells and what was understood of them are sealed under the list's key."""

    class State(models.IntegerChoices):
        READY = 1, _("ready")
        NEEDS_DECISION = 2, _("needs a decision")
        UNREADABLE = 3, _("cannot be read")

    class Decision(models.IntegerChoices):
        NONE = 0, _("not decided")
        AS_READ = 1, _("taken as it stands")
        MENDED = 2, _("mended by hand")
        SAME = 3, _("same person as another row")
        ANOTHER = 4, _("another person of the same name")
        LEFT_OUT = 5, _("left out")
        ONLY_YEAR = 6, _("taken with the year of birth only")

    arrival_list = models.ForeignKey(ArrivalList, models.PROTECT, related_name="rows")
    number = models.IntegerField()
    sheet_row = models.IntegerField()
    state = models.SmallIntegerField(choices=State.choices)
    remarks = ArrayField(models.CharField(max_length=32), default=list)
    is_held = models.BooleanField(default=False, help_text="Registers nobody until a person decides.")
    facts = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    decision = models.SmallIntegerField(choices=Decision.choices, default=Decision.NONE)
    reason = models.CharField(max_length=32, blank=True, help_text="Why the row is left out.")
    decided_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    same_as = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="rows")

    class Meta:
        ordering = ("sheet_row",)
        constraints = (
            models.UniqueConstraint(fields=("arrival_list", "sheet_row"), name="each_row_once"),
            models.CheckConstraint(condition=Q(decision=3) | Q(same_as=None), name="same_as_only_when_decided_so"),
            models.CheckConstraint(
                condition=Q(decision=5) & ~Q(reason="") | ~Q(decision=5) & Q(reason=""), name="left_out_with_a_reason"
            ),
        )


class ColumnMemory(models.Model):
    """What a column of one sender means, once somebody corrected it by hand."""

    sender = models.CharField(max_length=120)
    heading = models.BinaryField(max_length=32, help_text="Keyed digest of the heading: a headless file's is a name.")
    field = models.CharField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sender", "heading"), name="column_remembered_once"),)


class TracingRequest(models.Model):
    """Somebody whom relatives look for; no arrival, until a person finds that they are the same."""

    class State(models.IntegerChoices):
        OPEN = 1, _("open")
        ANSWERED = 2, _("answered")
        WITHDRAWN = 3, _("withdrawn")

    code = models.CharField(_("code"), max_length=12, unique=True, default=tracing_code)
    identity = models.OneToOneField("vault.Identity", models.PROTECT, related_name="+")
    applicant = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, related_name="+")
    row = models.OneToOneField(ArrivalRow, models.PROTECT, related_name="tracing_request")
    sex = models.CharField(max_length=1, choices=Person.Sex.choices)
    birth_year = models.SmallIntegerField(null=True)
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.OPEN)
    opened_on = models.DateField(_("opened on"))
    settled_on = models.DateField(_("answered or withdrawn on"), null=True, blank=True)
    settled_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    told = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, related_name="+")
    consent = models.CharField(_("did the person agree"), max_length=32, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state=1, settled_on=None, settled_by=None, told=None, consent="")
                | Q(state=2, settled_on__isnull=False, settled_by__isnull=False, told__isnull=False) & ~Q(consent="")
                | Q(state=3, settled_on__isnull=False, settled_by__isnull=False, told=None, consent=""),
                name="answered_with_what_was_told_and_consent",
            ),
        )
        indexes = (models.Index(fields=("state", "-opened_on", "-id"), name="tracing_newest"),)

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return who leads the work with the person found, wherever that file leads now; before that, nobody."""
        found = self.suggestions.filter(state=2).select_related("person").first()
        return found.person.reach if found else Reach(None, None)


class Reception(models.Model):
    """The reception of one list's people at one place."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    arrival_list = models.OneToOneField(ArrivalList, models.PROTECT, related_name="reception")
    place = models.ForeignKey("access.Agency", models.PROTECT, related_name="+")
    received_on = models.DateField(_("received on"))

    @property
    def reach(self) -> Reach:
        """Return the desk: the people received belong to many families."""
        return Reach(None, None, at_desk=True)


class ReceptionEntry(models.Model):
    """How one person came through reception."""

    reception = models.ForeignKey(Reception, models.PROTECT, related_name="entries")
    person = models.ForeignKey(Person, models.PROTECT, related_name="receptions")
    family = models.ForeignKey(Family, models.PROTECT, related_name="+")
    is_present = models.BooleanField(_("arrived"), default=True)
    room = models.CharField(_("room"), max_length=16, blank=True)
    medical_check_on = models.DateField(_("medical check on"), null=True, blank=True)
    missing_documents = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    is_school_age = models.BooleanField(_("of school age"), default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("reception", "person"), name="received_once"),
            models.CheckConstraint(
                condition=Q(is_present=True) | Q(medical_check_on=None, room=""), name="the_absent_have_no_room"
            ),
        )
        indexes = (models.Index(fields=("person",), name="receptions_of_person"),)
