"""Tags and filters of the page components; built in for every template, so nothing needs loading."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import get_random_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panoh.access.entrances import Actor, entrances
from panoh.access.sendings import FIELD
from panoh.access.steps import PURPOSES
from panoh.casework.queries import purposes, waiting_emergencies
from panoh.casework.queries.complaints import complaints_waiting
from panoh.casework.queries.watching import alarms_waiting
from panoh.web import wording
from panoh.web.pictures.bars import BarRow, bars
from panoh.web.pictures.family import TreeLink, TreePerson, tree_picture
from panoh.web.pictures.icons import ICONS
from panoh.web.pictures.series import LevelRow, SeriesRow, level_bars, series_picture
from panoh.web.pictures.stages import StageShown, stage_steps

register = template.Library()

FOLDED_AFTER = 600
SCRIPT_NAMES = {"Latn": _("Latin"), "Cyrl": _("Cyrillic"), "Arab": _("Arabic")}
FORM_NAMES = {"xlsx": _("Excel workbook"), "ods": _("OpenDocument sheet"), "csv": _("CSV text"), "html": _("web page")}
ENCODING_NAMES = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1251": "Windows-1251 (Cyrillic)",
    "cp1252": "Windows-1252 (Western)", "cp1256": "Windows-1256 (Arabic)", "koi8-r": "KOI8-R (Cyrillic)",
}  # fmt: skip
DELIMITERS = {
    ";": _("columns parted by semicolons"),
    ",": _("columns parted by commas"),
    "\t": _("columns parted by tabs"),
    "|": _("columns parted by bars"),
}
NAVIGATION = (
    ("today", _("Today")),
    ("find", _("Find")),
    ("families", _("Families")),
    ("referrals", _("Referrals")),
    ("lists", _("Arrivals")),
    ("plans", _("Joint plan")),
    ("exchange", _("Exchange")),
    ("reports", _("Reports")),
    ("parcels", _("Parcels")),
    ("settings", _("Settings")),
    ("audit", _("Audit")),
    ("lawful", _("Lawful requests")),
)
REFUSAL_HEADINGS = {
    403: _("Not allowed"),
    404: _("Nothing here"),
    409: _("Not possible now"),
    422: _("Something needs mending"),
}
LINK_WORDS = {
    "parent": _("is a parent of"),
    "spouse": _("is married to"),
    "sibling": _("is a brother or sister of"),
    "guardian": _("is the guardian of"),
    "other": _("is a relative of"),
}


# --- words -------------------------------------------------------------------------------------------------------


@register.filter
def bdi(text: object, most: int = 0) -> SafeString:
    """Return a name set apart, so that its writing direction never disturbs the words around it.

    most: letters shown, if it is to be cut; 0 for all of it.
    """
    whole = str(text)
    return format_html('<bdi dir="auto">{}</bdi>', f"{whole[:most].rstrip()}…" if 0 < most < len(whole) else whole)


@register.inclusion_tag("components/long_name.html")
def long_name(text: object) -> dict[str, Any]:
    """Show a name in full; one of more than 200 letters is folded after its beginning."""
    whole = str(text)
    return {"whole": whole, "begin": whole[:200] if len(whole) > 200 else "", "letters": len(whole)}


@register.inclusion_tag("components/long_text.html")
def long_text(text: object) -> dict[str, Any]:
    """Show a text in its own direction; a very long one is folded after its beginning."""
    whole = str(text)
    is_long = len(whole) > FOLDED_AFTER
    cut = whole.rfind(" ", 0, FOLDED_AFTER) if is_long else len(whole)
    cut = cut if cut > FOLDED_AFTER // 2 else FOLDED_AFTER
    return {"begin": whole[:cut], "rest": whole[cut:] if is_long else "", "letters": len(whole)}


@register.filter
def script_name(code: str) -> str:
    """Return what a script is called: "Cyrillic" for Cyrl; nothing for a name without letters."""
    return str(SCRIPT_NAMES.get(code, ""))


@register.filter
def file_form(form: str) -> str:
    """Return how a file was written in words: "CSV, encoding Windows-1252, columns parted by semicolons"."""
    kind, *rest = form.split(" ", 2)
    parts = [str(FORM_NAMES.get(kind, kind.upper()))]
    if rest:
        parts.append(_("encoding %(name)s") % {"name": ENCODING_NAMES.get(rest[0].lower(), rest[0].upper())})
    if len(rest) > 1:
        parts.append(str(DELIMITERS.get(rest[1], rest[1])))
    return ", ".join(str(part) for part in parts)


@register.filter
def why(purpose: str) -> str:
    """Return a purpose in words: "to supervise the work"."""
    return str(PURPOSES.get(purpose, purpose))


@register.filter
def called(names: Mapping[str, str] | str, code: str) -> str:
    """Return the name that belongs to a code, if it may be shown."""
    return names.get(code, "") if isinstance(names, Mapping) else ""


@register.filter
def dated(value: Any, precision: Any = "day") -> str:
    """Return a date no more precise than it is known: "14 March 2015", "about 2015"."""
    return wording.dated(value, precision)


@register.filter
def age(value: Any, precision: Any = "day") -> str:
    """Return how old somebody is today: "5 months", "8", "7–8", "about 8"."""
    return wording.age(value, precision)


@register.filter
def due_in_words(due: date | datetime | None) -> str:
    """Return when something is due: "today", "in 3 days", "5 days late"."""
    return wording.due_in_words(due)


@register.inclusion_tag("components/badge.html")
def due(when: date | datetime | None) -> dict[str, str]:
    """Show when something is due as a badge: a triangle when late, a diamond today."""
    return {"tone": wording.due_tone(when), "text": wording.due_in_words(when)}


# --- the frame ---------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return a small drawing that says nothing to a screen reader: words stand beside it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>', ICONS[name]
    )


@register.filter
def refusal_heading(status: int) -> str:
    """Return the heading of a page that refuses something."""
    return str(REFUSAL_HEADINGS.get(status, _("This was not done")))


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[dict[str, Any]]:
    """Return the main pages that the reader may open, and which of them the present one belongs to."""
    request: HttpRequest = context["request"]
    shown = []
    for name, label, url in _main_pages(getattr(request, "actor", None)):
        is_here = request.path == url or (url != "/" and request.path.startswith(url))
        shown.append({"name": name, "label": label, "url": url, "here": is_here, "exact": request.path == url})
    return shown


def first_page(actor: Actor) -> str:
    """Return the address of the first main page that somebody may open: where they come to after signing in."""
    return next((url for _name, _label, url in _main_pages(actor)), reverse(settings.LOGIN_REDIRECT_URL))


def _main_pages(actor: Actor | None) -> Iterator[tuple[str, str | Promise, str]]:
    needs = {entrance.name: entrance.needs for entrance in entrances()}
    for name, label in NAVIGATION:
        if actor is not None and name in needs and actor.may(needs[name]):
            with contextlib.suppress(NoReverseMatch):
                yield name, label, reverse(name)


@register.simple_tag
def lock_seconds() -> int:
    """Return after how long without input a page is covered."""
    return int(settings.PANOH_LOCK.total_seconds())


@register.simple_tag
def government_sign_in() -> dict[str, str]:
    """Return what the government's provider of identities is called and where it is asked, if one is set."""
    if not settings.PANOH_OIDC:
        return {}
    return {"name": settings.PANOH_OIDC["name"], "url": reverse("openid_connect_login", args=["government"])}


