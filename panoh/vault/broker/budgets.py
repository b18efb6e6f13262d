"""How much the vault lets go in a day: to one person, to one agency, to all together. A stolen session is no copy.

What was opened today stands in the audit, so a vault that is begun again knows it. Counted is whom or what it was of:
the same person opened ten times is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.utils.timezone import localdate

from panoh.access.entrances import Actor
from panoh.vault.refusals import OpenedEnough

# What every opening and every search is called in the audit, and which ration it is of.
RATIONS: Mapping[str, str] = {
    "identity.open": "open", "lawful.answer": "open", "words.open": "open", "register.link": "link",
    "register.search": "search",
}  # fmt: skip
TODAY = """
    select e.staff_id, s.agency_id, e.step, e.identities from access_auditentry e
    left join access_staff s on s.id = e.staff_id
    where e.at >= %s and e.step = any(%s) and e.outcome = 1
"""
_ALL = None


@dataclass
class _Ration:
    """What was let go of one kind today, by who asked and by agency; under none, by anybody."""

    of_person: dict[int | None, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    of_agency: dict[int | None, set[UUID]] = field(default_factory=lambda: defaultdict(set))


class Budgets:
    """The account of today. The operator, who has the machine, has no budget."""

    def __init__(self) -> None:
        self._lock, self._day = Lock(), date.min
        self._spent: dict[str, _Ration] = {}

    def spend(self, actor: Actor, step: str, keys: Collection[UUID], *, urgent: Collection[UUID] = ()) -> None:
        """Enter what is about to be let go. urgent: what an emergency opened, which no budget holds back.

        Raises:
            OpenedEnough: the day's budget of the person, the agency or all together does not hold that much more.
        """
        if actor.staff_id is None:
            return
        ration = RATIONS[step]
        person, agency, everybody = settings.PANOH_VAULT_BUDGETS[ration]
        with self._lock:
            self._turn_the_page()
            spent = self._spent[ration]
            for held, whose, most in (
                (spent.of_person, actor.staff_id, person),
                (spent.of_agency, actor.agency_id, agency),
                (spent.of_agency, _ALL, everybody),
            ):
                new = set(keys) - set(urgent) - held[whose]
                if new and len(held[whose]) + len(new) > most:
                    raise OpenedEnough(most=most)
            self._enter(ration, actor.staff_id, actor.agency_id, keys)

    def _turn_the_page(self) -> None:
        day = localdate()
        if day == self._day:
            return
        self._spent = {ration: _Ration() for ration in RATIONS.values()}
        with connection.cursor() as cursor:
            cursor.execute(TODAY, [day, list(RATIONS)])
            for staff, agency, step, keys in cursor.fetchall():
                self._enter(RATIONS[step], staff, agency, keys or [uuid4()])  # a search names nobody, but is one
        self._day = day

    def _enter(self, ration: str, staff: int | None, agency: int | None, keys: Collection[UUID]) -> None:
        if staff is None:
            return
        self._spent[ration].of_person[staff].update(keys)
        self._spent[ration].of_agency[agency].update(keys)
        self._spent[ration].of_agency[_ALL].update(keys)
