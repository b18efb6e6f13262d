"""Families of mixed fates as pages show them: who left which family for which, and who is not with theirs."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from panoh.casework.catalogue import catalogue
from panoh.casework.models import Family, FamilyChange, Person, Whereabouts
from panoh.vault.queries import open_parts

__all__ = ["changes_told", "whereabouts_now", "whereabouts_of"]

AT_HOME = "with_family"


def whereabouts_now(people: Iterable[Person]) -> dict[int, str]:
    """Return, by person, where those are who are not with the family, in words."""
    found = Whereabouts.objects.filter(person__in=list(people), until=None).exclude(kind=AT_HOME)
    return {one.person_id: catalogue().label("whereabouts_kinds", one.kind) for one in found}


def whereabouts_of(person: Person) -> list[tuple[Whereabouts, str, str]]:
    """Return where a person is and was, the newest first, with what was written of it."""
    every = list(Whereabouts.objects.filter(person=person).select_related("by").order_by("-since", "-pk"))
    words = open_parts(one.words_id for one in every)
    label = catalogue().label
    return [
        (one, label("whereabouts_kinds", one.kind), str(words.get(one.words_id, "")) if one.words_id else "")
        for one in every
    ]


def changes_told(family: Family) -> list[tuple[FamilyChange, str]]:
    """Return who left this family or came to it as families parted or joined, with which family and why."""
    found = FamilyChange.objects.filter(Q(before=family.code) | Q(after=family.code)).select_related("person", "by")
    every = list(found.order_by("pk"))
    words = open_parts(one.words_id for one in every)
    told = []
    for one in every:
        why = catalogue().label("family_change_reasons", one.because)
        said = f"{_('from %(before)s to %(after)s') % {'before': one.before, 'after': one.after}}, {why}"
        more = str(words.get(one.words_id, "")) if one.words_id else ""
        told.append((one, f"{said}. {more}" if more else said))
    return told
