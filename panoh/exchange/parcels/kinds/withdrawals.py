"""That a country withdraws its proposal, or agrees no more that a lesson about it is shared; told to the region alone.

The region's own decisions and lessons tell the other countries then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import StringConstraints

from panoh.access.entrances import Actor
from panoh.exchange.models import Arrived, Lesson, Proposal
from panoh.exchange.parcels.kinds import Code, Item, Kind, Known
from panoh.exchange.refusals_parcels import WordStays

LESSON, PROPOSAL = "lesson", "proposal"
SHARED = Q(state=Lesson.State.PUBLISHED) & ~Q(secrecy=Lesson.Secrecy.NATIONAL)


class WithdrawalItem(Item):
    of: Annotated[str, StringConstraints(pattern=rf"^({LESSON}|{PROPOSAL})$")]
    code: Code
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


def _key(item: WithdrawalItem) -> str:
    return f"{item.of}:{item.code}"


def _withdrawn(of: str, found: Iterable[Proposal | Lesson]) -> list[WithdrawalItem]:
    return [WithdrawalItem(of=of, code=one.code, country=one.country) for one in found]


def take_out(country: str) -> Iterable[WithdrawalItem]:
    """Return the proposals that a country withdrew, and the lessons that came here and that it shares no more."""
    if not country:
        return []
    proposals = Proposal.objects.filter(country=country, state=Proposal.State.WITHDRAWN).order_by("pk")
    came = Arrived.objects.filter(kind=LESSON).values("key")
    lessons = Lesson.objects.filter(country=country, code__in=came).exclude(SHARED).order_by("pk")
    return [*_withdrawn(PROPOSAL, proposals), *_withdrawn(LESSON, lessons)]


def standing(keys: Collection[str]) -> Mapping[str, WithdrawalItem]:
    codes = [key.split(":", 1)[1] for key in keys]
    proposals = Proposal.objects.filter(code__in=codes, state=Proposal.State.WITHDRAWN).exclude(country="")
    lessons = Lesson.objects.filter(code__in=codes).exclude(SHARED).exclude(country="")
    found = [*_withdrawn(PROPOSAL, proposals), *_withdrawn(LESSON, lessons)]
    return {key: item for item in found if (key := _key(item)) in keys}


def lacks(item: WithdrawalItem, known: Known, here: WithdrawalItem | None) -> str:
    if _key(item) not in known:
        return _("It never stood here.")
    if item.of == LESSON:
        theirs = Lesson.objects.filter(code=item.code, country=item.country)
        return "" if theirs.exists() else _("It is another country's here.")
    proposal = Proposal.objects.get(code=item.code)
    if proposal.country != item.country:
        return _("It is another country's here.")
    return "" if proposal.state == Proposal.State.CIRCULATED else _("It was decided on, or merged, here.")


def put(actor: Actor, item: WithdrawalItem) -> None:
    if item.of == PROPOSAL:
        Proposal.objects.filter(code=item.code, country=item.country).update(state=Proposal.State.WITHDRAWN)
        return
    lesson = Lesson.objects.get(code=item.code, country=item.country)
    lesson.state, lesson.consent_by, lesson.consent_on = Lesson.State.WITHDRAWN, "", None
    lesson.save(update_fields=("state", "consent_by", "consent_on"))


def take_back(actor: Actor, item: WithdrawalItem, before: WithdrawalItem | None) -> None:
    raise WordStays(words=words(item))


def words(item: WithdrawalItem) -> str:
    told = {"who": item.country, "code": item.code}
    if item.of == PROPOSAL:
        return _("%(who)s withdraws proposal %(code)s") % told
    return _("%(who)s agrees no more that lesson %(code)s is shared") % told


KIND = Kind(
    name="withdrawal", version=1, label=gettext_lazy("Withdrawals"), schema=WithdrawalItem,
    after=("proposal", "lesson"), take_out=take_out, key=_key, whose=lambda item: item.country, words=words,
    standing=standing, put=put, take_back=take_back, refers=lambda item: [_key(item)], lacks=lacks,
    goes_to=lambda item, country: not country,
)  # fmt: skip
