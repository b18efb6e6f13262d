"""How much the vault lets go in a day: to one person, to one agency, to all together. A stolen session is no copy.

Counted is whom or what it was of: the same person opened ten times is one. How much was opened today stands in the
audit, so a vault that is begun again goes on from there; whom, it does not believe, for others write there too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from threading import Lock
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.timezone import localdate, make_aware

from panoh.access.entrances import Actor
from panoh.vault.refusals import OpenedEnough

# What every opening and every search is called in the audit, and which ration it is of.
RATIONS: Mapping[str, str] = {
    "identity.open": "open", "lawful.answer": "open", "words.open": "open", "register.link": "link",
    "register.search": "search",
}  # fmt: skip
# A search names nobody, but is one.
TODAY = """
    select e.staff_id, s.agency_id, e.step, count(distinct coalesce(one, gen_random_uuid()))
    from access_auditentry e join access_staff s on s.id = e.staff_id
    left join lateral unnest(e.identities) one on true
    where e.at >= %s and e.step = any(%s) and e.outcome = 1 group by 1, 2, 3
"""
_ALL = None


@dataclass
class _Ration:
    """What was let go of one kind today, by who asked and by agency (none: all). before: by a vault before this one."""

    of_person: dict[int | None, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    of_agency: dict[int | None, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    before_of_person: Counter[int | None] = field(default_factory=Counter)
    before_of_agency: Counter[int | None] = field(default_factory=Counter)


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
            for held, before, whose, most in (
                (spent.of_person, spent.before_of_person, actor.staff_id, person),
                (spent.of_agency, spent.before_of_agency, actor.agency_id, agency),
                (spent.of_agency, spent.before_of_agency, _ALL, everybody),
            ):
                new = set(keys) - set(urgent) - held[whose]
                if new and before[whose] + len(held[whose]) + len(new) > most:
                    raise OpenedEnough(most=most)
            spent.of_person[actor.staff_id].update(keys)
            spent.of_agency[actor.agency_id].update(keys)
            spent.of_agency[_ALL].update(keys)

    def _turn_the_page(self) -> None:
        day = localdate()
        if day == self._day:
            return
        self._spent = {ration: _Ration() for ration in RATIONS.values()}
        with connection.cursor() as cursor:
            cursor.execute(TODAY, [make_aware(datetime.combine(day, time.min)), list(RATIONS)])
            for staff, agency, step, count in cursor.fetchall():
                spent = self._spent[RATIONS[step]]
                spent.before_of_person[staff] += count
                spent.before_of_agency[agency] += count
                spent.before_of_agency[_ALL] += count
        self._day = day
