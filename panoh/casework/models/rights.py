"""What a person asks about their own file, the codes by which they can, what was put right, and complaints."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.codes import new_code
from panoh.access.entrances import Reach
from panoh.casework.models.people import Person


def right_code() -> str:
    """Return a new code of a request."""
    return new_code("RR")


def complaint_code() -> str:
    """Return a new code of a complaint."""
    return new_code("CP")


class AskCode(models.Model):
    """A code by which a family asks without naming itself; only its digest and lock are kept; a new one ends it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="ask_codes")
    digest = models.BinaryField(max_length=32, unique=True, help_text="SHA-256 of 80 random bits.")
    lock = models.BinaryField(max_length=32, help_text="Public key (X25519) of which the code is the private one.")
    given_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    given_on = models.DateField(_("given on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person",), condition=Q(ended_on=None), name="one_code_of_a_person"),
        )


class DoorAnswer(models.Model):
    """The answer to something that was asked or complained of, for who has the code: no colleague reads this row."""

    code = models.CharField(_("code"), max_length=12, unique=True, help_text="Of the request or complaint.")
    ask_code = models.ForeignKey(AskCode, models.PROTECT, related_name="+")
    content = models.BinaryField(_("answer"), help_text="Locked (HPKE) for the code: it opens to nobody else.")


class RightsRequest(models.Model):
    """What somebody asks about their own file, with a day by which it is answered in words."""

    class State(models.IntegerChoices):
        OPEN = 1, _("open")
        ANSWERED = 2, _("answered")

    code = models.CharField(_("code"), max_length=12, unique=True, default=right_code)
    person = models.ForeignKey(Person, models.PROTECT, related_name="rights_requests")
    right = models.CharField(_("what is asked"), max_length=32)
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.OPEN)
    by_code = models.BooleanField(_("asked with the code of a receipt"), default=False)
    asker = models.CharField(_("who asked"), max_length=32, blank=True)
    asker_check = models.CharField(_("how it was made sure"), max_length=32, blank=True)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("answer due on"))
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=32, blank=True)
    answer = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    settled_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    settled_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state=1, outcome="", settled_on=None, settled_by=None)
                | Q(state=2, settled_on__isnull=False, settled_by__isnull=False) & ~Q(outcome=""),
                name="request_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(by_code=True, recorded_by=None, asker="", asker_check="")
                | Q(by_code=False, recorded_by__isnull=False) & ~Q(asker="") & ~Q(asker_check=""),
                name="asker_was_checked",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("received_on")), name="request_due_after_it_came"),
        )
        indexes = (models.Index(fields=("due_on",), condition=Q(state=1), name="rights_by_due"),)

    def __str__(self) -> str:
        return self.code

    @property
    def reach(self) -> Reach:
        """Return who is responsible for the person."""
        return self.person.reach

    @property
    def is_late(self) -> bool:
        """Tell whether the answer is overdue."""
        return self.state == self.State.OPEN and self.due_on < today()


class Correction(models.Model):
    """One fact that was put right because the person asked: what it was, what it is, who did it and why."""

    class Fact(models.IntegerChoices):
        NAME = 1, _("name")
        DOCUMENT = 2, _("document")
        CONTACT = 3, _("contact")
        ADDRESS = 4, _("address")

    request = models.ForeignKey(RightsRequest, models.PROTECT, related_name="corrections")
    fact = models.SmallIntegerField(_("fact"), choices=Fact.choices)
    change = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), db_default=Now())


class Complaint(models.Model):
    """What somebody complains of; nobody whom it is about reads it, nor learns that it is there."""

    class Reader(models.IntegerChoices):
        OFFICER = 1, _("the data-protection officer")
        COORDINATOR = 2, _("a coordinator, for it is about the data-protection officer")

    class State(models.IntegerChoices):
        RECEIVED = 1, _("received")
        ACKNOWLEDGED = 2, _("being looked into")
        ANSWERED = 3, _("answered")

    code = models.CharField(_("code"), max_length=12, unique=True, default=complaint_code)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reader = models.SmallIntegerField(_("read by"), choices=Reader.choices, default=Reader.OFFICER)
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.RECEIVED)
    received_on = models.DateField(_("received on"))
    acknowledge_by = models.DateField(_("to be acknowledged by"))
    answer_by = models.DateField(_("to be answered by"))
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    handler = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    key = models.OneToOneField("vault.DataKey", models.PROTECT, related_name="+")
    words = models.OneToOneField("vault.SealedPart", models.PROTECT, related_name="+")
    answer = models.OneToOneField("vault.SealedPart", models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(reader__in=[1, 2]), name="complaint_reader_known"),
            models.CheckConstraint(
                condition=Q(state=1, acknowledged_on=None) | Q(state__in=[2, 3], acknowledged_on__isnull=False),
                name="complaint_acknowledged_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=3, answered_on__isnull=False, answer__isnull=False, answered_by__isnull=False)
                | ~Q(state=3) & Q(answered_on=None, answer=None, answered_by=None),
                name="complaint_answered_in_words",
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def next_by(self) -> date | None:
        """Return by when the next thing is owed to who complained; None once it is answered."""
        owed = {self.State.RECEIVED: self.acknowledge_by, self.State.ACKNOWLEDGED: self.answer_by}
        return owed.get(self.State(self.state))

    @property
    def is_late(self) -> bool:
        """Tell whether that is overdue."""
        return self.next_by is not None and self.next_by < today()


class ComplaintAbout(models.Model):
    """Somebody whom a complaint is about, and from whom it is kept."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="about")
    staff = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("complaint", "staff"), name="named_once"),)
