"""Sealed identities: what is here opens only with the keyring, which is never here."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from panoh.access.fields import FieldClass
from panoh.vault.facts import Group

# What is left of a key, and of what it sealed, once somebody is forgotten: the row stays, for history points at it.
DESTROYED = b""


class MasterKey(models.Model):
    """The number of a master key that wraps, or wrapped, data keys here; the key itself is elsewhere.

    Whoever wraps a data key holds the row until the end of the transaction, so that a master key is only destroyed
    when nobody is about to use it.
    """

    number = models.SmallIntegerField(primary_key=True)
    made_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True)


class DataKey(models.Model):
    """The wrapped key of a person, a family's papers, a list or a request. Destroying it forgets what it sealed."""

    class Holder(models.IntegerChoices):
        PERSON = 1, _("person")
        FAMILY = 2, _("family")
        LIST = 3, _("list")
        REQUEST = 4, _("request")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.SmallIntegerField(choices=Holder.choices)
    master = models.SmallIntegerField(help_text="Number of the master key that wraps it.")
    wrapped = models.BinaryField(max_length=64)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(holder__in=[1, 2, 3, 4]), name="data_key_holder_known"),
            models.CheckConstraint(condition=Q(master__gt=0), name="data_key_master_positive"),
        )


class Identity(models.Model):
    """Who a person is, sealed. Casework points here and holds no name itself; without its key it is forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Kind(models.IntegerChoices):
        PERSON = 1, _("person")
        SOUGHT = 2, _("somebody whom relatives look for")

    key = models.OneToOneField(DataKey, models.PROTECT, related_name="identity")
    kind = models.SmallIntegerField(choices=Kind.choices, default=Kind.PERSON, db_default=Kind.PERSON)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(kind__in=[1, 2]), name="identity_kind_known"),)


class SealedPart(models.Model):
    """One sealed value: a field group of an identity, a text, a row of a list, or the file it came as."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(DataKey, models.PROTECT, related_name="parts")
    group = models.SmallIntegerField(choices=Group.choices)
    field_class = models.SmallIntegerField(choices=FieldClass.choices, default=FieldClass.CARE)
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("key", "group"), condition=Q(group__lt=Group.TEXT), name="one_part_per_identity_group"
            ),
        )
