"""Best-interests procedures and case conferences as their pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from panoh.access.entrances import Actor
from panoh.access.refusals import NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import (
    Arrangement,
    Conference,
    ConferencePoint,
    Determination,
    PanelMember,
    Participant,
)
from panoh.casework.models.interests import PARTS
from panoh.casework.queries.reach import within
from panoh.vault.queries import open_parts

__all__ = [
    "ConferenceShown", "DeterminationShown", "Option", "Past", "Point", "conference_for", "conference_shown",
    "determination_for", "determination_shown", "option_for", "participant_for", "point_for", "words_of_determination",
]  # fmt: skip


@dataclass(frozen=True)
class Option:
    """One option with what speaks for it and against it."""

    option: Arrangement
    label: str
    speaks_for: str
    speaks_against: str
    is_recommended: bool
    is_chosen: bool


@dataclass(frozen=True)
class Past:
    """One decision as it was written down: when, by whom, what, why, and what each of the panel said."""

    on: date
    by: str
    decision: str
    reasons: str
    panel: list[tuple[str, str, str]]


@dataclass(frozen=True)
class DeterminationShown:
    """A best-interests procedure in words."""

    determination: Determination
    sought: str
    view: str
    not_asked: str
    parts: list[tuple[str, str]]
    options: list[Option]
    panel: list[tuple[PanelMember, str, str]]
    past: list[Past]
    appeal: str
    appeal_reasons: str
    withdrawn: str
    can: frozenset[str]


@dataclass(frozen=True)
class Point:
    """One point of an agenda in words."""

    point: ConferencePoint
    domain: str
    talk: str
    decision: str


@dataclass(frozen=True)
class ConferenceShown:
    """A case conference in words."""

    conference: Conference
    why: str
    points: list[Point]
    participants: list[tuple[Participant, str, str]]
    cancelled: str

    @property
    def is_written(self) -> bool:
        """Tell whether every point is written down."""
        return all(point.talk for point in self.points)


def determination_for(actor: Actor, code: str) -> Determination:
    """Return the best-interests procedure of this code; else NotThere."""
    found = Determination.objects.filter(within(actor, "case__family"), code=code).select_related(
        "case__family", "case__person__identity", "assessment", "prepared_by", "decided_by", "appeal_by", "task"
    )
    determination = found.first()
    if determination is None:
        raise NotThere
    return determination


def option_for(determination: Determination, number: int) -> Arrangement:
    """Return an option of a procedure; else NotThere."""
    found = determination.options.filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


def determination_shown(actor: Actor, determination: Determination) -> DeterminationShown:
    """Return a best-interests procedure as its page shows it, with the steps the reader can take now."""
    one, talk = determination, determination.assessment
    options = list(one.options.order_by("pk"))
    panel = list(one.panel.select_related("staff").order_by("pk"))
    own = [one.words_id, one.reasons_id, one.appeal_id, one.appeal_reasons_id, talk.own_view_id]
    words = open_parts([*own, *(option.words_id for option in options), *(member.words_id for member in panel)])
    label = catalogue().label
    told: Mapping[str, str] = words.get(one.words_id, {})

    def said(part: Any) -> Any:
        return words.get(part, "") if part else ""

    return DeterminationShown(
        determination=one,
        sought=label("sought_decisions", one.sought),
        view=said(talk.own_view_id),
        not_asked=label("not_asked_reasons", talk.not_asked_because) if talk.not_asked_because else "",
        parts=[(str(label_of), told.get(part, "")) for part, label_of in PARTS.items()],
        options=[_option(one, option, words.get(option.words_id, {})) for option in options],
        panel=[
            (member, str(member.get_opinion_display() or ""), said(member.words_id)) if _may_read(actor, one, member)
            else (member, "", "")
            for member in panel
        ],
        past=_past(said(one.reasons_id) or ()),
        appeal=said(one.appeal_id),
        appeal_reasons=said(one.appeal_reasons_id),
        withdrawn=label("cancel_reasons", one.withdrawn_because) if one.withdrawn_because else "",
        can=_can(actor, one, panel),
    )  # fmt: skip


def _may_read(actor: Actor, one: Determination, member: PanelMember) -> bool:
    """Tell whether a member's words are shown: each answers apart from the others, until it is decided."""
    return one.state != Determination.State.WITH_PANEL or member.staff_id == actor.staff_id