@register.inclusion_tag("components/emergencies.html", takes_context=True)
def emergencies_waiting(context: Context) -> dict[str, Any]:
    """Tell whoever is to know of it what was opened in an emergency, or unusually often, and which complaints wait."""
    actor = context["request"].actor
    complaints = complaints_waiting(actor)
    return {
        "waiting": waiting_emergencies(actor), "alarms": alarms_waiting(actor), "complaints": len(complaints),
        "some_late": any(one.is_late for one in complaints),
    }  # fmt: skip


@register.simple_tag
def purposes_to_say() -> list[tuple[str, str]]:
    """Return the purposes that can be said at the door of a file, with their labels."""
    return purposes.choices()


@register.simple_block_tag
def card(content: str, heading: str = "", id: str = "", level: int = 2, actions: str = "", flush: bool = False) -> str:
    """Put what stands inside into a card; `flush` lets a table reach its edges."""
    parts = {"heading": heading, "id": id, "level": level, "actions": actions, "flush": flush, "content": content}
    return render_to_string("components/card.html", parts)


@register.simple_tag(takes_context=True, name="csrf_token")
def tokens(context: Context) -> SafeString:
    """Return the hidden fields of a form: Django's token against forgery, and one by which a second sending is known.

    It stands in for Django's tag of this name, so that no form can be written without the second.
    """
    forged = context.get("csrf_token") or ""
    field = '<input type="hidden" name="{}" value="{}">'
    return format_html(field * 2, "csrfmiddlewaretoken", forged, FIELD, get_random_string(64))


