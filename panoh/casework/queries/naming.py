"""By what name a family is called, for lists that hold codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from panoh.access.entrances import Actor
from panoh.casework.models import Membership
from panoh.casework.queries.families import OVERVIEW, head_of
from panoh.vault.queries import names_of


def called(actor: Actor, codes: Iterable[str]) -> dict[str, str]:
    """Return the name of each family within reach by its code; nothing for a role that opens no names.

    Two queries and one audit entry, however many families.
    """
    wanted = set(codes)
    if not wanted or not actor.may("identity.open"):
        return {}
    members: dict[str, list[Membership]] = defaultdict(list)
    living = Membership.objects.filter(family__code__in=wanted, until=None).select_related("person", "family")
    for membership in living.order_by("pk"):
        members[membership.family.code].append(membership)
    heads = {code: head for code, found in members.items() if (head := head_of(found))}
    names = names_of(actor, [head.identity_id for head in heads.values()], purpose=OVERVIEW)
    return {code: names.get(head.identity_id, "") for code, head in heads.items()}
