"""The exchange of the small country: a plan, an event with one of each part, a lesson, a consolidated proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.access.wordings import Wording
from panoh.exchange import actions
from panoh.plan import actions as plan
from panoh.plan.models import Body

PLAN, SOURCE = "jpoa", "https://example.org/report"
# Who writes for one country changes what is that country's, and is refused the rest.
OF_A_COUNTRY = {"focal_point", "expert"}


def english(text: str) -> Wording:
    return Wording({"en": text})


def make_exchange(staff: Mapping[str, Staff]) -> dict[str, str]:
    """Return the codes of the records, and the numbers of an event's parts, by what the address calls them."""
    by, peer = Actor.of(staff["secretariat"]), Actor.of(staff["expert"])
    body = plan.add_body(by, code="undp", name=english("UNDP"), kind=2)
    event = actions.add_event(by, title=english("Conference"), kind=1, starts=today())
    parts = {
        "bodies": {"body": body, "part": 1}, "sessions": {"title": english("Opening")},
        "participants": {"headcount": 200, "source": SOURCE}, "registrations": {"name": "A. Official"},
        "outputs": {"kind": 3, "title": english("Paper"), "link": SOURCE}, "decisions": {"text": english("Meet again")},
        "statements": {"act": "urge", "text": "Act."},
    }  # fmt: skip
    found = {part: str(actions.add_part(by, event, part, **fields).pk) for part, fields in parts.items()}
    lesson = actions.write_lesson(by, kind=1, title=english("Lesson"), strength=1, secrecy=1, event=event)
    lesson = actions.submit_lesson(by, lesson)
    actions.review_lesson(peer, lesson, verdict=1)
    actions.publish_lesson(by, lesson)
    each = [actions.add_proposal(by, title=english(text), text=english(text), lesson=lesson) for text in ("A", "B")]
    whole = actions.consolidate_proposals(by, each, title=english("Both"), text=english("Both"))
    actions.circulate_proposal(by, whole)
    apart = [actions.add_proposal(by, title=english(text), text=english(text)).code for text in ("C", "D")]
    return {**found, "apart": " ".join(apart), "events": event.code, "lessons": lesson.code, "proposals": whole.code}


def fill(route: str, codes: Mapping[str, str]) -> dict[str, str]:
    """Return what stands in an address of the exchange."""
    segments = route.removeprefix("api/v1/").split("/")
    kind, part = segments[1], segments[3] if len(segments) > 3 else ""
    return {
        "code": codes.get(kind, ""), "number": codes.get(part, codes["sessions"] if kind == "events" else "1"),
        "part": "sessions", "step": "withdraw", "language": "ru", "plan": PLAN,
    }  # fmt: skip


def example_of(route: str, codes: Mapping[str, str]) -> dict[str, Any]:
    """Return an input that a change of the exchange takes."""
    is_api, day = route.startswith("api/v1/"), today().isoformat()
    segments = [part for part in route.removeprefix("api/v1/").split("/") if part][1:]
    what = (segments[0], *[part for part in segments[1:] if not part.startswith("<")])
    text = {"en": "A"} if is_api else "A"
    worded = {} if is_api else {"language": "en"}
    part = {
        "bodies": {"body": "undp" if is_api else _body(), "part": "donor" if is_api else 4},
        "sessions": {"title": text, **worded}, "registrations": {"name": "B. Official"},
        "participants": {"headcount": 5, "source": f"{SOURCE}/2", "qualifier": "min" if is_api else 2},
        "outputs": {"kind": "document" if is_api else 3, "title": text, "link": SOURCE, **worded},
        "decisions": {"text": text, **worded}, "statements": {"act": "urge", "text": "Act."},
    }  # fmt: skip
    lesson = {
        "kind": "success" if is_api else 1, "title": text, "tried": text, "outcome": text,
        "strength": "claimed" if is_api else 1, "secrecy": "region" if is_api else 2, "version": 1, **worded,
    }  # fmt: skip
    event = {
        "title": text, "kind": "forum" if is_api else 2, "mode": "online" if is_api else 2,
        "rules": "on_record" if is_api else 1, "state": "planned" if is_api else 2, **worded,
    }  # fmt: skip
    proposal = {"title": text, "text": text, **worded}
    known: dict[str, dict[str, Any]] = {
        "events": part.get(segments[2], event) if len(segments) > 2 else event,
        "lessons": {**lesson, "verdict": "changes" if is_api else 2, "texts": {"title": "А"}},
        "proposals": {
            **proposal, "proposals": codes["apart"].split(), "codes": codes["apart"],
            "outcome": "changed" if is_api else 2, "stance": "supports" if is_api else 1, "taken_on": day,
            "plan": PLAN, "change": "add", "area": "1.1", "code": "1.1.7", "number": "1.1.7",
            "country": "KZ" if "positions" in what else "",
        },
    }  # fmt: skip
    given = known[segments[0]]
    if is_api and "lessons" in what and "reviews" in what:
        return {"verdict": "changes"}
    return given


def _body() -> int:
    return Body.objects.get(code="undp").pk
