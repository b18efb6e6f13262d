"""Who works here: places, agencies, staff; and the account of what was done."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.steps import PURPOSES, WORDS


class District(models.Model):
    """A district of the country's public geography; the finest place that casework keeps in the clear."""

    code = models.CharField(_("code"), max_length=16, unique=True)
    label = models.CharField(_("district"), max_length=80)
    region_code = models.CharField(_("region code"), max_length=16, db_index=True)
    region = models.CharField(_("region"), max_length=80)
    country = models.CharField(_("country"), max_length=2)

    class Meta:
        ordering = ("country", "region", "label")

    def __str__(self) -> str:
        return f"{self.region}, {self.label}"


class Agency(models.Model):
    """A body that helps: ministry, social service, school, clinic, centre, mahalla committee, NGO."""

    class Kind(models.IntegerChoices):
        MINISTRY = 1, _("ministry")
        SOCIAL_SERVICE = 2, _("social service")
        RECEPTION_CENTRE = 3, _("reception centre")
        SCHOOL = 4, _("school or education department")
        CLINIC = 5, _("clinic or hospital")
        COMMITTEE = 6, _("mahalla or community committee")
        NGO = 7, _("non-governmental organisation")
        INTERNATIONAL = 8, _("international organisation")
        CIVIL_REGISTRY = 9, _("civil registry or legal aid")

    code = models.CharField(_("code"), max_length=16, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, verbose_name=_("district"))
    is_active = models.BooleanField(_("works with us"), default=True)
    country = models.CharField(_("state for which it speaks"), max_length=2, blank=True, default="")
    age_key = models.CharField(_("public key of age"), max_length=80, blank=True, default="")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    def get_queryset(self) -> models.QuerySet[Staff]:
        """Return staff with their agency, which every page names."""
        return super().get_queryset().select_related("agency")

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Staff:
        """Return a new member of staff; without a password nobody can sign in with the account."""
        staff = self.model(username=self.model.normalize_username(username), **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff


class Staff(AbstractBaseUser):
    """One person who works with Panoh, for one agency, in one role of `data/roles.toml`."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    display_name = models.CharField(_("name shown to colleagues"), max_length=120)
    email = models.EmailField(_("work e-mail"), blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("agency"), related_name="staff")
    role = models.CharField(_("role"), max_length=32)
    changed_role = models.CharField(_("role from a day on"), max_length=32, blank=True, default="")
    changed_from = models.DateField(_("from"), null=True, blank=True)
    changed_until = models.DateField(_("until"), null=True, blank=True, help_text="Empty: for good.")
    is_active = models.BooleanField(_("may sign in"), default=True)
    password_given_at = models.DateTimeField(
        _("password given by somebody else at"), null=True, blank=True, help_text="Empty once they chose their own."
    )

    objects = StaffManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]  # noqa: RUF012  # Django asks for a list

    class Meta:
        ordering = ("display_name",)

    def __str__(self) -> str:
        return self.display_name

    @property
    def code(self) -> str:
        """Return what stands for the account in the audit."""
        return f"S-{self.pk}"

    @property
    def role_now(self) -> str:
        """Return the role in force today: what two people changed it to, or the one from before and after that."""
        return self.changed_role if self._is_changed_on(today()) else self.role

    @property
    def is_lent(self) -> bool:
        """Tell whether the role in force today ends on a day."""
        return self.changed_until is not None and self._is_changed_on(today())

    @property
    def waits_for(self) -> date | None:
        """Return the day on which a role that was agreed to begins, if that is still to come."""
        return self.changed_from if self.changed_from and self.changed_from > today() else None

    def _is_changed_on(self, day: date) -> bool:
        is_begun = self.changed_from is not None and self.changed_from <= day
        return is_begun and (self.changed_until is None or day <= self.changed_until)

    def set_password(self, raw_password: str | None) -> None:
        """Keep a password as it is meant, however the keyboard composes its letters (NIST SP 800-63B-4, NFKC)."""
        super().set_password(raw_password and unicodedata.normalize("NFKC", raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Tell whether this is the password."""
        return super().check_password(raw_password and unicodedata.normalize("NFKC", raw_password))


class WorkSession(models.Model):
    """One sign-in on one device: ended, its token opens nothing any more."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="sessions")
    role = models.CharField(_("role at sign-in"), max_length=32, default="")
    device = models.CharField(_("browser and system"), max_length=40, default="/")
    began_at = models.DateTimeField(_("signed in at"), db_default=Now())
    seen_at = models.DateTimeField(_("last seen at"), db_default=Now())
    locked_at = models.DateTimeField(_("locked at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("staff",), condition=Q(ended_at=None), name="sessions_going_on"),)

    @property
    def device_in_words(self) -> str:
        """Return by what its owner knows the device again: "Firefox on Android"."""
        browser, system = self.device.split("/", 1)
        if browser and system:
            return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
        return browser or system or str(_("a device that does not say what it is"))


class Recovery(models.Model):
    """How somebody who lost password or second factor gets in again: two colleagues, each with one half of a code.

    Neither half opens anything by itself, so that neither colleague can use it; the database
    refuses the same one twice.
    """

    class Reason(models.IntegerChoices):
        FACTOR_LOST = 1, _("phone or key is lost, stolen or broken")
        BOTH_LOST = 2, _("password and second factor are both lost")
        SOMEBODY_KNOWS = 3, _("somebody else may know the password or have the key")

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="recoveries")
    reason = models.SmallIntegerField(_("reason"), choices=Reason.choices)
    proposed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    first_half = models.BinaryField(max_length=32)
    agreed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    second_half = models.BinaryField(max_length=32, default=bytes)
    tries = models.SmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("staff",), condition=Q(closed_at=None), name="one_recovery_at_a_time"),
            models.CheckConstraint(
                condition=~Q(proposed_by=models.F("staff")) & ~Q(agreed_by=models.F("staff")),
                name="nobody_recovers_themselves",
            ),
            models.CheckConstraint(condition=~Q(agreed_by=models.F("proposed_by")), name="recovered_by_two"),
        )


class RoleChange(models.Model):
    """Another role for somebody, for good or until a day: one proposes, another agrees, neither is the one concerned.

    An agreed one is in force by what the database then writes into the account itself; nothing else writes there.
    """

    class State(models.IntegerChoices):
        PROPOSED = 1, _("proposed")
        AGREED = 2, _("agreed")
        REFUSED = 3, _("refused")
        WITHDRAWN = 4, _("withdrawn")

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="role_changes")
    from_role = models.CharField(_("role so far"), max_length=32)
    to_role = models.CharField(_("new role"), max_length=32)
    because = models.CharField(_("reason"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    state = models.SmallIntegerField(choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("staff",), condition=Q(state=1), name="one_role_change_at_a_time"),
            models.CheckConstraint(condition=~Q(proposed_by=models.F("staff")), name="nobody_changes_their_role"),
            models.CheckConstraint(
                condition=~Q(state__in=(2, 3))
                | (~Q(decided_by=models.F("proposed_by")) & ~Q(decided_by=models.F("staff"))),
                name="roles_change_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state=1, decided_by=None, decided_at=None)
                | Q(state__gt=1, decided_by__isnull=False, decided_at__isnull=False),
                name="role_change_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(to_role=models.F("from_role")), name="role_changes"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="role_change_ends_after_start"
            ),
        )


class RoleVersion(models.Model):
    """What all roles may do, as one text: laid down with a program, in force once it is adopted by two people.

    The owner's path alone lays one down; adopting it writes its roles to where the database looks for them.
    """

    number = models.PositiveSmallIntegerField(primary_key=True)
    content = models.TextField()
    digest = models.CharField(max_length=64)
    laid_at = models.DateTimeField(db_default=Now())
    proposed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField(null=True)
    signature = models.CharField(max_length=128, blank=True, default="")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=models.F("proposed_by")), name="roles_adopted_by_two"
            ),
        )

    @property
    def code(self) -> str:
        """Return what stands for the version in the audit."""
        return f"V-{self.number}"


class AuditEntry(models.Model):
    """One thing that was done, looked at or refused: codes and counts, never a value."""

    class Outcome(models.IntegerChoices):
        DONE = 1, _("done")
        DENIED = 2, _("denied")

    at = models.DateTimeField(db_default=Now())
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=32)
    step = models.CharField(max_length=48)
    outcome = models.SmallIntegerField(choices=Outcome.choices, default=Outcome.DONE)
    about = models.CharField(max_length=24, blank=True)
    purpose = models.CharField(max_length=32, blank=True)
    identities = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = (
            models.Index(fields=("about", "at")),
            models.Index(fields=("staff", "at")),
            BrinIndex(fields=("at",), name="audit_by_time", pages_per_range=32),  # a month of a table that only grows
            GinIndex(fields=("identities",), name="audit_by_identity"),
            models.Index(fields=("step", "id"), name="audit_by_step"),
            models.Index(fields=("id",), condition=Q(outcome=2), name="audit_denied"),
        )

    @property
    def words(self) -> str:
        """Return what was done or tried, in the reader's words; a step that has none shows as its code."""
        done = str(WORDS.get(self.step, self.step))
        return _("was refused: %(step)s") % {"step": done} if self.outcome == self.Outcome.DENIED else done

    @property
    def why(self) -> str:
        """Return the purpose in the reader's words; empty if the step needs none."""
        return str(PURPOSES.get(self.purpose, self.purpose))


class JobProgress(models.Model):
    """How far a piece of background work has come, for the page that waits for it."""

    class State(models.IntegerChoices):
        WAITING = 1, _("waiting")
        RUNNING = 2, _("running")
        DONE = 3, _("done")
        REFUSED = 4, _("not done")

    code = models.CharField(max_length=16, unique=True)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    about = models.CharField(max_length=24)
    state = models.SmallIntegerField(choices=State.choices, default=State.WAITING)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    says = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(done__gte=0) & Q(done__lte=models.F("total")), name="job_done_within"),
        )


class Sending(models.Model):
    """A change that was sent with a token, and what was answered: the same sending again gets the same answer."""

    mark = models.BinaryField(max_length=32, unique=True, help_text="Keyed digest of sender, token, address, content.")
    at = models.DateTimeField(db_index=True)
    status = models.SmallIntegerField(default=0, help_text="0 while the first is under way.")
    location = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=24, blank=True)