# --- forms -------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "") -> dict[str, Any]:
    """Show one field of a form: its label, its help, the box and what is wrong with it."""
    widget = bound.field.widget
    css, kind = "form-control", "box"
    if isinstance(widget, forms.CheckboxInput):
        css, kind = "form-check-input", "tick"
    elif isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        css, kind = "", "choices"  # Django would put the class on the list around the choices, too
    elif isinstance(widget, forms.Select):
        css = "form-select"
    elif bound.use_fieldset:
        kind = "parts"
    given = str(widget.attrs.get("class", ""))
    return {
        "bound": bound,
        "label": label or bound.label,
        "kind": kind,
        "box": bound.as_widget(attrs={"class": f"{css} {given}".strip()}),
    }


# --- pictures ----------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/tree.html")
def family_tree(people: Sequence[TreePerson], links: Sequence[TreeLink], title: str = "") -> dict[str, Any]:
    """Draw a family, with the same told in sentences below."""
    labels = {person.code: person.label for person in people}
    told = [
        {
            "a": labels[link.a],
            "words": LINK_WORDS.get(link.kind, LINK_WORDS["other"]),
            "b": labels[link.b],
            "link": link,
        }
        for link in links
        if link.a in labels and link.b in labels
    ]
    return {"picture": tree_picture(people, links), "told": told, "people": people, "title": title or _("Family tree")}


@register.inclusion_tag("components/chart.html")
def bar_chart(
    rows: Sequence[BarRow], caption: str = "", label: str = "", figure: str = "", part: str = "", tone: str = ""
) -> dict[str, Any]:
    """Draw horizontal bars beside their figures: the picture is the table. part: what the darker piece of a bar is."""
    heads = {"label": label or _("Group"), "figure": figure or _("Number"), "part": part}
    return {"bars": bars(rows), "caption": caption, "tone": tone, **heads}


@register.inclusion_tag("components/series.html")
def series_chart(
    rows: Sequence[SeriesRow], baseline: Decimal | None = None, title: str = "", unit: str = ""
) -> dict[str, Any]:
    """Draw figures over time against targets and a baseline, with the same in a table."""
    picture = series_picture(rows, baseline)
    return {"picture": picture, "rows": rows, "baseline": baseline, "title": title or _("Over time"), "unit": unit}


@register.inclusion_tag("components/levels.html")
def level_chart(rows: Sequence[LevelRow], caption: str = "") -> dict[str, Any]:
    """Draw figures by country against baseline and target, within their table."""
    return {"bars": level_bars(rows), "caption": caption or _("By country")}


@register.inclusion_tag("components/stage_small.html")
def stage_small(stages: Sequence[StageShown], current: str) -> dict[str, Any]:
    """Show in one line where a case stands on its way."""
    steps = stage_steps(stages, current)
    at = next(number for number, step in enumerate(steps, 1) if step.state == "now")
    return {"steps": steps, "label": steps[at - 1].label, "at": at, "of": len(steps)}


@register.inclusion_tag("components/stage_bar.html")
def stage_bar(stages: Sequence[StageShown], current: str) -> dict[str, Any]:
    """Show the way of a case and where it stands on it."""
    return {"steps": stage_steps(stages, current)}
