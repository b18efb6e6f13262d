"""A plan as a folder of plain web pages: no script, one style sheet, every language beside the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from panoh.plan.documents.outline import ActionTold, PillarTold, PlanTold
from panoh.plan.languages import language_name

__all__ = ["Site", "pages_of"]

LOOK = Path(__file__).with_name("site.css")


@dataclass(frozen=True)
class Site:
    """A plan in each language, and what asks for the public record in the words of the language that is on."""

    plans: Sequence[PlanTold]
    record: Callable[[], Sequence[Any]]


@dataclass(frozen=True)
class Count:
    """How many actions a pillar has."""

    label: str
    value: int
    url: str


@dataclass(frozen=True)
class ActionPage:
    """An action and the address of its page."""

    action: ActionTold
    url: str


@dataclass(frozen=True)
class PillarPage:
    """A pillar, the address of its page and those of its actions."""

    pillar: PillarTold
    url: str
    areas: Sequence[tuple[Any, Sequence[ActionPage]]]


def pages_of(site: Site) -> dict[str, bytes]:
    """Return every file of the site by its path."""
    languages = [(told.language, language_name(told.language)) for told in site.plans]
    first = site.plans[0]
    pages = {"look.css": LOOK.read_bytes()}
    with override(first.language):
        root = {"plan": first, "languages": languages, "root": ""}
        pages["index.html"] = _page("plan/site/languages.html", root)
    for told in site.plans:
        with override(told.language):
            for name, template, shown in _of(told, site.record()):
                there = {"plan": told, "languages": languages, "here": name, "root": "../"}
                pages[f"{told.language}/{name}"] = _page(template, {**there, **shown})
    return pages


def _page(template: str, shown: dict[str, Any]) -> bytes:
    return render_to_string(template, shown).encode()


def _of(told: PlanTold, record: Sequence[Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the pages in one language: name, template and what they show."""
    urls = _urls([action.code for action in told.actions])
    pillars = [_pillar(pillar, urls) for pillar in told.pillars]
    chart = [Count(f"{one.pillar.roman} {one.pillar.title}", len(list(one.pillar.actions)), one.url) for one in pillars]
    yield "index.html", "plan/site/overview.html", {"pillars": pillars, "chart": chart}
    for one in pillars:
        yield one.url, "plan/site/pillar.html", {"one": one}
        for area, actions in one.areas:
            for page in actions:
                yield page.url, "plan/site/action.html", {"one": one, "area": area, "action": page.action}
    yield "figures.html", "plan/site/figures.html", {"countries": record}


def _pillar(pillar: PillarTold, urls: dict[str, str]) -> PillarPage:
    areas = [(area, [ActionPage(action, urls[action.code]) for action in area.actions]) for area in pillar.areas]
    return PillarPage(pillar, f"pillar-{pillar.number}.html", areas)


def _urls(codes: Sequence[str]) -> dict[str, str]:
    """Return the name of each action's page, whatever its number is written with; no two alike."""
    urls: dict[str, str] = {}
    for code in codes:
        name = "action-" + re.sub(r"[^A-Za-z0-9.]+", "-", code).strip(".-")
        while f"{name}.html".casefold() in {url.casefold() for url in urls.values()}:
            name += "-2"
        urls[code] = f"{name}.html"
    return urls
