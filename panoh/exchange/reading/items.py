"""What was found in a report, one item for each thing that a person decides on, in the order in which they decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from panoh.exchange.reading.speaking import sort_of
from panoh.exchange.reading.words import table

Found = Mapping[str, Any]

UNATTRIBUTED = "UNATTRIBUTED"
HEAD = "ORG-PRES-"
_ONLINE = re.compile(r"online|video|virtual|webinar|онлайн|видео|вебинар|виртуальн", re.IGNORECASE)
_KINDS = (  # kind of the exchange's events by a word in what the report calls it
    ("forum", re.compile(r"forum|форум", re.IGNORECASE)),
    ("working_group", re.compile(r"working group|рабоч\w+ групп", re.IGNORECASE)),
    ("study_visit", re.compile(r"study (?:visit|tour)|ознакомительн\w+ (?:визит|поездк)", re.IGNORECASE)),
    ("conference", re.compile(r"conference|конференци", re.IGNORECASE)),
)
_PARTS = {"organiser": "organiser", "in cooperation": "co_organiser", "with support": "donor"}
_BODIES = {"state_body": "state", "state_think_tank": "research", "regional": "regional", "international": "regional"}
_STANCES = {"support": "supports", "oppose": "against", "reserve": "reserves", "abstain": "silent"}


@dataclass(frozen=True)
class Item:
    """One thing found: of which kind, what it says, and where it stands; inferred: understood, not said."""

    kind: str
    ref: str
    data: dict[str, Any]
    start: int
    end: int
    inferred: bool = field(default=False)


def items_of(found: Found) -> list[Item]:
    """Return the items of everything found in a report: event, bodies, people, then what was said and proposed."""
    who = {one["id"]: one["name"] for kind in ("organisations", "persons") for one in found[kind]}
    who |= {one["id"]: one["label"] for one in found["unnamed_groups"]}
    states = {f"{one['name']} (state)": one["id"] for one in found["places"]}

    def by(code: str) -> dict[str, str]:
        """Return who is meant: the item it is, in words, and for which state."""
        if code == UNATTRIBUTED:
            return {"of": "", "who": "", "country": ""}
        country = states.get(code) or code.removeprefix(HEAD)[:2] * code.startswith(HEAD)
        return {"of": code, "who": who.get(code, code.removesuffix(" (state)")), "country": country}

    return [
        *_events(found), *_bodies(found), *_persons(found, by), *_statements(found, by), *_proposals(found, by),
        *_positions(found, by), *_numbers(found),
    ]  # fmt: skip


def _item(kind: str, one: Found, data: dict[str, Any], span: Found, *, inferred: bool = False) -> Item:
    return Item(kind, str(one["id"])[:200], data, span["start"], span["end"], inferred)


def _events(found: Found) -> Iterator[Item]:
    for one in found["events"]:
        if one["type"] in {"session", "adoption"}:  # around the event, and none of the exchange's own
            continue
        named = f"{one['type']} {one['title']}"
        day = one.get("date_iso") or {}
        is_main = one["id"] == "EV-MAIN"
        span = one.get("title_span") or one["spans"][0]
        data = {
            "title": one["title"][:400],
            "kind": next((kind for kind, pattern in _KINDS if pattern.search(one["type"])), None)
            or next((kind for kind, pattern in _KINDS if pattern.search(named)), "meeting"),
            "mode": "online" if _ONLINE.search(named) else "in_person",
            "state": "held" if is_main else "proposed",
            "starts": (day.get("value") or "") if len(day.get("value") or "") == 10 else "",
            "moderator": one.get("moderator", {}).get("person", ""),
            "organisers": [
                [each["org"], _PARTS[each["role"]]] for each in one.get("organisers", []) if each["role"] in _PARTS
            ],
        }
        yield _item("event", one, data, span, inferred=bool(day.get("year_inferred")))


def _bodies(found: Found) -> Iterator[Item]:
    organisations = table("organisations")
    for one in found["organisations"]:
        if one["id"].startswith(HEAD):  # an office, which speaks for its state
            continue
        code = one["id"].removeprefix("ORG-")
        sort = "un" if one["type"].startswith("un_") else _BODIES.get(one["type"], "other")
        country = organisations.get(code, {}).get("country", "")
        data = {"name": one["name"][:200], "code": code[:24].strip("-"), "kind": sort, "country": country}
        data["is_listed"] = code in organisations
        yield _item("body", one, data, one["spans"][0], inferred=any(span.get("damaged") for span in one["spans"]))


def _persons(found: Found, by: Any) -> Iterator[Item]:
    for one in found["persons"]:
        body = one["organisation"] or ""
        data = {
            "name": one["name"],
            "title": (one["title"] or "")[:200],
            "body": body,
            "country": by(body)["country"] if body else "",
        }
        yield _item("person", one, data, one["spans"][0])


def _statements(found: Found, by: Any) -> Iterator[Item]:
    for one in found["statements"]:
        data = {**by(one["speaker"]), "act": one["act"], "text": one["content"]}
        is_guess = bool(one.get("speaker_inferred") or one.get("suggested_by"))
        yield _item("statement", one, data, one["span"], inferred=is_guess)


def _proposals(found: Found, by: Any) -> Iterator[Item]:
    for one in found["proposals"]:
        first, longest = one["spans"][0], max(one["spans"], key=lambda span: len(span["quote"]))
        span = longest if longest["quote"][:12].casefold() == first["quote"][:12].casefold() else first
        text = " ".join(span["quote"].split())
        data = {**by(one["proposer"]), "title": text[:1].upper() + text[1:200], "text": text}
        yield _item("proposal", one, data, span)


def _positions(found: Found, by: Any) -> Iterator[Item]:
    titles = {one["id"]: one["text"] for one in found["proposals"]}
    for one in found["endorsements"]:
        words = titles.get(one["proposal"], "")
        data = {**by(one["endorser"]), "to": one["proposal"], "about": words, "stance": stance_of(one["strength"])}
        yield _item("position", one, data, one["span"], inferred=bool(one.get("endorser_inferred")))


def stance_of(strength: str) -> str:
    """Return where somebody stands who is reported with these words; nothing where it cannot be told."""
    said = strength.casefold()
    if said in {"readiness to support", "positive assessment"}:
        return "supports"
    return _STANCES.get(sort_of(said), "")


def _numbers(found: Found) -> Iterator[Item]:
    for number, one in enumerate(found["counts"], 1):
        data = {"what": one["what"], "value": one["value"], "qualifier": one["qualifier"]}
        yield _item("number", {"id": f"NU-{number:02}"}, data, one["span"])
