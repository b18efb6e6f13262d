"""The classes of what a file holds: a grant opens some of them, a role reads some of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

# A row's place is one number: its file times this, and its class; the database compares nothing else.
CLASSES = 32


class FieldClass(models.IntegerChoices):
    """What a row tells about: that there is a file, who it is, where they live, a domain of help, or a sealed note."""

    FILE = 0, _("that there is a file, and its stage")
    IDENTITY = 1, _("names, birth and documents")
    LOCATION = 2, _("addresses and contacts")
    CARE = 3, _("care, visits and notes")
    HEALTH = 4, _("health")
    PSYCHOSOCIAL = 5, _("psychosocial help")
    LEGAL = 6, _("papers and legal help")
    EDUCATION = 7, _("education")
    MATERIAL = 8, _("material help, work and housing")
    SEALED_HEALTH = 16, _("notes of health workers")
    SEALED_PSYCHOSOCIAL = 17, _("notes of psychologists")
    SEALED_LEGAL = 18, _("notes of lawyers")


# A grant of the first opens the second to its profession, and to nobody else.
COMPANIONS = {
    FieldClass.HEALTH: FieldClass.SEALED_HEALTH,
    FieldClass.PSYCHOSOCIAL: FieldClass.SEALED_PSYCHOSOCIAL,
    FieldClass.LEGAL: FieldClass.SEALED_LEGAL,
}
OPEN = tuple(one for one in FieldClass if one < FieldClass.SEALED_HEALTH)
SEALED = tuple(one for one in FieldClass if one >= FieldClass.SEALED_HEALTH)
