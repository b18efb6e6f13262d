"""What is entered is checked against the table it goes into before it is written."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from panoh.access.refusals import NotAllowed
from panoh.access.wordings import Wording, WordingField
from panoh.exchange.refusals import EntryNotRight

M = TypeVar("M", bound=Model)


def kept(record: M) -> M:
    """Return a record, written, once its fields and its table's constraints hold.

    Raises:
        EntryNotRight: naming each field that does not fit.
    """
    for field in record._meta.fields:
        if isinstance(field, WordingField):  # a text of nothing is no text
            told = getattr(record, field.attname)
            setattr(record, field.attname, Wording({code: text for code, text in told.items() if text.strip()}))
    try:
        record.full_clean(validate_unique=False)
    except ValidationError as error:
        raise EntryNotRight(why=" ".join(_sentences(record, error))) from error
    record.save()
    return record


def locked(record: M) -> M:
    """Return a record anew, so that nobody else changes it meanwhile.

    Raises:
        NotAllowed: the reader may not change it, or not see it any more.
    """
    found = type(record)._default_manager.select_for_update().filter(pk=record.pk).first()
    if found is None:
        raise NotAllowed
    return found


def _sentences(record: Model, error: ValidationError) -> list[str]:
    return [
        " ".join(said) if name == NON_FIELD_ERRORS
        else f"{getattr(record._meta.get_field(name), 'verbose_name', name)}: {' '.join(said)}"
        for name, said in error.message_dict.items()
    ]  # fmt: skip