def _option(one: Determination, option: Arrangement, words: Mapping[str, str]) -> Option:
    return Option(
        option,
        catalogue().label("arrangements", option.kind),
        words.get("for", ""),
        words.get("against", ""),
        option.pk == one.recommended_id,
        option.pk == one.chosen_id,
    )


def _past(entries: Sequence[Mapping[str, Any]]) -> list[Past]:
    found = []
    for entry in entries:
        panel = [
            (said["who"], str(PanelMember.Opinion(said["opinion"]).label) if said["opinion"] else "", said["words"])
            for said in entry["panel"]
        ]
        decision = str(Determination.Decision(entry["decision"]).label)
        found.append(Past(date.fromisoformat(entry["on"]), entry["by"], decision, entry["reasons"], panel))
    return found


def _can(actor: Actor, one: Determination, panel: Sequence[PanelMember]) -> frozenset[str]:
    """Return the steps that the reader may take now; each still asks for itself."""
    states, can = Determination.State, set()
    member = next((member for member in panel if member.staff_id == actor.staff_id), None)
    if actor.may("interest.prepare"):
        if one.state in (states.PREPARED, states.DEFERRED):
            can |= {"write", "option", "send"} | ({"seat"} if one.has_panel else set())
        if one.state in (states.PREPARED, states.WITH_PANEL, states.DEFERRED):
            can.add("withdraw")
        if one.state == states.DECIDED and not one.appeal_answer:
            can.add("appeal")
    if actor.may("interest.sit") and one.state == states.WITH_PANEL and member:
        can.add("answer")
    is_apart = actor.staff_id != one.prepared_by_id
    if actor.may("interest.decide") and is_apart:
        sits = member is not None and member.is_close is False and all(m.is_close is not None for m in panel)
        if one.state == states.WITH_PANEL and (sits or not one.has_panel):
            can.add("decide")
        if one.state == states.APPEALED and actor.staff_id != one.decided_by_id:
            can.add("answer-appeal")
    return frozenset(can)


# --- conferences -------------------------------------------------------------------------------------------------


def conference_for(actor: Actor, code: str) -> Conference:
    """Return the case conference of this code; else NotThere."""
    found = Conference.objects.filter(within(actor, "family"), code=code).select_related("family", "called_by").first()
    if found is None:
        raise NotThere
    return found


def point_for(conference: Conference, number: int) -> ConferencePoint:
    """Return a point of the agenda; else NotThere."""
    found = conference.points.filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


def participant_for(conference: Conference, number: int) -> Participant:
    """Return somebody who takes part; else NotThere."""
    found = conference.participants.filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


def conference_shown(actor: Actor, conference: Conference) -> ConferenceShown:
    """Return a case conference as its page shows it; the fence decides which points the reader sees."""
    points = list(conference.points.select_related("task__owner").order_by("pk"))
    people = list(conference.participants.select_related("staff", "agency").order_by("pk"))
    parts = [conference.why_id, *(one.words_id for one in points), *(one.dissent_id for one in people)]
    words = open_parts(parts)
    label = catalogue().label
    told = [(one, words.get(one.words_id, {}) if one.words_id else {}) for one in points]
    return ConferenceShown(
        conference=conference,
        why=words.get(conference.why_id, ""),
        points=[
            Point(one, label("domains", one.domain), said.get("talk", ""), said.get("decision", ""))
            for one, said in told
        ],
        participants=[
            (one, label("participant_roles", one.role), words.get(one.dissent_id, "") if one.dissent_id else "")
            for one in people
        ],
        cancelled=label("cancel_reasons", conference.cancelled_because) if conference.cancelled_because else "",
    )  # fmt: skip


def words_of_determination(determination: Determination) -> dict[str, str]:
    """Return what a procedure says in words so far, by part."""
    return dict(open_parts([determination.words_id]).get(determination.words_id, {}))
