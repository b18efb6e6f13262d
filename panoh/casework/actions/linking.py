"""A list joined with the register: pairs that may be one person go to the review queue. Nobody is ever joined here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings

from panoh.access.actions import Progress
from panoh.access.entrances import Actor, action
from panoh.casework.actions.joining import SuggestedPair, suggest_pairs
from panoh.casework.models import ArrivalList, Suggestion
from panoh.casework.queries.linking import codes_of_rows, records_near, records_of_list
from panoh.casework.refusals import ListNotDraft
from panoh.vault.queries import Joined, LinkRecord, LinkSettings, link, norm_version

__all__ = ["Linked", "link_list"]

# How the findings of the linkage are called in the review queue (`data/joining.toml`).
WORDS = {
    "same_day": "same",
    "day_and_month_swapped": "day_month_swapped",
    "same_month": "near",
    "one_number_differs": "near",
    "placeholder_day": "placeholder",
    "year_off_by_one": "near",
    "about_the_same_year": "near",
}
COMPARED = frozenset({"name", "birth", "sex", "family", "document", "place"})


@dataclass(frozen=True)
class Linked:
    """What came of joining a list with the register.

    rows: numbers of the rows that may be somebody known. pairs: how many pairs; new: how many of them were not in the
    review queue before. can_be_kept: whether the rows are registered, so that pairs of them can be decided on.
    """

    code: str
    rows: tuple[int, ...] = ()
    pairs: int = 0
    new: int = 0
    can_be_kept: bool = False


@action("list.decide")
def link_list(actor: Actor, arrivals: ArrivalList, *, progress: Progress | None = None) -> Linked:
    """Find who of a list may be registered or sought already, and suggest the pairs to those who decide.

    Of a draft nobody is registered yet: which rows it is about is told, and nothing is kept. The same list may be
    joined again at any time; pairs that are there stay as they are.

    Raises:
        ListNotDraft: it was discarded, or what it said is destroyed.
        EngineMissing: the part "linking" is not installed.
    """
    if arrivals.state == ArrivalList.State.DISCARDED or arrivals.purged_at:
        raise ListNotDraft(list=arrivals.code, state=arrivals.get_state_display())
    tell = progress or (lambda done, total: None)
    own = records_of_list(arrivals)
    codes = codes_of_rows(arrivals)
    near = records_near(
        actor, own, about=arrivals.code, without=codes.values(), progress=lambda done, total: tell(done, total + 1)
    )
    records = [*own, *near]
    joined = link(records, LinkSettings(scratch=settings.HOME))
    met = [one for one in joined if {records[one.a].source, records[one.b].source} != {arrivals.code}]
    pairs = [pair for pair in _pairs(records, joined, arrivals, codes) if _is_of_a_person(pair)]
    new = suggest_pairs(actor, pairs, origin=Suggestion.Origin.LINKING, run=f"{arrivals.code}, norm {norm_version()}")
    tell(len(own) + 1, len(own) + 1)
    return Linked(
        code=arrivals.code,
        rows=tuple(sorted({int(one.row) for pair in met for one in _of_list(records, pair, arrivals)})),
        pairs=len(pairs),
        new=new,
        can_be_kept=arrivals.state == ArrivalList.State.CONFIRMED,
    )


def _of_list(records: list[LinkRecord], pair: Joined, arrivals: ArrivalList) -> list[LinkRecord]:
    return [record for record in (records[pair.a], records[pair.b]) if record.source == arrivals.code]


def _pairs(
    records: list[LinkRecord], joined: Iterable[Joined], arrivals: ArrivalList, codes: Mapping[str, str]
) -> list[SuggestedPair]:
    """Return the pairs of which a row of this list is one and of which both sides have a code."""
    found = []
    for one in joined:
        if not _of_list(records, one, arrivals):
            continue
        first, second = (
            codes.get(record.row, "") if record.source == arrivals.code else record.row
            for record in (records[one.a], records[one.b])
        )
        if first and second and first != second:
            found.append(SuggestedPair(first, second, round(one.weight, 2), evidence_of(one)))
    return found


def _is_of_a_person(pair: SuggestedPair) -> bool:
    """Two people who are both only sought are no pair to decide on: nobody has found either."""
    return "P" in (pair.one[:1], pair.other[:1])


def evidence_of(joined: Joined) -> dict[str, str]:
    """Return the finding of each field in the words of the review queue, of several the one that says most."""
    said: dict[str, tuple[float, str]] = {}
    for finding in joined.findings:
        if finding.field in COMPARED:
            weight = abs(finding.bits)
            if weight >= said.get(finding.field, (-1.0, ""))[0]:
                said[finding.field] = (weight, WORDS.get(finding.code, finding.code))
    return {field: word for field, (_, word) in said.items()}
